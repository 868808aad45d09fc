//! The few parts that run in the browser. Each only adds to a page that works without it, gets
//! finished strings as properties, and listens for its kind of element instead of owning it, so that
//! fragments swapped in later work as well.

mod copy;
mod live;
mod phone;

pub use copy::CopyButtons;
pub use live::LiveRegion;
pub use phone::PhoneForms;

/// What the islands share in the browser.
#[cfg(feature = "hydrate")]
mod browser {
    use leptos::web_sys::{self, Document, Element, Event, Response, wasm_bindgen::JsCast as _};
    use wasm_bindgen::{JsValue, closure::Closure};
    use wasm_bindgen_futures::JsFuture;

    pub(super) fn document() -> Option<Document> {
        web_sys::window()?.document()
    }

    /// Listens on the whole document for as long as the page lives.
    pub(super) fn listen(event: &str, handler: impl FnMut(Event) + 'static) {
        let Some(document) = document() else { return };
        let closure = Closure::<dyn FnMut(Event)>::new(handler);
        let added = document.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref());
        if added.is_ok() {
            closure.forget();
        }
    }

    /// The element that an event began at, or its nearest parent, that `selector` names.
    pub(super) fn nearest(event: &Event, selector: &str) -> Option<Element> {
        let element = event.target()?.dyn_into::<Element>().ok()?;
        element.closest(selector).ok().flatten()
    }

    pub(super) async fn text_of(url: &str) -> Result<String, JsValue> {
        let window = web_sys::window().ok_or(JsValue::NULL)?;
        let response: Response = JsFuture::from(window.fetch_with_str(url)).await?.dyn_into()?;
        if !response.ok() {
            return Err(JsValue::from(response.status()));
        }
        JsFuture::from(response.text()?).await?.as_string().ok_or(JsValue::NULL)
    }

    /// Fetches a fragment into the element with this id. A fragment that holds `data-go` sends the
    /// reader on: the page it belongs to is finished.
    pub(super) async fn swap(target: &str, url: &str) -> Result<(), JsValue> {
        let html = text_of(url).await?;
        let Some(element) = document().and_then(|document| document.get_element_by_id(target)) else {
            return Ok(());
        };
        element.set_inner_html(&html);
        let go = element.query_selector("[data-go]")?.and_then(|element| element.get_attribute("data-go"));
        if let (Some(go), Some(window)) = (go, web_sys::window()) {
            window.location().set_href(&go)?;
        }
        Ok(())
    }
}
