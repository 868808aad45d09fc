//! What staff presses. Short words, because two identifiers have to fit beside them.

use domain::{
    entities::tenant::{broadcast::Segment, receipt::RejectReason},
    ids::{BroadcastId, PlanId, ReceiptId, TicketId, UserId},
    shop::{
        staff::{
            acts::{BanReason, Seen},
            rights::Right,
        },
        stat::period::Period,
    },
};

use super::{base36, id36, read_base36, read_id36};

/// An act of staff, or a way to one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    Home,
    /// The next message says whom to look for.
    Find,
    User(UserId),
    /// How many days?
    Extend(UserId),
    ExtendBy {
        user: UserId,
        days: u16,
        seen: Seen,
    },
    /// Which plan?
    Gifts(UserId),
    GiftAsk {
        user: UserId,
        plan: PlanId,
    },
    Gift {
        user: UserId,
        plan: PlanId,
        seen: Seen,
    },
    /// The next message goes to this user.
    Write(UserId),
    BanAsk(UserId),
    Ban {
        user: UserId,
        reason: BanReason,
    },
    UnbanAsk(UserId),
    Unban(UserId),
    Receipts,
    /// One of them, with its picture.
    Receipt(ReceiptId),
    /// The money has arrived.
    ReceiptYes(ReceiptId),
    /// It has not: why?
    ReceiptNo(ReceiptId),
    ReceiptWhy {
        receipt: ReceiptId,
        reason: RejectReason,
    },
    Plans,
    Plan {
        plan: PlanId,
        on: bool,
    },
    Promos,
    PromoOf(u8),
    /// Those that wait for an answer, page by page.
    Tickets(u16),
    Ticket(TicketId),
    Maintenance,
    MaintainAsk,
    Maintain(bool),
    /// The next message is what users read.
    MaintenanceText,
    MaintenanceOwn,
    Stats(Period),
    Chart(Period),
    Report,
    ReportAt(Option<u8>),
    Diagnose,
    /// Telegram is told once more where and how this bot is reached.
    Mend,
    Broadcasts,
    /// To whom?
    BroadcastTo,
    /// The next message goes to these.
    BroadcastWrite(Segment),
    Broadcast(BroadcastId),
    BroadcastTest(BroadcastId),
    BroadcastAsk(BroadcastId),
    BroadcastSend(BroadcastId),
    BroadcastDiscard(BroadcastId),
    BroadcastPause(BroadcastId),
    BroadcastResume(BroadcastId),
    BroadcastStopAsk(BroadcastId),
    BroadcastStop(BroadcastId),
}

impl Act {
    /// What is needed for it; nothing for what all of staff sees.
    pub const fn right(&self) -> Option<Right> {
        Some(match self {
            Self::Home => return None,
            Self::Find | Self::User(_) => Right::Users,
            Self::Extend(_) | Self::ExtendBy { .. } => Right::Give,
            Self::Gifts(_) | Self::GiftAsk { .. } | Self::Gift { .. } => Right::Give,
            Self::Write(_) => Right::Message,
            Self::BanAsk(_) | Self::Ban { .. } | Self::UnbanAsk(_) | Self::Unban(_) => Right::Ban,
            Self::Receipts | Self::Receipt(_) | Self::ReceiptYes(_) => Right::Receipts,
            Self::ReceiptNo(_) | Self::ReceiptWhy { .. } => Right::Receipts,
            Self::Plans | Self::Plan { .. } => Right::Plans,
            Self::Promos | Self::PromoOf(_) => Right::Promos,
            Self::Tickets(_) | Self::Ticket(_) => Right::Tickets,
            Self::Maintenance | Self::MaintainAsk | Self::Maintain(_) => Right::Maintenance,
            Self::MaintenanceText | Self::MaintenanceOwn => Right::Maintenance,
            Self::Stats(_) | Self::Chart(_) | Self::Report | Self::ReportAt(_) => Right::Stats,
            Self::Diagnose => Right::Diagnose,
            // What it does is done by whoever may open and close the bot.
            Self::Mend => Right::Maintenance,
            Self::Broadcasts | Self::BroadcastTo | Self::BroadcastWrite(_) => Right::Broadcasts,
            Self::Broadcast(_) | Self::BroadcastTest(_) | Self::BroadcastAsk(_) => Right::Broadcasts,
            Self::BroadcastSend(_) | Self::BroadcastDiscard(_) => Right::Broadcasts,
            Self::BroadcastPause(_) | Self::BroadcastResume(_) => Right::Broadcasts,
            Self::BroadcastStopAsk(_) | Self::BroadcastStop(_) => Right::Broadcasts,
        })
    }

