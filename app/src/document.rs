//! The HTML document around a page.
//!
//! Written as text, not as a view: it has no children that could change, and the loader must be
//! left out when the page turned out to hold no island.

use std::fmt::Write as _;

use crate::{
    context::{IslandAssets, PageContext, page_context, t},
    ssr::Head,
};

/// Starts the islands when the browser is idle: forms work before, so nothing waits for the WASM.
/// (Leptos' own `HydrationScripts` preloads it at normal priority, which costs the first paint.)
const LOADER: &str = include_str!("islands/loader.js");

pub(crate) fn document(head: &Head, body: &str) -> String {
    let context = page_context();
    let locale = context.locale;
    let mut html = String::with_capacity(body.len() + 2048);
    html.push_str("<!doctype html><html");
    attribute(&mut html, "lang", locale.code());
    attribute(&mut html, "dir", locale.dir());
    if let Some(theme) = context.theme.code() {
        attribute(&mut html, "data-theme", theme);
    }
    html.push_str("><head>");
    write_head(&mut html, &context, head);
    html.push_str("</head><body");
    attribute(
        &mut html,
        "class",
        format!("bg-base-100 text-base-content min-h-dvh {}", head.class).trim_end(),
    );
    html.push('>');
    let skip = "sr-only focus:not-sr-only focus:fixed focus:z-50 focus:top-2 focus:start-2 focus:btn focus:btn-primary";
    let _ = write!(html, "<a href=\"#main\" class=\"{skip}\">{}</a>", escape(&t("web-skip-to-content")));
    html.push_str(body);
    if let Some(islands) = context.assets.islands.as_ref().filter(|_| body.contains("<leptos-island")) {
        write_loader(&mut html, &context.nonce, islands);
    }
    html.push_str("</body></html>");
    html
}

fn write_head(html: &mut String, context: &PageContext, head: &Head) {
    html.push_str(
        "<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">",
    );
    if head.is_shops {
        // Its address is a secret of whoever reads it.
        let _ =
            write!(html, "<title>{}</title><meta name=\"robots\" content=\"noindex\">", escape(&head.title));
    } else {
        let product = escape(&t("web-product-name"));
        let _ = write!(html, "<title>{} · {product}</title>", escape(&head.title));
    }
    if let Some(address) = &head.leads_to {
        html.push_str("<meta http-equiv=\"refresh\"");
        attribute(html, "content", &format!("0;url={address}"));
        html.push('>');
    }
    if let Some(description) = &head.description {
        html.push_str("<meta name=\"description\"");
        attribute(html, "content", description);
        html.push('>');
    }
    if let Some(seconds) = head.refresh_without_script {
        let _ = write!(html, "<noscript><meta http-equiv=\"refresh\" content=\"{seconds}\"></noscript>");
    }
    if !head.is_shops {
        html.push_str("<link rel=\"icon\" href=\"/logo-mark.svg\" type=\"image/svg+xml\">");
    }
    if context.locale.code() == "fa" {
        html.push_str("<link rel=\"preload\" href=\"/fonts/vazirmatn-arabic-wght-normal.woff2\" as=\"font\" type=\"font/woff2\" crossorigin>");
    }
    html.push_str("<link rel=\"stylesheet\"");
    attribute(html, "href", &context.assets.stylesheet);
    html.push('>');
}

fn write_loader(html: &mut String, nonce: &str, islands: &IslandAssets) {
    html.push_str("<script type=\"module\"");
    attribute(html, "nonce", nonce);
    attribute(html, "data-script", &islands.script);
    attribute(html, "data-wasm", &islands.wasm);
    let _ = write!(html, " id=\"islands\">{LOADER}</script>");
}

fn attribute(html: &mut String, name: &str, value: &str) {
    let _ = write!(html, " {name}=\"{}\"", escape(value));
}

/// Escapes for text and for double-quoted attributes.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            _ => escaped.push(character),
        }
    }
    escaped
}
