//! `/login`: limits and hashing are the domain's; the session gets a new identifier.

use app::{Flash, components::Tone, pages::auth::LoginPage};
use axum::extract::State;
use domain::{
    args,
    platform::account::service::{self as accounts, Credentials},
};

use crate::{
    middleware::client::ClientAddress,
    state::AppState,
    web::{PageRequest, Post, WebError, WebResult, explained, locale::local_path},
};

pub async fn get(mut page: PageRequest) -> WebResult {
    let next = local_path(page.query("next"), "/app");
    if page.session.account().is_some() {
        return Err(WebError::GoTo(next));
    }
    let was_sent_here = !page.query("next").is_empty();
    if was_sent_here && page.context.flash.is_none() && page.had_session {
        let title = page.text("web-flash-session-expired", &args![]);
        page.context.flash = Some(Flash { tone: Tone::Info, title, detail: None });
    }
    let form = page.form_or(Default::default);
    page.show(LoginPage { form, next: was_sent_here.then_some(next) })
}

pub async fn post(State(state): State<AppState>, client: ClientAddress, post: Post) -> WebResult {
    let typed = Credentials {
        email: post.field("email").to_owned(),
        password: post.secret("password"),
        address: Some(client.0),
    };
    match accounts::sign_in(state.master(), &state.passwords, typed).await {
        Ok(account) => {
            post.session.sign_in(account.id);
            Ok(post.to(&local_path(post.field("next"), "/app")))
        }
        Err(error) => {
            let (key, args) = explained(error)?;
            Ok(post.refused(&["email"], vec![post.error("password", key, &args)]))
        }
    }
}
