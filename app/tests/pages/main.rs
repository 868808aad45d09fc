//! Every page in every language: complete texts, nothing that the CSP would refuse.
//!
//! The documents are left in `<target>/tmp/pages`, so that they can be looked at without a server.

#![cfg(feature = "ssr")]

mod samples;

use std::{fs, path::Path};

use domain::locale::Locale;

use samples::documents;

#[test]
fn every_page_has_its_texts_in_every_language() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    fs::create_dir_all(&folder).expect("a folder for the pages");
    for locale in Locale::ALL {
        for (name, html) in documents(locale) {
            fs::write(folder.join(format!("{name}.{}.html", locale.code())), &html).expect("a page");
            let missing: Vec<&str> = html
                .match_indices("web-")
                .map(|(at, _)| html[at..].split(['<', '"', ' ']).next().unwrap_or_default())
                .collect();
            assert!(missing.is_empty(), "{name} in {locale:?} shows the keys {missing:?}");
        }
    }
}

#[test]
fn no_page_holds_what_the_content_security_policy_refuses() {
    for (name, html) in documents(Locale::Fa) {
        assert!(!html.contains(" style="), "{name} has an inline style");
        assert!(!html.contains("<style"), "{name} has a style element");
        assert!(!html.contains(" onclick="), "{name} has an inline handler");
        for script in html.split("<script").skip(1) {
            assert!(script.contains("nonce=\"the-nonce\""), "{name} has a script without the nonce");
        }
    }
}

#[test]
fn every_field_has_a_label_and_a_name() {
    for (name, html) in documents(Locale::En) {
        for input in html.split("<input").skip(1) {
            let input = input.split('>').next().unwrap_or_default();
            assert!(input.contains("name=\""), "{name}: <input{input}>");
            let labelled = input.contains("type=\"hidden\"")
                || input.contains("type=\"radio\"")
                || input.contains("type=\"checkbox\"")
                || input.contains("aria-label=")
                || id_of(input).is_some_and(|id| html.contains(&format!("for=\"{id}\"")));
            assert!(labelled, "{name}: <input{input}>");
        }
    }
}

#[test]
fn no_two_elements_share_an_id() {
    for (name, html) in documents(Locale::En) {
        let mut ids: Vec<&str> =
            html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        ids.sort_unstable();
        for pair in ids.windows(2) {
            assert_ne!(pair[0], pair[1], "{name} has the id twice");
        }
    }
}

fn id_of(input: &str) -> Option<&str> {
    input.split(" id=\"").nth(1)?.split('"').next()
}