    pub(super) fn encode(&self) -> (&'static str, Option<String>) {
        let pair = |first: String, second: &str| Some(format!("{first}.{second}"));
        match self {
            Self::Home => ("home", None),
            Self::Find => ("find", None),
            Self::User(id) => ("user", Some(id36(id.0))),
            Self::Extend(id) => ("days", Some(id36(id.0))),
            Self::ExtendBy { user, days, seen } => {
                let rest = format!("{}.{}", base36((*days).into()), base36(seen.0.into()));
                ("by", pair(id36(user.0), &rest))
            }
            Self::Gifts(id) => ("gifts", Some(id36(id.0))),
            Self::GiftAsk { user, plan } => ("a", pair(id36(user.0), &id36(plan.0))),
            Self::Gift { user, plan, seen } => {
                ("g", pair(id36(user.0), &format!("{}.{}", id36(plan.0), base36(seen.0.into()))))
            }
            Self::Write(id) => ("write", Some(id36(id.0))),
            Self::BanAsk(id) => ("ban", Some(id36(id.0))),
            Self::Ban { user, reason } => ("out", pair(id36(user.0), reason.code())),
            Self::UnbanAsk(id) => ("unban", Some(id36(id.0))),
            Self::Unban(id) => ("in", Some(id36(id.0))),
            Self::Receipts => ("receipts", None),
            Self::Receipt(id) => ("receipt", Some(id36(id.0))),
            Self::ReceiptYes(id) => ("paid", Some(id36(id.0))),
            Self::ReceiptNo(id) => ("unpaid", Some(id36(id.0))),
            Self::ReceiptWhy { receipt, reason } => ("why", pair(id36(receipt.0), &reason.code())),
            Self::Plans => ("plans", None),
            Self::Plan { plan, on } => (if *on { "on" } else { "off" }, Some(id36(plan.0))),
            Self::Promos => ("promos", None),
            Self::PromoOf(percent) => ("percent", Some(base36((*percent).into()))),
            Self::Tickets(page) => ("tickets", Some(base36((*page).into()))),
            Self::Ticket(id) => ("ticket", Some(id36(id.0))),
            Self::Maintenance => ("work", None),
            Self::MaintainAsk => ("close", None),
            Self::Maintain(on) => (if *on { "closed" } else { "opened" }, None),
            Self::MaintenanceText => ("text", None),
            Self::MaintenanceOwn => ("notext", None),
            Self::Stats(period) => ("stats", Some(period.code().to_owned())),
            Self::Chart(period) => ("chart", Some(period.code().to_owned())),
            Self::Report => ("report", None),
            Self::ReportAt(None) => ("noreport", None),
            Self::ReportAt(Some(hour)) => ("at", Some(base36((*hour).into()))),
            Self::Diagnose => ("diag", None),
            Self::Mend => ("mend", None),
            Self::Broadcasts => ("casts", None),
            Self::BroadcastTo => ("castto", None),
            Self::BroadcastWrite(segment) => ("castfor", Some(segment.code())),
            Self::Broadcast(id) => ("cast", Some(id36(id.0))),
            Self::BroadcastTest(id) => ("casttest", Some(id36(id.0))),
            Self::BroadcastAsk(id) => ("castask", Some(id36(id.0))),
            Self::BroadcastSend(id) => ("castsend", Some(id36(id.0))),
            Self::BroadcastDiscard(id) => ("castdrop", Some(id36(id.0))),
            Self::BroadcastPause(id) => ("castwait", Some(id36(id.0))),
            Self::BroadcastResume(id) => ("castgo", Some(id36(id.0))),
            Self::BroadcastStopAsk(id) => ("castend", Some(id36(id.0))),
            Self::BroadcastStop(id) => ("caststop", Some(id36(id.0))),
        }
    }

