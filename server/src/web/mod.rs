//! The pages: one folder an area, one file a page, the same nouns as in `app`.
//!
//! A GET handler loads a view model and shows it; a POST handler on the same address parses, makes one
//! call into the domain and answers 303. What a handler needs comes from extractors:
//! [`page_context::PageRequest`] to show a page, [`form::Post`] to read a form and answer it,
//! [`guard`] to know who and which shop.

pub mod error;
pub mod flash;
pub mod form;
pub mod guard;
pub mod locale;
pub mod page_context;
pub mod routes;

pub use error::{WebError, WebResult};
pub use form::Post;
pub use page_context::PageRequest;
pub use routes::Routes;

/// Every page of the panel.
pub fn routes() -> Routes {
    Routes::new().act("/lang/{code}", locale::post_language).act("/theme", locale::post_theme)
}
