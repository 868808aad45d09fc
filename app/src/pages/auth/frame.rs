//! The two columns around both forms.

use leptos::prelude::*;

use crate::{
    components::{BrandRow, FlashNote, Icon, SandboxNotice},
    context::t,
};

pub(super) fn frame(content: AnyView) -> AnyView {
    view! {
        <SandboxNotice/>
        <div class="min-h-dvh grid grid-cols-1 lg:grid-cols-[1fr_30rem]">
            <div class="flex flex-col">
                <header>
                    <BrandRow class="px-5 lg:px-10"/>
                </header>
                <main id="main" tabindex="-1" class="flex-1 grid place-items-center px-5 py-8">
                    <div class="w-full max-w-sm">
                        <FlashNote/>
                        {content}
                    </div>
                </main>
            </div>
            {aside()}
        </div>
    }
    .into_any()
}

fn aside() -> AnyView {
    let steps = [("name", "web-number-1"), ("bot", "web-number-2"), ("live", "web-number-3")]
        .map(|(step, number)| {
            view! {
                <li>
                    <span class="pip pip-o bg-base-100">{t(number)}</span>
                    <div class="pb-2">
                        <p class="font-medium leading-snug">{t(&format!("web-signup-next-{step}"))}</p>
                        <p class="text-sm text-muted">{t(&format!("web-signup-next-{step}-text"))}</p>
                    </div>
                </li>
            }
        })
        .into_iter()
        .collect_view();
    let promises = [("lock", "web-signup-sealed"), ("shield-check", "web-signup-yours")]
        .map(|(icon, key)| {
            view! {
                <li class="flex gap-3">
                    <Icon name=icon class="text-primary mt-px"/>
                    <span class="text-muted">{t(key)}</span>
                </li>
            }
        })
        .into_iter()
        .collect_view();
    view! {
        <aside class="max-lg:hidden p-4 ps-0">
            <div class="yard h-full p-10 flex flex-col">
                <h2 class="text-xl">{t("web-signup-next")}</h2>
                <ol class="tl mt-7">{steps}</ol>
                <ul class="mt-7 pt-6 border-t border-base-content/10 grid gap-3 text-sm">{promises}</ul>
            </div>
        </aside>
    }
    .into_any()
}
