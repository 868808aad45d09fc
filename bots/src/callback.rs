//! What a button says when it is pressed: `v1:<area>:<act>[:<argument>]` in at most 64 bytes.
//!
//! Data that this version does not know (an old message's button) decodes to `None`; the reader then
//! gets a fresh screen.

mod staff;

use domain::{
    entities::tenant::{faq_entry::Category, mail_address::MailWhen, ticket::Topic},
    ids::{OrderId, PlanId, SubscriptionId, TicketId},
    locale::{Locale, format::Calendar},
    shop::{faq::rules::Key, link::app::Platform, notification::kind::NoticeKind, support::rules::STARS},
};
use uuid::Uuid;

pub use self::staff::Act;

/// Longest callback data (<https://core.telegram.org/bots/api#inlinekeyboardbutton>).
pub const DATA_LIMIT: usize = 64;

const VERSION: &str = "v1";

/// Steps of the check of a connection.
pub const CHECKS: std::ops::RangeInclusive<u8> = 1..=5;

/// A pressed button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Callback {
    Menu,
    /// The reader says that he has joined the shop's channel.
    GateCheck,
    /// The first choice of a language, before the rules.
    StartLanguage(Locale),
    RulesAccept,
    RulesDecline,
    TrialOffer,
    TrialClaim,
    Plans,
    Plan(PlanId),
    /// What the summary showed goes along, as `shop::promo::rules::mark` writes it: other terms are shown
    /// before paying.
    Buy {
        plan: PlanId,
        seen: u32,
    },
    BuyWith {
        plan: PlanId,
        provider: Provider,
        seen: u32,
    },
    /// As [`Self::BuyWith`], and the provider repeats the payment by itself.
    BuyRepeated {
        plan: PlanId,
        provider: Provider,
    },
    OrderOpen(OrderId),
    OrderCheck(OrderId),
    /// The next picture is this order's receipt.
    ReceiptAsk(OrderId),
    /// Confirms that the order is paid with the wallet.
    WalletPay(OrderId),
    /// The plan for somebody else.
    GiftBuy(PlanId),
    GiftWith {
        plan: PlanId,
        provider: Provider,
    },
    Gifts,
    /// Shall the buyer have it himself?
    GiftKeep(OrderId),
    GiftKept(OrderId),
    Wallet,
    /// How much shall go into the wallet?
    TopUp,
    TopUpBy {
        minor: i64,
    },
    TopUpWith {
        minor: i64,
        provider: Provider,
    },
    /// At a purchase: whether the plan goes on by itself.
    RenewWith {
        plan: PlanId,
        on: bool,
    },
    Renewal,
    RenewalOn {
        minor: i64,
    },
    RenewalOff,
    /// What a provider repeats is called off, or goes on.
    StandingOff,
    StandingOn,
    SavedForget,
    SavedForgotten,
    /// Asks for a promo code; whoever comes from a plan goes back to it.
    Promo(Option<PlanId>),
    PromoOff(Option<PlanId>),
    /// More traffic for what is running.
    Traffic,
    /// All accesses of the reader.
    Accesses,
    /// This one is before him from now on.
    Access(SubscriptionId),
    /// This one is before him, and is renewed.
    AccessRenew(SubscriptionId),
    AccessTraffic(SubscriptionId),
    /// The next plan is to be an access of its own.
    AccessMore,
    Config,
    ConfigQr,
    ConfigLinks,
    ConfigApps,
    /// The apps for this kind of device.
    ConfigPlatform(Platform),
    ConfigConnected,
    /// It does not connect: what to look at, step by step.
    ConfigCheck(u8),
    /// Shall the link become void?
    ConfigRenew,
    ConfigRenewed,
    Profile,
    Orders,
    Settings,
    Languages,
    Language(Locale),
    Calendar(Calendar),
    Privacy,
    /// The reader's data as a file.
    PrivacyExport,
    /// Whether all of it is to be deleted.
    PrivacyAsk,
    PrivacyErase,
    Notices,
    Notice {
        kind: NoticeKind,
        on: bool,
    },
    QuietHours,
    /// From one whole hour to another, or none.
    Quiet(Option<(u16, u16)>),
    Mail,
    /// Where shall it go?
    MailAsk,
    /// Another code.
    MailAgain,
    MailWhen(MailWhen),
    MailRemove,
    Faq,
    FaqSearch,
    FaqCategory(Category),
    FaqEntry(Key),
    FaqVote {
        key: Key,
        helpful: bool,
    },
    Invite,
    InviteQr,
    Support,
    SupportNew,
    /// The next message asks about this.
    SupportAsk(Topic),
    /// The user's own tickets, page by page.
    Tickets(u16),
    Ticket(TicketId),
    /// The next message goes into this ticket.
    TicketReply(TicketId),
    TicketClose(TicketId),
    TicketRate {
        ticket: TicketId,
        stars: u8,
    },
    /// Staff: the next message is the answer.
    TicketAnswer(TicketId),
    /// Staff: nothing is left to say.
    TicketDone(TicketId),
    /// Tell me when the shop has room.
    Wait,
    /// Why does it not connect?
    Check,
    /// What was found goes to the shop's people.
    CheckReport,
    /// Whatever else staff does.
    Staff(Act),
}

