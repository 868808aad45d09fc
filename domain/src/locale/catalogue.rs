//! All texts, parsed once.
//!
//! Files are found by their place, `locales/<language>/<area>.ftl`; a new file needs no code. A
//! release build embeds them, a debug build reads the folder it was built from, so that a changed
//! text needs no compiler.

use std::{
    collections::HashSet,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent};
use rust_embed::RustEmbed;

use super::{Locale, format, wording::Wording};

pub(super) static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(Catalogue::load);

type Bundle = concurrent::FluentBundle<Arc<FluentResource>>;

#[derive(RustEmbed)]
#[folder = "../locales"]
#[include = "*/*.ftl"]
struct Files;

/// The texts of every language.
pub(super) struct Catalogue {
    languages: [Language; 3],
    reported: Mutex<HashSet<String>>,
}

/// One language's texts, or some of them.
pub(super) struct Language {
    /// Wraps values in FSI…PDI.
    isolated: Bundle,
    plain: Bundle,
}

/// Which of the two renderings.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Rendering {
    Isolated,
    Plain,
}

impl Catalogue {
    fn load() -> Self {
        Self { languages: Locale::ALL.map(Language::load), reported: Mutex::default() }
    }

    /// The text in the shop's words where it has some, else in ours.
    pub(super) fn show(
        &self,
        rendering: Rendering,
        wording: Option<&Wording>,
        locale: Locale,
        key: &str,
        args: &FluentArgs<'_>,
    ) -> String {
        let own = wording.and_then(|wording| wording.language(locale));
        if let Some((text, true)) = own.and_then(|own| own.show(rendering, key, args)) {
            return text;
        }
        for candidate in [locale, Locale::En] {
            let Some((text, whole)) = self.languages[candidate.index()].show(rendering, key, args) else {
                self.report(candidate, key, "is missing");
                continue;
            };
            if !whole {
                self.report(candidate, key, "lacks values");
            }
            return text;
        }
        key.to_owned()
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.languages[Locale::En.index()].plain.has_message(key)
    }

    /// Once per text: a broken one would otherwise fill the log with every message sent.
    fn report(&self, locale: Locale, key: &str, what: &str) {
        let name = format!("{}/{key}", locale.code());
        let mut reported = self.reported.lock().unwrap_or_else(PoisonError::into_inner);
        if reported.insert(name) {
            tracing::error!(locale = locale.code(), key, "text {what}");
        }
    }
}

impl Language {
    fn load(locale: Locale) -> Self {
        let resources = files(locale).into_iter().map(|(path, source)| parse(&path, source));
        let resources: Vec<_> = resources.collect();
        Self::of(locale, &resources)
    }

    pub(super) fn of(locale: Locale, resources: &[Arc<FluentResource>]) -> Self {
        Self { isolated: bundle(locale, resources, true), plain: bundle(locale, resources, false) }
    }

    /// The text if it is here, and whether it got all its values: one that was not given shows as
    /// `{$name}`.
    pub(super) fn show(
        &self,
        rendering: Rendering,
        key: &str,
        args: &FluentArgs<'_>,
    ) -> Option<(String, bool)> {
        let bundle = match rendering {
            Rendering::Isolated => &self.isolated,
            Rendering::Plain => &self.plain,
        };
        let pattern = bundle.get_message(key)?.value()?;
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(args), &mut errors);
        Some((text.into_owned(), errors.is_empty()))
    }
}

fn bundle(locale: Locale, resources: &[Arc<FluentResource>], isolating: bool) -> Bundle {
    let mut bundle = Bundle::new_concurrent(vec![locale.code().parse().unwrap_or_default()]);
    bundle.set_use_isolating(isolating);
    bundle.set_formatter(Some(match locale {
        Locale::En => |value, _| show_number(Locale::En, value),
        Locale::Fa => |value, _| show_number(Locale::Fa, value),
        Locale::Ru => |value, _| show_number(Locale::Ru, value),
    }));
    for resource in resources {
        if let Err(errors) = bundle.add_resource(Arc::clone(resource)) {
            tracing::error!(locale = locale.code(), ?errors, "a text is defined twice");
        }
    }
    bundle
}

fn show_number(locale: Locale, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(format::decimal(locale, number.value, 2)),
        _ => None,
    }
}

fn parse(path: &str, source: String) -> Arc<FluentResource> {
    Arc::new(FluentResource::try_new(source).unwrap_or_else(|(resource, errors)| {
        tracing::error!(path, ?errors, "texts that Fluent cannot read");
        resource
    }))
}

/// Path and content of the language's files, by name.
pub(super) fn files(locale: Locale) -> Vec<(String, String)> {
    let folder = format!("{}/", locale.code());
    let mut paths: Vec<_> = Files::iter().filter(|path| path.starts_with(&folder)).collect();
    paths.sort();
    let read = |path: &str| Files::get(path).map(|file| String::from_utf8_lossy(&file.data).into_owned());
    paths.iter().filter_map(|path| Some((path.to_string(), read(path)?))).collect()
}