    pub(super) fn decode(act: &str, argument: Option<&str>) -> Option<Self> {
        let user = |text: &str| read_id36(text).map(UserId);
        let broadcast = |text: &str| read_id36(text).map(BroadcastId);
        Some(match (act, argument) {
            ("home", None) => Self::Home,
            ("find", None) => Self::Find,
            ("user", Some(id)) => Self::User(user(id)?),
            ("days", Some(id)) => Self::Extend(user(id)?),
            ("by", Some(argument)) => {
                let (id, rest) = argument.split_once('.')?;
                let (days, version) = rest.split_once('.')?;
                Self::ExtendBy { user: user(id)?, days: small(days)?, seen: Seen(small(version)?) }
            }
            ("gifts", Some(id)) => Self::Gifts(user(id)?),
            ("a", Some(argument)) => {
                let (id, plan) = argument.split_once('.')?;
                Self::GiftAsk { user: user(id)?, plan: PlanId(read_id36(plan)?) }
            }
            ("g", Some(argument)) => {
                let (id, rest) = argument.split_once('.')?;
                let (plan, version) = rest.split_once('.')?;
                Self::Gift { user: user(id)?, plan: PlanId(read_id36(plan)?), seen: Seen(small(version)?) }
            }
            ("write", Some(id)) => Self::Write(user(id)?),
            ("ban", Some(id)) => Self::BanAsk(user(id)?),
            ("out", Some(argument)) => {
                let (id, reason) = argument.split_once('.')?;
                Self::Ban { user: user(id)?, reason: BanReason::from_code(reason)? }
            }
            ("unban", Some(id)) => Self::UnbanAsk(user(id)?),
            ("in", Some(id)) => Self::Unban(user(id)?),
            ("receipts", None) => Self::Receipts,
            ("receipt", Some(id)) => Self::Receipt(ReceiptId(read_id36(id)?)),
            ("paid", Some(id)) => Self::ReceiptYes(ReceiptId(read_id36(id)?)),
            ("unpaid", Some(id)) => Self::ReceiptNo(ReceiptId(read_id36(id)?)),
            ("why", Some(argument)) => {
                let (id, reason) = argument.split_once('.')?;
                let reason = RejectReason::from_code(reason)?;
                Self::ReceiptWhy { receipt: ReceiptId(read_id36(id)?), reason }
            }
            ("plans", None) => Self::Plans,
            ("on", Some(id)) => Self::Plan { plan: PlanId(read_id36(id)?), on: true },
            ("off", Some(id)) => Self::Plan { plan: PlanId(read_id36(id)?), on: false },
            ("promos", None) => Self::Promos,
            ("percent", Some(percent)) => Self::PromoOf(tiny(percent)?),
            ("tickets", Some(page)) => Self::Tickets(small(page)?),
            ("ticket", Some(id)) => Self::Ticket(TicketId(read_id36(id)?)),
            ("work", None) => Self::Maintenance,
            ("close", None) => Self::MaintainAsk,
            ("closed", None) => Self::Maintain(true),
            ("opened", None) => Self::Maintain(false),
            ("text", None) => Self::MaintenanceText,
            ("notext", None) => Self::MaintenanceOwn,
            ("stats", Some(code)) => Self::Stats(Period::from_code(code)?),
            ("chart", Some(code)) => Self::Chart(Period::from_code(code)?),
            ("report", None) => Self::Report,
            ("noreport", None) => Self::ReportAt(None),
            ("at", Some(hour)) => Self::ReportAt(Some(tiny(hour).filter(|hour| *hour < 24)?)),
            ("diag", None) => Self::Diagnose,
            ("mend", None) => Self::Mend,
            ("casts", None) => Self::Broadcasts,
            ("castto", None) => Self::BroadcastTo,
            ("castfor", Some(code)) => Self::BroadcastWrite(Segment::from_code(code)?),
            ("cast", Some(id)) => Self::Broadcast(broadcast(id)?),
            ("casttest", Some(id)) => Self::BroadcastTest(broadcast(id)?),
            ("castask", Some(id)) => Self::BroadcastAsk(broadcast(id)?),
            ("castsend", Some(id)) => Self::BroadcastSend(broadcast(id)?),
            ("castdrop", Some(id)) => Self::BroadcastDiscard(broadcast(id)?),
            ("castwait", Some(id)) => Self::BroadcastPause(broadcast(id)?),
            ("castgo", Some(id)) => Self::BroadcastResume(broadcast(id)?),
            ("castend", Some(id)) => Self::BroadcastStopAsk(broadcast(id)?),
            ("caststop", Some(id)) => Self::BroadcastStop(broadcast(id)?),
            _ => return None,
        })
    }
}

