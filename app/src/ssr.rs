//! Turns a page's model into an answer.
//!
//! Pages have no resources to wait for (the server loaded everything), so rendering is one
//! synchronous call without a router: axum has the only route table.

use axum::{
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use leptos::{prelude::*, reactive::owner::Owner};

use crate::{context::PageContext, document};

/// A view model that knows how it is shown.
pub trait Page: Sized {
    fn head(&self) -> Head;

    /// Everything inside `<body>`.
    fn body(self) -> AnyView;

    /// The part of the page with this element id, which live islands fetch again.
    fn fragment(self, _id: &str) -> Option<AnyView> {
        None
    }
}

/// What a page says about itself in `<head>`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// Without the product's name, which is added.
    pub title: String,
    pub description: Option<String>,
    /// More classes of `<body>`.
    pub class: &'static str,
    /// Reloads the page after this many seconds where there is no JavaScript.
    pub refresh_without_script: Option<u32>,
    /// Opens this address when the page is there.
    pub leads_to: Option<String>,
    /// A page of the shop's own: it bears neither our name nor our mark, and no search engine keeps it.
    pub is_shops: bool,
}

impl Head {
    pub fn titled(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// Of a page that a shop's users see.
    pub fn of_shop(title: impl Into<String>) -> Self {
        Self { is_shops: true, class: "bg-base-200!", ..Self::titled(title) }
    }

    /// Of a page in the customer's area.
    pub fn in_shell(title: impl Into<String>) -> Self {
        Self { class: "bg-base-200! dense", ..Self::titled(title) }
    }
}

/// A page as an answer.
pub fn render<P: Page>(context: PageContext, status: StatusCode, page: P) -> Response {
    (status, [(header::CACHE_CONTROL, "no-store")], Html(document(context, page))).into_response()
}

/// The whole document of a page.
pub fn document<P: Page>(context: PageContext, page: P) -> String {
    within(context, || {
        let head = page.head();
        let body = page.body().to_html();
        document::document(&head, &body)
    })
}

/// One part of a page, for the live island; `None` when the page has no such part.
pub fn render_fragment<P: Page>(context: PageContext, page: P, id: &str) -> Option<Response> {
    let html = within(context, || page.fragment(id).map(|view| view.to_html()))?;
    Some(([(header::CACHE_CONTROL, "no-store")], Html(html)).into_response())
}

/// Runs `make` in a reactive owner of its own, so that contexts of two requests never meet.
fn within<T>(context: PageContext, make: impl FnOnce() -> T) -> T {
    let owner = Owner::new_root(None);
    let made = owner.with(|| {
        provide_context(context);
        make()
    });
    owner.unset_with_forced_cleanup();
    made
}