/// A payment provider's name in a button: 1 to 16 of `a-z`, `0-9`, `_`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provider(String);

impl Provider {
    pub fn new(name: &str) -> Option<Self> {
        let fits = (1..=16).contains(&name.len())
            && name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'));
        fits.then(|| Self(name.to_owned()))
    }

    pub fn name(&self) -> &str {
        &self.0
    }
}

impl Callback {
    pub fn encode(&self) -> String {
        let (area, act, argument) = match self {
            Self::Menu => ("menu", "open", None),
            Self::GateCheck => ("gate", "check", None),
            Self::StartLanguage(locale) => ("start", "lang", Some(locale.code().to_owned())),
            Self::RulesAccept => ("start", "yes", None),
            Self::RulesDecline => ("start", "no", None),
            Self::TrialOffer => ("trial", "offer", None),
            Self::TrialClaim => ("trial", "claim", None),
            Self::Plans => ("plans", "list", None),
            Self::Plan(plan) => ("plans", "show", Some(id36(plan.0))),
            Self::Buy { plan, seen } => {
                ("pay", "buy", Some(format!("{}.{}", id36(plan.0), base36((*seen).into()))))
            }
            Self::BuyWith { plan, provider, seen } => {
                ("pay", "with", Some(format!("{}.{}.{}", id36(plan.0), provider.0, base36((*seen).into()))))
            }
            Self::BuyRepeated { plan, provider } => {
                ("pay", "each", Some(format!("{}.{}", id36(plan.0), provider.0)))
            }
            Self::OrderOpen(order) => ("pay", "open", Some(id36(order.0))),
            Self::OrderCheck(order) => ("pay", "check", Some(id36(order.0))),
            Self::ReceiptAsk(order) => ("pay", "receipt", Some(id36(order.0))),
            Self::WalletPay(order) => ("wallet", "pay", Some(id36(order.0))),
            Self::GiftBuy(plan) => ("gift", "buy", Some(id36(plan.0))),
            Self::GiftWith { plan, provider } => {
                ("gift", "with", Some(format!("{}.{}", id36(plan.0), provider.0)))
            }
            Self::Gifts => ("gift", "list", None),
            Self::GiftKeep(order) => ("gift", "keep", Some(id36(order.0))),
            Self::GiftKept(order) => ("gift", "kept", Some(id36(order.0))),
            Self::Wallet => ("wallet", "show", None),
            Self::TopUp => ("wallet", "fill", None),
            Self::TopUpBy { minor } => ("wallet", "by", Some(base36(minor.unsigned_abs().into()))),
            Self::TopUpWith { minor, provider } => {
                ("wallet", "with", Some(format!("{}.{}", base36(minor.unsigned_abs().into()), provider.0)))
            }
            Self::RenewWith { plan, on } => {
                ("renew", if *on { "with" } else { "without" }, Some(id36(plan.0)))
            }
            Self::Renewal => ("renew", "show", None),
            Self::RenewalOn { minor } => ("renew", "on", Some(base36(minor.unsigned_abs().into()))),
            Self::RenewalOff => ("renew", "off", None),
            Self::StandingOff => ("renew", "stop", None),
            Self::StandingOn => ("renew", "go", None),
            Self::SavedForget => ("renew", "card", None),
            Self::SavedForgotten => ("renew", "forget", None),
            Self::Promo(plan) => ("promo", "ask", plan.map(|plan| id36(plan.0))),
            Self::PromoOff(plan) => ("promo", "off", plan.map(|plan| id36(plan.0))),
            Self::Traffic => ("traffic", "list", None),
            Self::Accesses => ("access", "list", None),
            Self::Access(id) => ("access", "take", Some(id36(id.0))),
            Self::AccessRenew(id) => ("access", "renew", Some(id36(id.0))),
            Self::AccessTraffic(id) => ("access", "fill", Some(id36(id.0))),
            Self::AccessMore => ("access", "more", None),
            Self::Config => ("config", "show", None),
            Self::ConfigQr => ("config", "qr", None),
            Self::ConfigLinks => ("config", "links", None),
            Self::ConfigApps => ("config", "apps", None),
            Self::ConfigPlatform(platform) => ("config", "on", Some(platform.code().to_owned())),
            Self::ConfigConnected => ("config", "works", None),
            Self::ConfigCheck(step) => ("config", "check", Some(step.to_string())),
            Self::ConfigRenew => ("config", "void", None),
            Self::ConfigRenewed => ("config", "new", None),
            Self::Profile => ("profile", "show", None),
            Self::Orders => ("profile", "orders", None),
            Self::Settings => ("settings", "show", None),
            Self::Languages => ("settings", "langs", None),
            Self::Language(locale) => ("settings", "lang", Some(locale.code().to_owned())),
            Self::Calendar(calendar) => ("settings", "dates", Some(calendar.code().to_owned())),
            Self::Privacy => ("privacy", "show", None),
            Self::PrivacyExport => ("privacy", "file", None),
            Self::PrivacyAsk => ("privacy", "ask", None),
            Self::PrivacyErase => ("privacy", "erase", None),
            Self::Notices => ("notices", "show", None),
            Self::Notice { kind, on } => {
                ("notices", if *on { "on" } else { "off" }, Some(kind.code().to_owned()))
            }
            Self::QuietHours => ("quiet", "show", None),
            Self::Quiet(None) => ("quiet", "none", None),
            Self::Quiet(Some((from, until))) => ("quiet", "set", Some(format!("{from}.{until}"))),
            Self::Mail => ("mail", "show", None),
            Self::MailAsk => ("mail", "ask", None),
            Self::MailAgain => ("mail", "again", None),
            Self::MailWhen(when) => ("mail", "when", Some(when.code().to_owned())),
            Self::MailRemove => ("mail", "remove", None),
            Self::Faq => ("faq", "open", None),
            Self::FaqSearch => ("faq", "search", None),
            Self::FaqCategory(category) => ("faq", "about", Some(category.code())),
            Self::FaqEntry(key) => ("faq", "show", Some(key.code())),
            Self::FaqVote { key, helpful } => ("faq", if *helpful { "yes" } else { "no" }, Some(key.code())),
            Self::Invite => ("invite", "show", None),
            Self::InviteQr => ("invite", "qr", None),
            Self::Support => ("support", "open", None),
            Self::SupportNew => ("support", "new", None),
            Self::SupportAsk(topic) => ("support", "ask", Some(topic.code())),
            Self::Tickets(page) => ("support", "list", Some(base36((*page).into()))),
            Self::Ticket(ticket) => ("support", "show", Some(id36(ticket.0))),
            Self::TicketReply(ticket) => ("support", "reply", Some(id36(ticket.0))),
            Self::TicketClose(ticket) => ("support", "close", Some(id36(ticket.0))),
            Self::TicketRate { ticket, stars } => {
                ("support", "rate", Some(format!("{}.{stars}", id36(ticket.0))))
            }
            Self::TicketAnswer(ticket) => ("support", "answer", Some(id36(ticket.0))),
            Self::TicketDone(ticket) => ("support", "done", Some(id36(ticket.0))),
            Self::Wait => ("wait", "room", None),
            Self::Check => ("check", "run", None),
            Self::CheckReport => ("check", "report", None),
            Self::Staff(act) => {
                let (act, argument) = act.encode();
                ("adm", act, argument)
            }
        };
        match argument {
            Some(argument) => format!("{VERSION}:{area}:{act}:{argument}"),
            None => format!("{VERSION}:{area}:{act}"),
        }
    }

