//! The pages: one folder an area, one file a page, the same nouns as in `app`.
//!
//! A GET handler loads a view model and shows it; a POST handler on the same address parses, makes one
//! call into the domain and answers 303. What a handler needs comes from extractors:
//! [`page_context::PageRequest`] to show a page, [`form::Post`] to read a form and answer it,
//! [`guard`] to know who and which shop.

pub mod auth;
pub mod dashboard;
pub mod error;
pub mod flash;
pub mod form;
pub mod guard;
pub mod landing;
pub mod links;
pub mod live;
pub mod locale;
pub mod mail;
pub mod page_context;
mod panel;
pub mod routes;
pub mod sandbox;
pub mod start;

pub use error::{WebError, WebResult, explained};
pub use form::Post;
pub use page_context::PageRequest;
pub use routes::Routes;

use crate::config::Mode;

/// Every page of the panel.
pub fn routes(mode: Mode) -> Routes {
    let routes = Routes::new()
        .page("/", landing::get)
        .act("/lang/{code}", locale::post_language)
        .act("/theme", locale::post_theme)
        .merge(auth::routes())
        .merge(start::routes())
        .merge(dashboard::routes())
        .merge(links::routes())
        .read("/live/{channel}", live::stream);
    match mode {
        Mode::Production => routes,
        Mode::Sandbox => routes.merge(sandbox::routes()),
    }
}
