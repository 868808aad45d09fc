//! A message's text and entities as HTML.
//!
//! Built from text and spans, never from HTML that a bot sent: the only tags are the ones written
//! here. Entities count UTF-16 units and nest properly
//! (https://core.telegram.org/bots/api#messageentity).

use crate::document::escape;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextSpan {
    /// In UTF-16 units.
    pub offset: usize,
    /// In UTF-16 units.
    pub length: usize,
    pub kind: SpanKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SpanKind {
    Bold,
    Italic,
    Underline,
    Strike,
    Spoiler,
    Code,
    Pre,
    Quote,
    Link(String),
}

impl SpanKind {
    fn open(&self) -> String {
        match self {
            Self::Bold => "<b>".into(),
            Self::Italic => "<i>".into(),
            Self::Underline | Self::Spoiler => "<u>".into(),
            Self::Strike => "<s>".into(),
            Self::Code | Self::Pre => "<bdi class=\"code select-all\">".into(),
            Self::Quote => "<q>".into(),
            Self::Link(href) => {
                format!(
                    "<a class=\"link\" target=\"_blank\" rel=\"noopener\" href=\"{}\">",
                    escape(&safe(href))
                )
            }
        }
    }

    const fn close(&self) -> &'static str {
        match self {
            Self::Bold => "</b>",
            Self::Italic => "</i>",
            Self::Underline | Self::Spoiler => "</u>",
            Self::Strike => "</s>",
            Self::Code | Self::Pre => "</bdi>",
            Self::Quote => "</q>",
            Self::Link(_) => "</a>",
        }
    }
}

/// The message as HTML: escaped text, our tags, `<br>` for line ends.
pub fn message_html(text: &str, spans: &[TextSpan]) -> String {
    let mut spans: Vec<&TextSpan> = spans.iter().filter(|span| span.length > 0).collect();
    spans.sort_by_key(|span| (span.offset, usize::MAX - span.length));
    let mut waiting = spans.into_iter().peekable();
    let mut open: Vec<(usize, &TextSpan)> = Vec::new();
    let mut html = String::with_capacity(text.len() + 32);
    let mut position = 0;
    for character in text.chars() {
        close_until(&mut html, &mut open, position);
        while let Some(span) = waiting.next_if(|span| span.offset <= position) {
            let outer = open.last().map_or(usize::MAX, |(end, _)| *end);
            open.push(((span.offset + span.length).min(outer), span));
            html.push_str(&span.kind.open());
        }
        match character {
            '\n' => html.push_str("<br>"),
            _ => html.push_str(&escape(character.encode_utf8(&mut [0; 4]))),
        }
        position += character.len_utf16();
    }
    close_until(&mut html, &mut open, usize::MAX);
    html
}

fn close_until(html: &mut String, open: &mut Vec<(usize, &TextSpan)>, position: usize) {
    while open.last().is_some_and(|(end, _)| *end <= position) {
        if let Some((_, span)) = open.pop() {
            html.push_str(span.kind.close());
        }
    }
}

/// Only addresses that open a page or an app we know; anything else leads nowhere.
fn safe(href: &str) -> String {
    let known = ["https://", "http://", "tg://", "mailto:"];
    if known.iter().any(|scheme| href.starts_with(scheme)) { href.to_owned() } else { "#".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{SpanKind, TextSpan, message_html};

    fn span(offset: usize, length: usize, kind: SpanKind) -> TextSpan {
        TextSpan { offset, length, kind }
    }

    #[test]
    fn entities_become_nested_tags_counted_in_utf16_units() {
        let spans = [span(3, 4, SpanKind::Bold), span(5, 2, SpanKind::Italic)];
        assert_eq!(message_html("👋 abcd", &spans), "👋 <b>ab<i>cd</i></b>");
    }

    #[test]
    fn markup_in_a_message_stays_text() {
        let html = message_html("<script>\"&\n", &[]);
        assert_eq!(html, "&lt;script&gt;&quot;&amp;<br>");
    }

    #[test]
    fn a_link_with_a_script_leads_nowhere() {
        let html = message_html("x", &[span(0, 1, SpanKind::Link("javascript:alert(1)".into()))]);
        assert!(html.contains("href=\"#\""), "{html}");
    }

    #[test]
    fn crossing_entities_are_cut_to_nest() {
        let spans = [span(0, 2, SpanKind::Bold), span(1, 3, SpanKind::Code)];
        assert_eq!(message_html("abcd", &spans), "<b>a<bdi class=\"code select-all\">b</bdi></b>cd");
    }
}
