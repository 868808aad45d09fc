//! Staff.

use super::*;

pub(super) fn staff() -> StaffPage {
    let role = |code: &str| Choice::new(code, code).with_hint("what the role may do");
    let member = |role: &str| StaffRow {
        id: role.into(),
        name: "@nima_farahani".into(),
        telegram_id: "6000001".into(),
        role: role.into(),
        since: "since 20 November 2026".into(),
    };
    let roles = ["manager", "support", "analyst"];
    StaffPage {
        bot: bot(),
        members: roles.map(member).into(),
        invites: vec![StaffInvite {
            id: "1".into(),
            role: "Support".into(),
            link: "https://t.me/fastline_bot?start=staff_0123456789abcdef0123456789abcdef".into(),
            until: "works until 23 November 2026, 14:03".into(),
        }],
        acts: vec![StaffAct {
            name: "@nima_farahani".into(),
            deed: "Added days to a user".into(),
            time: "20 November, 14:03".into(),
        }],
        roles: roles.map(role).into(),
    }
}

pub(super) fn nobody() -> StaffPage {
    StaffPage { members: vec![], invites: vec![], acts: vec![], ..staff() }
}
