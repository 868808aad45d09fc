//! The message about what was just done, on top of the page.

use leptos::prelude::*;

use super::{Icon, Tone};
use crate::context::page_context;

/// Shows the context's flash, if there is one.
#[component]
pub fn FlashNote() -> impl IntoView {
    page_context().flash.map(|flash| {
        let role = if flash.tone == Tone::Bad { "alert" } else { "status" };
        view! {
            <div class=format!("note mb-5 {}", flash.tone.class()) role=role>
                <Icon name=flash.tone.icon()/>
                <div class="flex-1 min-w-0">
                    <p class="text-sm font-medium">{flash.title}</p>
                    {flash.detail.map(|detail| view! { <p class="text-sm text-muted">{detail}</p> })}
                </div>
            </div>
        }
    })
}
