//! `POST /logout`: the session ends on the server, not only in the browser.

use crate::web::{Post, WebResult};

pub async fn post(post: Post) -> WebResult {
    post.session.sign_out();
    Ok(post.to("/"))
}
