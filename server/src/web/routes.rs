//! The table of routes, which knows what changes something: a test walks over it.

use axum::{
    Router,
    handler::Handler,
    routing::{MethodRouter, get, post},
};

use crate::state::AppState;

/// Routes under one set of rules. Built like an axum router.
#[derive(Default)]
pub struct Routes {
    router: Router<AppState>,
    mutations: Vec<&'static str>,
}

impl Routes {
    pub fn new() -> Self {
        Self::default()
    }

    /// A page without a form of its own.
    #[must_use]
    pub fn page<G, T>(self, path: &'static str, shown: G) -> Self
    where
        G: Handler<T, AppState>,
        T: 'static,
    {
        self.add(path, get(shown))
    }

    /// A page and what its form does.
    #[must_use]
    pub fn form<G, T, P, U>(mut self, path: &'static str, shown: G, done: P) -> Self
    where
        G: Handler<T, AppState>,
        T: 'static,
        P: Handler<U, AppState>,
        U: 'static,
    {
        self.mutations.push(path);
        self.add(path, get(shown).post(done))
    }

    /// An action without a page.
    #[must_use]
    pub fn act<P, U>(mut self, path: &'static str, done: P) -> Self
    where
        P: Handler<U, AppState>,
        U: 'static,
    {
        self.mutations.push(path);
        self.add(path, post(done))
    }

    /// Something that is read and is no page: a stream, a picture.
    #[must_use]
    pub fn read<G, T>(self, path: &'static str, shown: G) -> Self
    where
        G: Handler<T, AppState>,
        T: 'static,
    {
        self.page(path, shown)
    }

    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.mutations.extend(other.mutations);
        Self { router: self.router.merge(other.router), mutations: self.mutations }
    }

    /// The patterns of all addresses that take a POST.
    pub fn mutations(&self) -> &[&'static str] {
        &self.mutations
    }

    pub fn into_router(self) -> Router<AppState> {
        self.router
    }

    fn add(mut self, path: &'static str, methods: MethodRouter<AppState>) -> Self {
        self.router = self.router.route(path, methods);
        self
    }
}
