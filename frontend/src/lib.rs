//! The WASM entry point: registers the islands, which `app`'s loader then starts one by one.

// Nothing names `app` here, and without a name its islands' exports would not be linked.
extern crate app as _app;

/// Called once by the loader, before the first island.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_islands();
}
