//! Keeps one part of a page up to date: each event makes it fetch that part again.

use leptos::prelude::*;

/// `events` is an event stream, `fragment` the address of the part with the id `target`. The stream
/// closes while the tab is hidden. `paused` and `refresh` are shown when the stream is lost.
#[island]
pub fn LiveRegion(
    events: String,
    fragment: String,
    target: String,
    paused: String,
    refresh: String,
) -> impl IntoView {
    let lost = RwSignal::new(false);
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| stream::follow(events.clone(), fragment.clone(), target.clone(), lost));
    #[cfg(not(feature = "hydrate"))]
    let _ = (events, fragment, target);
    view! {
        <p class="text-xs text-muted mt-2" role="status" hidden=move || !lost.get()>
            {paused}
            " "
            <a class="link" href="">
                {refresh}
            </a>
        </p>
    }
}

#[cfg(feature = "hydrate")]
mod stream {
    use std::{
        cell::{Cell, RefCell},
        rc::Rc,
        time::Duration,
    };

    use leptos::{prelude::*, task::spawn_local, web_sys::wasm_bindgen::JsCast as _};
    use wasm_bindgen::closure::Closure;
    use web_sys::{EventSource, MessageEvent, VisibilityState};

    use crate::islands::browser;

    struct Follower {
        events: String,
        fragment: String,
        target: String,
        lost: RwSignal<bool>,
        source: RefCell<Option<EventSource>>,
        /// A fetch is under way, and whether another event came meanwhile.
        busy: RefCell<Option<bool>>,
        /// A look without an event is planned.
        planned: Cell<bool>,
        /// The part is in use, and is fetched when that is over.
        waits: Cell<bool>,
    }

    pub(super) fn follow(events: String, fragment: String, target: String, lost: RwSignal<bool>) {
        let follower = Rc::new(Follower {
            events,
            fragment,
            target,
            lost,
            source: RefCell::new(None),
            busy: RefCell::new(None),
            planned: Cell::new(false),
            waits: Cell::new(false),
        });
        open(&follower);
        browser::listen("visibilitychange", move |_| {
            let visible = browser::document()
                .is_none_or(|document| document.visibility_state() == VisibilityState::Visible);
            if visible {
                open(&follower);
                refetch(&follower);
            } else if let Some(source) = follower.source.borrow_mut().take() {
                source.close();
            }
        });
    }

    fn open(follower: &Rc<Follower>) {
        if follower.source.borrow().is_some() {
            return;
        }
        let Ok(source) = EventSource::new(&follower.events) else {
            follower.lost.set(true);
            return;
        };
        let on_message = {
            let follower = Rc::clone(follower);
            Closure::<dyn FnMut(MessageEvent)>::new(move |_| {
                follower.lost.set(false);
                refetch(&follower);
            })
        };
        let on_error = {
            let follower = Rc::clone(follower);
            Closure::<dyn FnMut()>::new(move || {
                let closed = follower
                    .source
                    .borrow()
                    .as_ref()
                    .is_some_and(|source| source.ready_state() == EventSource::CLOSED);
                follower.lost.set(closed);
            })
        };
        source.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        source.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        on_message.forget();
        on_error.forget();
        *follower.source.borrow_mut() = Some(source);
    }

    /// Events that come during a fetch lead to one more, not to one each.
    fn refetch(follower: &Rc<Follower>) {
        if let Some(again) = follower.busy.borrow_mut().as_mut() {
            *again = true;
            return;
        }
        if is_in_use(&follower.target) {
            if !follower.waits.replace(true) {
                let follower = Rc::clone(follower);
                let look = move || {
                    follower.waits.set(false);
                    refetch(&follower);
                };
                set_timeout(look, Duration::from_secs(1));
            }
            return;
        }
        *follower.busy.borrow_mut() = Some(false);
        let follower = Rc::clone(follower);
        spawn_local(async move {
            let swapped = browser::swap(&follower.target, &follower.fragment).await;
            follower.lost.set(swapped.is_err());
            let again = follower.busy.borrow_mut().take();
            if again == Some(true) {
                refetch(&follower);
            } else {
                plan(&follower);
            }
        });
    }

    /// A part with `data-again` is looked at after that many seconds, whether or not anybody tells of
    /// a change: what it waits for may have died.
    fn plan(follower: &Rc<Follower>) {
        let seconds = browser::document()
            .and_then(|document| document.get_element_by_id(&follower.target))
            .and_then(|part| part.query_selector("[data-again]").ok().flatten())
            .and_then(|waiting| waiting.get_attribute("data-again")?.parse().ok());
        let Some(seconds) = seconds else { return };
        if follower.planned.replace(true) {
            return;
        }
        let follower = Rc::clone(follower);
        let look = move || {
            follower.planned.set(false);
            refetch(&follower);
        };
        set_timeout(look, Duration::from_secs(seconds));
    }

    /// Swapping a field away would lose what is being typed into it, and a fold that is open would
    /// close: with what was typed there, and with what was wrong with it.
    fn is_in_use(target: &str) -> bool {
        let part = browser::document().and_then(|document| document.get_element_by_id(target));
        let used = "details[open], input:focus, select:focus, textarea:focus";
        part.is_some_and(|part| part.query_selector(used).ok().flatten().is_some())
    }
}