fn small(text: &str) -> Option<u16> {
    u16::try_from(read_base36(text)?).ok()
}

fn tiny(text: &str) -> Option<u8> {
    u8::try_from(read_base36(text)?).ok()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::callback::{Callback, DATA_LIMIT};

    fn every() -> Vec<Act> {
        let (user, plan, seen) = (UserId(Uuid::max()), PlanId(Uuid::max()), Seen(36 * 36 - 1));
        let (receipt, broadcast) = (ReceiptId(Uuid::max()), BroadcastId(Uuid::max()));
        vec![
            Act::Home,
            Act::Find,
            Act::User(user),
            Act::Extend(user),
            Act::ExtendBy { user, days: 366, seen },
            Act::Gifts(user),
            Act::GiftAsk { user, plan },
            Act::Gift { user, plan, seen },
            Act::Write(user),
            Act::BanAsk(user),
            Act::Ban { user, reason: BanReason::Sharing },
            Act::UnbanAsk(user),
            Act::Unban(user),
            Act::Receipts,
            Act::Receipt(receipt),
            Act::ReceiptYes(receipt),
            Act::ReceiptNo(receipt),
            Act::ReceiptWhy { receipt, reason: RejectReason::NotArrived },
            Act::Plans,
            Act::Plan { plan, on: true },
            Act::Plan { plan, on: false },
            Act::Promos,
            Act::PromoOf(50),
            Act::Tickets(u16::MAX),
            Act::Ticket(TicketId(Uuid::max())),
            Act::Maintenance,
            Act::MaintainAsk,
            Act::Maintain(true),
            Act::Maintain(false),
            Act::MaintenanceText,
            Act::MaintenanceOwn,
            Act::Stats(Period::Today),
            Act::Chart(Period::Month),
            Act::Report,
            Act::ReportAt(None),
            Act::ReportAt(Some(23)),
            Act::Diagnose,
            Act::Mend,
            Act::Broadcasts,
            Act::BroadcastTo,
            Act::BroadcastWrite(Segment::Expiring),
            Act::Broadcast(broadcast),
            Act::BroadcastTest(broadcast),
            Act::BroadcastAsk(broadcast),
            Act::BroadcastSend(broadcast),
            Act::BroadcastDiscard(broadcast),
            Act::BroadcastPause(broadcast),
            Act::BroadcastResume(broadcast),
            Act::BroadcastStopAsk(broadcast),
            Act::BroadcastStop(broadcast),
        ]
    }

    #[test]
    fn every_act_of_staff_fits_into_a_button_and_comes_back() {
        for act in every() {
            let data = Callback::Staff(act.clone()).encode();
            assert!(data.len() <= DATA_LIMIT, "{data}: {}", data.len());
            assert_eq!(Callback::decode(&data), Some(Callback::Staff(act)), "{data}");
        }
    }

    #[test]
    fn nothing_but_the_first_screen_is_open_to_all_of_staff() {
        let open: Vec<_> = every().into_iter().filter(|act| act.right().is_none()).collect();
        assert_eq!(open, [Act::Home]);
    }
}
