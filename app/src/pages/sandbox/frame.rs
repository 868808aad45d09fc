//! The frame of the sandbox's own pages: BotFather and the knobs.

use leptos::prelude::*;

use crate::components::{BrandRow, FlashNote, SandboxNotice};

/// A title, what the page is for, and its parts.
pub(super) fn frame(title: String, lead: String, parts: AnyView) -> AnyView {
    view! {
        <SandboxNotice/>
        <header class="border-b border-base-300">
            <BrandRow class="max-w-3xl mx-auto px-5"/>
        </header>
        <main id="main" tabindex="-1" class="max-w-3xl mx-auto px-5 py-8">
            <FlashNote/>
            <h1 class="text-2xl">{title}</h1>
            <p class="mt-2 text-muted max-w-prose">{lead}</p>
            {parts}
        </main>
    }
    .into_any()
}
