//! A customer's own pages.

mod figures;
mod home;
mod overview;
mod panel;
mod phone;
mod preview;

use super::Routes;

pub fn routes() -> Routes {
    Routes::new()
        .page("/app", home::get)
        .form("/app/b/{bot}", overview::get, overview::post)
        .form("/app/b/{bot}/preview", preview::get, preview::post)
        .read("/app/b/{bot}/preview/photo/{file}", preview::photo)
}
