//! An emulator of Marzban 0.8.4, traps included: several panels in one process, each with a clock,
//! knobs and an environment administrator of its own, at `{public_base}/{panel}/`.
//!
//! What it answers was recorded against the real panel; `replay` plays the recording against it.

mod admins;
mod answer;
mod auth;
mod formats;
mod links;
mod listing;
mod panel;
mod rules;
mod subscription;
mod system;
mod users;

#[cfg(test)]
mod replay;
#[cfg(test)]
mod tests;

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{
    Router,
    extract::{Request, State},
    http::{StatusCode, Uri},
    response::{IntoResponse, Response},
};
use domain::clock::Clock;
use serde_json::Value;
use tower::ServiceExt;

use self::panel::{Panel, PanelState};
pub use self::panel::{Status, User};
use super::knobs::Knobs;

/// All emulated panels. Clones share them.
#[derive(Clone, Debug)]
pub struct MarzbanEmulator {
    public_base: Arc<str>,
    panels: Arc<Mutex<BTreeMap<String, Arc<Panel>>>>,
}

impl MarzbanEmulator {
    /// `public_base` is where [`Self::router`] is mounted, as clients reach it, for example
    /// `http://localhost:8080/emulator/marzban`.
    pub fn new(public_base: &str) -> Self {
        Self { public_base: public_base.trim_end_matches('/').into(), panels: Arc::default() }
    }

    /// Adds a panel, or gives the one of that name this administrator and clock and keeps its users.
    pub fn add_panel(&self, name: &str, admin: &str, password: &str, clock: Arc<dyn Clock>) {
        let mut panels = self.panels_mut();
        match panels.get(name) {
            Some(panel) => panel.adopt(admin, password, clock),
            None => {
                let panel =
                    Panel::new(&self.base_url(name), PanelState::new(admin, password, clock.now()), clock);
                panels.insert(name.to_owned(), Arc::new(panel));
            }
        }
    }

    /// Forgets a panel and its users.
    pub fn remove_panel(&self, name: &str) {
        self.panels_mut().remove(name);
    }

    /// Where a panel is reached: what a tenant types as its address.
    pub fn base_url(&self, name: &str) -> String {
        format!("{}/{name}/", self.public_base)
    }

    pub fn panels(&self) -> Vec<String> {
        self.panels_mut().keys().cloned().collect()
    }

    /// The knobs of one panel; operations are named like `PUT /api/user/u_1`.
    pub fn knobs(&self, name: &str) -> Option<Knobs> {
        self.panel(name).map(|panel| panel.knobs.clone())
    }

    /// The accounts of a panel as they stand now, oldest first.
    pub fn users(&self, name: &str) -> Vec<User> {
        self.panel(name).map(|panel| panel.state().by_age().cloned().collect()).unwrap_or_default()
    }

    /// A user's device has moved this many bytes. False when there is no such account or it may not connect.
    pub fn use_traffic(&self, name: &str, username: &str, bytes: i64) -> bool {
        let Some(panel) = self.panel(name) else { return false };
        let now = panel.now();
        panel.state().use_traffic(username, bytes, now)
    }

    /// Runs the panel's review job at once; by itself it runs every 10 s of the panel's clock.
    pub fn review(&self, name: &str) {
        if let Some(panel) = self.panel(name) {
            let now = panel.now();
            panel.state().review(now);
        }
    }

    /// Everything that survives a restart.
    pub fn snapshot(&self) -> Value {
        let panels = self.panels_mut();
        let states: BTreeMap<&String, Value> =
            panels.iter().map(|(name, panel)| (name, panel.snapshot())).collect();
        serde_json::json!({ "panels": states })
    }

    /// Brings back what [`Self::snapshot`] gave; panels get `clock` until [`Self::add_panel`] names theirs.
    ///
    /// # Errors
    /// The snapshot is not one of ours.
    pub fn restore(&self, snapshot: &Value, clock: Arc<dyn Clock>) -> Result<(), serde_json::Error> {
        let states: BTreeMap<String, PanelState> =
            serde_json::from_value(snapshot.get("panels").cloned().unwrap_or_default())?;
        let mut panels = self.panels_mut();
        for (name, state) in states {
            let panel = Panel::new(&self.base_url(&name), state, clock.clone());
            panels.insert(name, Arc::new(panel));
        }
        Ok(())
    }

    /// Serves every panel under its name; mount it at `public_base` with `nest`.
    pub fn router(&self) -> Router {
        Router::new().fallback(dispatch).with_state(self.clone())
    }

    fn panel(&self, name: &str) -> Option<Arc<Panel>> {
        self.panels_mut().get(name).cloned()
    }

    fn panels_mut(&self) -> MutexGuard<'_, BTreeMap<String, Arc<Panel>>> {
        self.panels.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The first segment names the panel; the rest is the panel's own address.
async fn dispatch(State(emulator): State<MarzbanEmulator>, mut request: Request) -> Response {
    let path = request.uri().path().trim_start_matches('/').to_owned();
    let (name, rest) = path.split_once('/').unwrap_or((&path, ""));
    let Some(panel) = emulator.panel(name) else { return StatusCode::NOT_FOUND.into_response() };
    let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    let Ok(uri) = format!("/{rest}{query}").parse::<Uri>() else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    *request.uri_mut() = uri;
    let operation = format!("{} /{rest}", request.method());
    let knobs = panel.knobs.clone();
    knobs.around(&operation, async move { serve(panel, request).await }).await
}

async fn serve(panel: Arc<Panel>, request: Request) -> Response {
    let now = panel.now();
    panel.state().review_when_due(now);
    let router = Router::new()
        .merge(admins::routes())
        .merge(system::routes())
        .merge(users::routes())
        .merge(subscription::routes())
        .fallback(answer::not_found)
        .method_not_allowed_fallback(answer::method_not_allowed)
        .with_state(panel);
    match router.oneshot(request).await {
        Ok(answer) => answer,
        Err(never) => match never {},
    }
}
