//! Buttons with `data-copy` put that text on the clipboard.

use leptos::prelude::*;

/// Once per page; `copied` is announced to screen readers.
#[island]
pub fn CopyButtons(copied: String) -> impl IntoView {
    let said = RwSignal::new(String::new());
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| {
        let copied = copied.clone();
        super::browser::listen("click", move |event| {
            let Some(button) = super::browser::nearest(&event, "[data-copy]") else { return };
            let (Some(text), Some(window)) = (button.get_attribute("data-copy"), web_sys::window()) else {
                return;
            };
            let copied = copied.clone();
            leptos::task::spawn_local(async move {
                let write = window.navigator().clipboard().write_text(&text);
                if wasm_bindgen_futures::JsFuture::from(write).await.is_ok() {
                    said.set(copied);
                    let _ = button.class_list().add_1("is-copied");
                    set_timeout(
                        move || {
                            said.set(String::new());
                            let _ = button.class_list().remove_1("is-copied");
                        },
                        std::time::Duration::from_millis(1600),
                    );
                }
            });
        });
    });
    #[cfg(not(feature = "hydrate"))]
    let _ = copied;
    view! {
        <span class="sr-only" role="status">
            {move || said.get()}
        </span>
    }
}
