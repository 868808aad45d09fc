//! A shop's own words in place of ours.
//!
//! Held for each shop that has any, parsed; a shop without costs nothing but a look into the table. The
//! words lie in the shop's database together with a version, and whoever is about to speak for the shop
//! compares it (`shop::text::service::refresh`), so that every process speaks the newest ones.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, PoisonError, RwLock},
};

use fluent_bundle::FluentResource;

use super::{
    Args, Locale,
    args::Escape,
    bidi,
    catalogue::{CATALOGUE, Language, Rendering},
};
use crate::ids::TenantId;

static SHOPS: LazyLock<RwLock<HashMap<TenantId, Arc<Wording>>>> = LazyLock::new(RwLock::default);

/// In whose words a text is: ours, or a shop's where it has some.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Voice(Option<TenantId>);

/// What one shop has put into its own words.
pub(crate) struct Wording {
    version: String,
    languages: [Option<Language>; 3],
}

impl Voice {
    pub const OURS: Self = Self(None);

    pub const fn of(shop: TenantId) -> Self {
        Self(Some(shop))
    }

    /// As [`html`](super::html).
    pub fn html(self, locale: Locale, key: &str, args: &Args) -> String {
        let args = args.resolve(locale, Escape::Html);
        let text = CATALOGUE.show(Rendering::Isolated, self.wording().as_deref(), locale, key, &args);
        as_message(locale, &text)
    }

    /// As [`plain`](super::plain).
    pub fn plain(self, locale: Locale, key: &str, args: &Args) -> String {
        let args = args.resolve(locale, Escape::No);
        let text = CATALOGUE.show(Rendering::Plain, self.wording().as_deref(), locale, key, &args);
        bidi::right_to_left_lines(locale, text)
    }

    fn wording(self) -> Option<Arc<Wording>> {
        self.0.and_then(held)
    }
}

impl Wording {
    /// `texts` are Fluent sources of one message each.
    pub(crate) fn new(version: String, texts: &[(Locale, String)]) -> Self {
        let languages = Locale::ALL.map(|locale| {
            let own = texts.iter().filter(|(language, _)| *language == locale);
            let source: String = own.map(|(_, source)| format!("{source}\n")).collect();
            let resource = FluentResource::try_new(source).unwrap_or_else(|(resource, _)| resource);
            let is_empty = resource.entries().next().is_none();
            (!is_empty).then(|| Language::of(locale, &[Arc::new(resource)]))
        });
        Self { version, languages }
    }

    pub(super) fn language(&self, locale: Locale) -> Option<&Language> {
        self.languages[locale.index()].as_ref()
    }

    /// One text as a reader sees it; `None` when it lacks values or is not there.
    pub(crate) fn show(&self, locale: Locale, key: &str, args: &Args, markup: bool) -> Option<String> {
        let (rendering, escape) =
            if markup { (Rendering::Isolated, Escape::Html) } else { (Rendering::Plain, Escape::No) };
        let (text, whole) = self.language(locale)?.show(rendering, key, &args.resolve(locale, escape))?;
        let shown = if markup { as_message(locale, &text) } else { bidi::right_to_left_lines(locale, text) };
        whole.then_some(shown)
    }
}

/// Which version of the shop's words is held.
pub(crate) fn version(shop: TenantId) -> Option<String> {
    held(shop).map(|wording| wording.version.clone())
}

/// From here on the shop speaks these words, or ours.
pub(crate) fn hold(shop: TenantId, wording: Option<Wording>) {
    let mut shops = SHOPS.write().unwrap_or_else(PoisonError::into_inner);
    match wording {
        Some(wording) => drop(shops.insert(shop, Arc::new(wording))),
        None => drop(shops.remove(&shop)),
    }
}

fn held(shop: TenantId) -> Option<Arc<Wording>> {
    SHOPS.read().unwrap_or_else(PoisonError::into_inner).get(&shop).cloned()
}

fn as_message(locale: Locale, text: &str) -> String {
    bidi::right_to_left_lines(locale, bidi::clean_markup(text))
}
