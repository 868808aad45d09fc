//! Sends the phone's forms without leaving the page.

use leptos::prelude::*;

/// Takes over forms inside `[data-phone]`: the same POST to the same URL, then the conversation is
/// fetched again into `target`. `failed` is shown when the server could not be reached.
#[island]
pub fn PhoneForms(fragment: String, target: String, failed: String) -> impl IntoView {
    let has_failed = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| send::take_over(fragment.clone(), target.clone(), has_failed));
    #[cfg(not(feature = "hydrate"))]
    let _ = (fragment, target);
    view! {
        <p class="text-xs text-error mt-2" role="alert" hidden=move || !has_failed.get()>
            {failed}
        </p>
    }
}

#[cfg(feature = "hydrate")]
mod send {
    use leptos::{prelude::*, task::spawn_local, web_sys::wasm_bindgen::JsCast as _};
    use wasm_bindgen::JsValue;
    use wasm_bindgen_futures::JsFuture;
    use web_sys::{
        Event, FormData, HtmlFormElement, HtmlInputElement, RequestInit, Response, SubmitEvent,
        UrlSearchParams,
    };

    use crate::islands::browser;

    pub(super) fn take_over(fragment: String, target: String, failed: RwSignal<bool>) {
        browser::listen("submit", move |event| {
            let Some((form, body)) = filled_form(&event) else { return };
            event.prevent_default();
            let (fragment, target) = (fragment.clone(), target.clone());
            spawn_local(async move {
                let sent = post(&form.action(), &body).await;
                failed.set(sent.is_err());
                if sent.is_ok() {
                    clear(&form);
                    failed.set(browser::swap(&target, &fragment).await.is_err());
                }
            });
        });
    }

    /// The form and what the browser itself would send, the pressed button included.
    fn filled_form(event: &Event) -> Option<(HtmlFormElement, UrlSearchParams)> {
        let element = browser::nearest(event, "[data-phone] form")?;
        let form = element.dyn_into::<HtmlFormElement>().ok()?;
        let data = FormData::new_with_form(&form).ok()?;
        let submitter = event.dyn_ref::<SubmitEvent>().and_then(SubmitEvent::submitter);
        if let Some(button) = submitter
            && let Some(name) = button.get_attribute("name")
        {
            let value = button.get_attribute("value").unwrap_or_default();
            data.append_with_str(&name, &value).ok()?;
        }
        let body = UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?;
        Some((form, body))
    }

    async fn post(url: &str, body: &UrlSearchParams) -> Result<(), JsValue> {
        let window = web_sys::window().ok_or(JsValue::NULL)?;
        let init = RequestInit::new();
        init.set_method("POST");
        init.set_body(body);
        let response: Response =
            JsFuture::from(window.fetch_with_str_and_init(url, &init)).await?.dyn_into()?;
        if response.ok() { Ok(()) } else { Err(JsValue::from(response.status())) }
    }

    fn clear(form: &HtmlFormElement) {
        if let Ok(Some(input)) = form.query_selector("input[name=text]")
            && let Ok(input) = input.dyn_into::<HtmlInputElement>()
        {
            input.set_value("");
        }
    }
}
