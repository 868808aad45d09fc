//! The link: as text, as buttons, as a picture.

use domain::{args, entities::tenant::subscription, shop::link::service::Given};

use crate::{
    callback::Callback,
    keyboard::{Button, Keyboard, Style},
    reader::Reader,
    screen::Screen,
    shop::{standing::Standing, traffic},
};

/// Single servers that are shown; a message has room for no more.
const LINKS_SHOWN: usize = 6;
/// Longest text of a message, less some room for the title
/// (<https://core.telegram.org/bots/api#sendmessage>).
const TEXT_LIMIT: usize = 3_800;

/// A subscription with its plan's name.
#[derive(Clone, Copy, Debug)]
pub struct Access<'a> {
    pub row: &'a subscription::Model,
    pub plan: &'a str,
    /// `None` while the panel has made no link.
    pub given: Option<&'a Given>,
    pub standing: Standing,
    /// Whether traffic can be added.
    pub sells_traffic: bool,
}

/// The screen that fits the state of the access.
pub fn show(reader: Reader, access: Option<Access<'_>>) -> Screen {
    let Some(access) = access else {
        let buy = reader.button("bot-menu-btn-buy", Callback::Plans).style(Style::Primary);
        return screen(reader, "bot-config-none-body", Some(buy));
    };
    let renew = || reader.button("bot-menu-btn-renew", Callback::Plans).style(Style::Primary);
    let refresh = || reader.button("bot-config-btn-refresh", Callback::Config).style(Style::Primary);
    let ended = args!["plan" => access.plan, "until" => reader.date(access.row.target_expire)];
    let (text, button) = match (access.standing, access.given) {
        (Standing::Pending, _) => (reader.html("bot-config-pending-body", &args![]), refresh()),
        (Standing::Disabled, _) => (reader.html("bot-config-disabled-body", &ended), refresh()),
        (Standing::Expired, _) => (reader.html("bot-config-expired-body", &ended), renew()),
        (_, None) => (reader.html("bot-config-unreachable-empty-body", &args![]), refresh()),
        (Standing::Limited, Some(given)) => {
            let more = if access.sells_traffic { traffic::view::button(reader) } else { renew() };
            let text = reader.html("bot-config-limited-body", &ended.with("link", &given.link));
            (text, more.style(Style::Primary))
        }
        (Standing::Trial | Standing::Active | Standing::Expiring, Some(given)) => {
            return link_screen(reader, access.row, given);
        }
    };
    Screen::new(text, reader.way_back(Keyboard::new().row(button), Callback::Menu))
}

/// The link and what to do with it.
pub fn link_screen(reader: Reader, row: &subscription::Model, given: &Given) -> Screen {
    Screen::new(link_text(reader, row, given), link_keyboard(reader, given))
}

pub fn link_text(reader: Reader, row: &subscription::Model, given: &Given) -> String {
    let values = args![
        "link" => &given.link,
        "until" => reader.date(row.target_expire),
        "traffic" => reader.traffic(row.used_traffic, row.target_data_limit),
    ];
    reader.html("bot-config-sent-body", &values)
}

pub fn link_keyboard(reader: Reader, given: &Given) -> Keyboard {
    let copy = Button::copy(reader.plain("bot-config-btn-copy", &args![]), &given.link);
    let keyboard = Keyboard::new()
        .row_if(copy.map(|copy| copy.style(Style::Primary)))
        .row(reader.button("bot-config-btn-qr", Callback::ConfigQr))
        .pair(
            reader.button("bot-config-btn-links", Callback::ConfigLinks),
            reader.button("bot-config-btn-apps", Callback::ConfigApps),
        )
        .row(reader.button("bot-config-btn-renew", Callback::ConfigRenew));
    reader.way_back(keyboard, Callback::Menu)
}

/// Every device has to be given the new one.
pub fn ask_to_renew(reader: Reader) -> Screen {
    let yes = reader.button("bot-config-renew-btn-yes", Callback::ConfigRenewed).style(Style::Danger);
    let keyboard = reader.way_back(Keyboard::new().row(yes), Callback::Config);
    Screen::new(reader.html("bot-config-renew-body", &args![]), keyboard)
}

/// The QR code, as a message of its own.
pub fn qr(reader: Reader, access: Access<'_>, png: Vec<u8>) -> Screen {
    let values = args!["plan" => access.plan, "until" => reader.date(access.row.target_expire)];
    let keyboard = reader.way_back(Keyboard::new(), Callback::Config);
    Screen::new(reader.html("bot-config-qr-body", &values), keyboard).with_photo(png)
}

/// Single servers' links, for apps that take no subscription.
pub fn links(reader: Reader, links: &[String]) -> Screen {
    let mut text = reader.html("bot-config-links-title", &args![]);
    let mut keyboard = Keyboard::new();
    let mut shown = 0;
    for link in links.iter().take(LINKS_SHOWN) {
        let name = server_name(link);
        let item = reader.html("bot-config-links-item", &args!["name" => &name, "link" => link]);
        if text.len() + item.len() > TEXT_LIMIT {
            break;
        }
        text = format!("{text}\n\n{item}");
        let label = reader.plain("bot-config-links-btn-copy", &args!["name" => &name]);
        keyboard = keyboard.row_if(Button::copy(label, link));
        shown += 1;
    }
    if shown == 0 {
        text = reader.html("bot-config-links-empty-body", &args![]);
    }
    Screen::new(text, reader.way_back(keyboard, Callback::Config))
}

fn screen(reader: Reader, key: &str, button: Option<Button>) -> Screen {
    let keyboard = reader.way_back(Keyboard::new().row_if(button), Callback::Menu);
    Screen::new(reader.html(key, &args![]), keyboard)
}

/// The name that apps show: the link's fragment, percent-decoded; else its scheme.
fn server_name(link: &str) -> String {
    let name = link.rsplit_once('#').map(|(_, fragment)| percent_decoded(fragment));
    let scheme = || link.split(':').next().unwrap_or_default().to_uppercase();
    let name = name.filter(|name| !name.trim().is_empty()).unwrap_or_else(scheme);
    name.chars().take(40).collect()
}

fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escaped = text.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        match escaped.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("vless://id@host:443?type=tcp#%F0%9F%9A%80%20Marz%20%28user%29", "🚀 Marz (user)")]
    #[case("vless://id@host:443#plain", "plain")]
    #[case("vless://id@host:443#100%", "100%")]
    #[case("vless://id@host:443#", "VLESS")]
    #[case("vmess://ey", "VMESS")]
    fn a_server_is_called_as_apps_call_it(#[case] link: &str, #[case] name: &str) {
        assert_eq!(server_name(link), name);
    }
}
