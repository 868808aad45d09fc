//! The bot's words, which are in Telegram's HTML, as mail has them: plain, and in the HTML that mail programs
//! show. Elements that Telegram does not have are dropped.

use crate::locale::escape_html;

/// Without attributes; a link is looked at by itself.
const ELEMENTS: [&str; 5] = ["b", "i", "code", "pre", "blockquote"];

enum Part<'a> {
    Text(&'a str),
    /// What stands between `<` and `>`.
    Tag(&'a str),
}

/// As plain text; the address of a link follows its words.
pub fn plain(html: &str) -> String {
    let mut plain = String::with_capacity(html.len());
    let mut link: Option<(String, usize)> = None;
    for part in parts(html) {
        match part {
            Part::Text(text) => plain.push_str(&unescaped(text)),
            Part::Tag("/a") => {
                if let Some((address, since)) = link.take()
                    && plain[since..] != address
                {
                    plain.push_str(&format!(" ({address})"));
                }
            }
            Part::Tag(tag) => {
                if let Some(address) = address_of(tag) {
                    link = Some((unescaped(address), plain.len()));
                }
            }
        }
    }
    plain
}

/// As HTML with line breaks of its own.
pub fn html(telegram: &str) -> String {
    let mut html = String::with_capacity(telegram.len());
    let mut has_link = false;
    for part in parts(telegram) {
        match part {
            Part::Text(text) => html.push_str(&text.replace('\n', "<br>\n")),
            Part::Tag("/a") if std::mem::take(&mut has_link) => html.push_str("</a>"),
            Part::Tag(tag) => {
                let name = tag.strip_prefix('/').unwrap_or(tag);
                if ELEMENTS.contains(&name) {
                    html.push_str(&format!("<{tag}>"));
                } else if let Some(address) = address_of(tag) {
                    has_link = true;
                    html.push_str(&format!("<a href=\"{}\">", escape_html(&unescaped(address))));
                }
            }
        }
    }
    html
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}

fn parts(html: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        let (part, after) = match rest.strip_prefix('<').and_then(|tag| tag.split_once('>')) {
            Some((tag, after)) => (Part::Tag(tag), after),
            None => {
                let first = rest.chars().next()?.len_utf8();
                let end = rest[first..].find('<').map_or(rest.len(), |at| at + first);
                (Part::Text(&rest[..end]), &rest[end..])
            }
        };
        rest = after;
        Some(part)
    })
}

/// Where a link leads, if that is a place to send people to.
fn address_of(tag: &str) -> Option<&str> {
    let address = tag.strip_prefix("a href=\"")?.strip_suffix('"')?;
    let is_safe =
        ["https://", "http://", "tg://", "mailto:"].iter().any(|scheme| address.starts_with(scheme));
    is_safe.then_some(address)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("<b>Hi</b>\n2 &lt; 3 &amp;&amp; 4", "Hi\n2 < 3 && 4", "<b>Hi</b><br>\n2 &lt; 3 &amp;&amp; 4")]
    #[case(
        "<a href=\"https://t.me/x?a=1&amp;b=2\">here</a>!",
        "here (https://t.me/x?a=1&b=2)!",
        "<a href=\"https://t.me/x?a=1&amp;b=2\">here</a>!"
    )]
    #[case(
        "<a href=\"https://x.org\">https://x.org</a>",
        "https://x.org",
        "<a href=\"https://x.org\">https://x.org</a>"
    )]
    #[case("<a href=\"javascript:alert(1)\">no</a>", "no", "no")]
    #[case("<script>x</script><b onclick=\"y\">z</b>", "xz", "xz</b>")]
    #[case("1 < 2", "1 < 2", "1 < 2")]
    fn words_of_the_bot_become_words_of_a_mail(
        #[case] telegram: &str,
        #[case] text: &str,
        #[case] mail: &str,
    ) {
        assert_eq!(plain(telegram), text);
        assert_eq!(html(telegram), mail);
    }

    #[test]
    fn what_is_escaped_reads_back() {
        let text = "a<b> & \"c\" &lt;";
        assert_eq!(plain(&escape_html(text)), text);
    }

    proptest! {
        #[test]
        fn no_words_break_it(text in "[<>/ab\"=&;\n\\PC]{0,60}") {
            let _ = plain(&text);
            prop_assert!(!html(&text).contains("<script"));
        }
    }
}
