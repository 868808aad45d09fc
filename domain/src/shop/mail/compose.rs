//! What the bot would say, as a mail: its first line is the subject, and below it a way to the bot and a way
//! to get no more.

use url::Url;

use super::markup;
use crate::{
    args,
    ids::TenantId,
    locale::{Locale, Voice, escape_html},
    ports::Mail,
};

/// In characters: programs show no more.
const SUBJECT: usize = 90;

const PAGE: &str = "margin:0;padding:24px 12px;background:#f4f4f5;color:#18181b;font:16px/1.6 Vazirmatn,Tahoma,\
                    'Segoe UI',Roboto,Arial,sans-serif";
const SHEET: &str = "max-width:560px;margin:0 auto;padding:24px;background:#ffffff;border-radius:12px;\
                     text-align:start";
const BUTTON: &str = "display:inline-block;padding:10px 20px;background:#2563eb;color:#ffffff;border-radius:8px;\
                      text-decoration:none";
const SMALL: &str = "max-width:560px;margin:16px auto 0;font-size:13px;color:#71717a;text-align:start";

/// Who writes to whom, and where both find each other.
#[derive(Clone, Debug)]
pub(super) struct Heading {
    pub tenant: TenantId,
    pub shop: String,
    pub locale: Locale,
    pub voice: Voice,
    /// The bot.
    pub bot: Option<Url>,
    /// Where mail is switched off.
    pub unsubscribe: Option<Url>,
}

/// The mail that says this, in Telegram's HTML. `why` is a key: why its reader gets it.
pub(super) fn compose(heading: Heading, id: String, to: String, said: &str, why: &str) -> Mail {
    let Heading { tenant, shop, locale, voice, bot, unsubscribe } = heading;
    let word = |key| voice.plain(locale, key, &args![]);
    let open = bot.map(|bot| (word("bot-mail-letter-btn-open"), bot));
    let stop = unsubscribe.clone().map(|page| (word("bot-mail-letter-btn-stop"), page));
    let why = voice.html(locale, why, &args!["shop" => &shop]);
    let subject = subject_of(said, &shop);
    let text = text_of(said, &why, [&open, &stop]);
    let html = html_of(locale, &subject, said, &why, [&open, &stop]);
    Mail { tenant, id, to, from: one_line(&shop), subject, text, html, unsubscribe }
}

/// The first line, without what programs cannot show there.
fn subject_of(said: &str, shop: &str) -> String {
    let plain = markup::plain(said);
    let first = plain.lines().map(one_line).find(|line| !line.is_empty());
    let first = first.unwrap_or_else(|| one_line(shop));
    if first.chars().count() <= SUBJECT {
        return first;
    }
    let cut: String = first.chars().take(SUBJECT).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{whole}…")
}

/// Without line breaks and other signs that are not shown: in a header they would begin another one.
fn one_line(text: &str) -> String {
    let is_mark = |sign: char| matches!(sign, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let shown = text.chars().filter(|sign| !is_mark(*sign));
    let spaced: String = shown.map(|sign| if sign.is_control() { ' ' } else { sign }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

type Link = Option<(String, Url)>;

fn text_of(said: &str, why: &str, [open, stop]: [&Link; 2]) -> String {
    let line = |link: &Link| link.as_ref().map(|(label, page)| format!("{label}: {page}"));
    let mut blocks = vec![markup::plain(said)];
    blocks.extend(line(open));
    blocks.push(format!("-- \n{}", markup::plain(why)));
    blocks.extend(line(stop));
    blocks.join("\n\n")
}

fn html_of(locale: Locale, subject: &str, said: &str, why: &str, [open, stop]: [&Link; 2]) -> String {
    let (language, direction, title) = (locale.code(), locale.dir(), escape_html(subject));
    let link = |link: &Link, style: &str| {
        let (label, page) = link.as_ref()?;
        let (label, page) = (escape_html(label), escape_html(page.as_str()));
        Some(format!("<p><a href=\"{page}\" style=\"{style}\">{label}</a></p>"))
    };
    let said = markup::html(said);
    let why = markup::html(why);
    let open = link(open, BUTTON).unwrap_or_default();
    let stop = link(stop, "color:#71717a").unwrap_or_default();
    format!(
        "<!doctype html>\n<html lang=\"{language}\" dir=\"{direction}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n</head>\n\
         <body dir=\"{direction}\" style=\"{PAGE}\">\n<div dir=\"{direction}\" style=\"{SHEET}\">\n<div>{said}</div>\n\
         {open}\n</div>\n<div dir=\"{direction}\" style=\"{SMALL}\">\n<div>{why}</div>\n{stop}\n</div>\n</body>\n</html>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(locale: Locale, shop: &str) -> Heading {
        Heading {
            tenant: TenantId::new(),
            shop: shop.into(),
            locale,
            voice: Voice::OURS,
            bot: Url::parse("https://t.me/fastline_bot").ok(),
            unsubscribe: Url::parse("https://botyard.example/m/token").ok(),
        }
    }

    fn mail(locale: Locale, shop: &str, said: &str) -> Mail {
        compose(heading(locale, shop), "id".into(), "sara@example.com".into(), said, "bot-mail-letter-why")
    }

    #[test]
    fn a_mail_says_what_the_bot_says_and_leads_to_it_and_out() {
        let mail =
            mail(Locale::En, "Fast & Line", "⏳ <b>\u{2068}Month\u{2069}</b> ends\n\nRenew <i>now</i>.");
        assert_eq!(mail.subject, "⏳ Month ends");
        assert_eq!(mail.from, "Fast & Line");
        for part in
            ["Renew now.", "https://t.me/fastline_bot", "https://botyard.example/m/token", "Fast & Line"]
        {
            assert!(mail.text.contains(part), "{part}: {}", mail.text);
        }
        for part in ["dir=\"ltr\"", "<i>now</i>", "href=\"https://t.me/fastline_bot\"", "Fast &amp; Line"] {
            assert!(mail.html.contains(part), "{part}: {}", mail.html);
        }
    }

    #[test]
    fn a_persian_mail_runs_from_right_to_left() {
        let mail = mail(Locale::Fa, "فست‌لاین", "<b>سلام</b>");
        assert!(mail.html.contains("<html lang=\"fa\" dir=\"rtl\">"), "{}", mail.html);
        assert_eq!(mail.from, "فست‌لاین");
    }

    #[test]
    fn no_header_gets_a_second_line_from_a_shops_name_or_its_words() {
        let mail = mail(Locale::En, "Fast\r\nBcc: x@y.org", "\u{2068}Hi\r\u{2069}there\r\nBcc: x@y.org");
        assert_eq!(mail.from, "Fast Bcc: x@y.org");
        assert!(!mail.subject.contains(['\r', '\n', '\u{2068}', '\u{2069}']), "{:?}", mail.subject);
    }

    #[test]
    fn a_long_first_line_is_cut_between_words() {
        let subject = mail(Locale::En, "Shop", &"seven letters ".repeat(30)).subject;
        assert!(subject.chars().count() <= SUBJECT + 1 && subject.ends_with(" seven…"), "{subject}");
    }
}
