//! Parts of pages that are fetched again when something changes.

use leptos::prelude::*;

use crate::{context::t, islands::LiveRegion};

/// Keeps the element `id`, a fragment of `page`, up to date. Without `events` it stays as it is.
#[component]
pub fn LiveUpdates(
    id: &'static str,
    /// The page's own address, with its query.
    #[prop(into)]
    page: String,
    events: Option<String>,
) -> impl IntoView {
    events.map(|events| {
        let next = if page.contains('?') { '&' } else { '?' };
        view! {
            <LiveRegion
                events
                fragment=format!("{page}{next}fragment={id}")
                target=id.to_owned()
                paused=t("web-live-paused")
                refresh=t("web-live-refresh")
            />
        }
    })
}