    pub fn decode(data: &str) -> Option<Self> {
        let mut parts = data.splitn(4, ':');
        if parts.next() != Some(VERSION) {
            return None;
        }
        let callback = match (parts.next()?, parts.next()?, parts.next()) {
            ("menu", "open", None) => Self::Menu,
            ("gate", "check", None) => Self::GateCheck,
            ("start", "lang", Some(code)) => Self::StartLanguage(exact_locale(code)?),
            ("start", "yes", None) => Self::RulesAccept,
            ("start", "no", None) => Self::RulesDecline,
            ("trial", "offer", None) => Self::TrialOffer,
            ("trial", "claim", None) => Self::TrialClaim,
            ("plans", "list", None) => Self::Plans,
            ("plans", "show", Some(id)) => Self::Plan(PlanId(read_id36(id)?)),
            ("pay", "buy", Some(argument)) => {
                let (plan, seen) = argument.split_once('.')?;
                let seen = u32::try_from(read_base36(seen)?).ok()?;
                Self::Buy { plan: PlanId(read_id36(plan)?), seen }
            }
            ("pay", "with", Some(argument)) => {
                let (plan, rest) = argument.split_once('.')?;
                let (provider, seen) = rest.split_once('.')?;
                let seen = u32::try_from(read_base36(seen)?).ok()?;
                Self::BuyWith { plan: PlanId(read_id36(plan)?), provider: Provider::new(provider)?, seen }
            }
            ("pay", "each", Some(argument)) => {
                let (plan, provider) = argument.split_once('.')?;
                Self::BuyRepeated { plan: PlanId(read_id36(plan)?), provider: Provider::new(provider)? }
            }
            ("pay", "open", Some(id)) => Self::OrderOpen(OrderId(read_id36(id)?)),
            ("pay", "check", Some(id)) => Self::OrderCheck(OrderId(read_id36(id)?)),
            ("pay", "receipt", Some(id)) => Self::ReceiptAsk(OrderId(read_id36(id)?)),
            ("wallet", "pay", Some(id)) => Self::WalletPay(OrderId(read_id36(id)?)),
            ("gift", "buy", Some(id)) => Self::GiftBuy(PlanId(read_id36(id)?)),
            ("gift", "with", Some(argument)) => {
                let (plan, provider) = argument.split_once('.')?;
                Self::GiftWith { plan: PlanId(read_id36(plan)?), provider: Provider::new(provider)? }
            }
            ("gift", "list", None) => Self::Gifts,
            ("gift", "keep", Some(id)) => Self::GiftKeep(OrderId(read_id36(id)?)),
            ("gift", "kept", Some(id)) => Self::GiftKept(OrderId(read_id36(id)?)),
            ("wallet", "show", None) => Self::Wallet,
            ("wallet", "fill", None) => Self::TopUp,
            ("wallet", "by", Some(minor)) => {
                Self::TopUpBy { minor: i64::try_from(read_base36(minor)?).ok()? }
            }
            ("wallet", "with", Some(argument)) => {
                let (minor, provider) = argument.split_once('.')?;
                let minor = i64::try_from(read_base36(minor)?).ok()?;
                Self::TopUpWith { minor, provider: Provider::new(provider)? }
            }
            ("renew", "with", Some(id)) => Self::RenewWith { plan: PlanId(read_id36(id)?), on: true },
            ("renew", "without", Some(id)) => Self::RenewWith { plan: PlanId(read_id36(id)?), on: false },
            ("renew", "show", None) => Self::Renewal,
            ("renew", "on", Some(minor)) => {
                Self::RenewalOn { minor: i64::try_from(read_base36(minor)?).ok()? }
            }
            ("renew", "off", None) => Self::RenewalOff,
            ("renew", "stop", None) => Self::StandingOff,
            ("renew", "go", None) => Self::StandingOn,
            ("renew", "card", None) => Self::SavedForget,
            ("renew", "forget", None) => Self::SavedForgotten,
            ("promo", "ask", None) => Self::Promo(None),
            ("promo", "ask", Some(id)) => Self::Promo(Some(PlanId(read_id36(id)?))),
            ("promo", "off", None) => Self::PromoOff(None),
            ("promo", "off", Some(id)) => Self::PromoOff(Some(PlanId(read_id36(id)?))),
            ("traffic", "list", None) => Self::Traffic,
            ("access", "list", None) => Self::Accesses,
            ("access", "take", Some(id)) => Self::Access(SubscriptionId(read_id36(id)?)),
            ("access", "renew", Some(id)) => Self::AccessRenew(SubscriptionId(read_id36(id)?)),
            ("access", "fill", Some(id)) => Self::AccessTraffic(SubscriptionId(read_id36(id)?)),
            ("access", "more", None) => Self::AccessMore,
            ("config", "show", None) => Self::Config,
            ("config", "qr", None) => Self::ConfigQr,
            ("config", "links", None) => Self::ConfigLinks,
            ("config", "apps", None) => Self::ConfigApps,
            ("config", "on", Some(code)) => Self::ConfigPlatform(Platform::from_code(code)?),
            ("config", "works", None) => Self::ConfigConnected,
            ("config", "check", Some(step)) => {
                let step = u8::try_from(read_base36(step)?).ok()?;
                Self::ConfigCheck(Some(step).filter(|step| CHECKS.contains(step))?)
            }
            ("config", "void", None) => Self::ConfigRenew,
            ("config", "new", None) => Self::ConfigRenewed,
            ("profile", "show", None) => Self::Profile,
            ("profile", "orders", None) => Self::Orders,
            ("settings", "show", None) => Self::Settings,
            ("settings", "langs", None) => Self::Languages,
            ("settings", "lang", Some(code)) => Self::Language(exact_locale(code)?),
            ("settings", "dates", Some(code)) => Self::Calendar(Calendar::from_code(code)?),
            ("privacy", "show", None) => Self::Privacy,
            ("privacy", "file", None) => Self::PrivacyExport,
            ("privacy", "ask", None) => Self::PrivacyAsk,
            ("privacy", "erase", None) => Self::PrivacyErase,
            ("notices", "show", None) => Self::Notices,
            ("notices", "on", Some(code)) => Self::Notice { kind: NoticeKind::from_code(code)?, on: true },
            ("notices", "off", Some(code)) => Self::Notice { kind: NoticeKind::from_code(code)?, on: false },
            ("quiet", "show", None) => Self::QuietHours,
            ("quiet", "none", None) => Self::Quiet(None),
            ("quiet", "set", Some(argument)) => {
                let (from, until) = argument.split_once('.')?;
                Self::Quiet(Some((hour(from)?, hour(until)?)))
            }
            ("mail", "show", None) => Self::Mail,
            ("mail", "ask", None) => Self::MailAsk,
            ("mail", "again", None) => Self::MailAgain,
            ("mail", "when", Some(code)) => Self::MailWhen(MailWhen::from_code(code)?),
            ("mail", "remove", None) => Self::MailRemove,
            ("faq", "open", None) => Self::Faq,
            ("faq", "search", None) => Self::FaqSearch,
            ("faq", "about", Some(code)) => Self::FaqCategory(Category::from_code(code)?),
            ("faq", "show", Some(code)) => Self::FaqEntry(Key::read(code)?),
            ("faq", "yes", Some(code)) => Self::FaqVote { key: Key::read(code)?, helpful: true },
            ("faq", "no", Some(code)) => Self::FaqVote { key: Key::read(code)?, helpful: false },
            ("invite", "show", None) => Self::Invite,
            ("invite", "qr", None) => Self::InviteQr,
            ("support", "open", None) => Self::Support,
            ("support", "new", None) => Self::SupportNew,
            ("support", "ask", Some(code)) => Self::SupportAsk(Topic::from_code(code)?),
            ("support", "list", Some(page)) => Self::Tickets(u16::try_from(read_base36(page)?).ok()?),
            ("support", "show", Some(id)) => Self::Ticket(TicketId(read_id36(id)?)),
            ("support", "reply", Some(id)) => Self::TicketReply(TicketId(read_id36(id)?)),
            ("support", "close", Some(id)) => Self::TicketClose(TicketId(read_id36(id)?)),
            ("support", "rate", Some(argument)) => {
                let (ticket, stars) = argument.split_once('.')?;
                let stars = u8::try_from(read_base36(stars)?)
                    .ok()
                    .filter(|stars| STARS.contains(&i32::from(*stars)))?;
                Self::TicketRate { ticket: TicketId(read_id36(ticket)?), stars }
            }
            ("support", "answer", Some(id)) => Self::TicketAnswer(TicketId(read_id36(id)?)),
            ("support", "done", Some(id)) => Self::TicketDone(TicketId(read_id36(id)?)),
            ("wait", "room", None) => Self::Wait,
            ("check", "run", None) => Self::Check,
            ("check", "report", None) => Self::CheckReport,
            ("adm", act, argument) => Self::Staff(Act::decode(act, argument)?),
            _ => return None,
        };
        Some(callback)
    }
}

fn exact_locale(code: &str) -> Option<Locale> {
    Locale::ALL.into_iter().find(|locale| locale.code() == code)
}

/// As it is encoded, and no other way.
fn hour(text: &str) -> Option<u16> {
    let hour: u16 = text.parse().ok()?;
    (hour < 24 && hour.to_string() == text).then_some(hour)
}

/// A UUID in 25 characters instead of 32.
fn id36(id: Uuid) -> String {
    format!("{:0>25}", base36(id.as_u128()))
}

fn read_id36(text: &str) -> Option<Uuid> {
    (text.len() == 25).then(|| read_base36(text)).flatten().map(Uuid::from_u128)
}

fn base36(mut number: u128) -> String {
    const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let mut reversed = Vec::with_capacity(25);
    loop {
        reversed.push(DIGITS[(number % 36) as usize]);
        number /= 36;
        if number == 0 {
            break;
        }
    }
    reversed.iter().rev().map(|byte| char::from(*byte)).collect()
}

fn read_base36(text: &str) -> Option<u128> {
    let plain = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'z'));
    if text.is_empty() || !plain {
        return None;
    }
    u128::from_str_radix(text, 36).ok()
}

#[cfg(test)]
mod tests;
