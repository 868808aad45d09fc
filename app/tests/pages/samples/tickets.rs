//! What users ask.

use super::*;

pub(super) fn tickets(any: bool) -> TicketsPage {
    let row = |state| TicketRow {
        number: "#1204".into(),
        href: "/app/b/1/tickets/1".into(),
        user: "@nima_farahani".into(),
        topic: "It does not connect".into(),
        state,
        rating: (state == TicketState::Closed).then(|| "4 of 5 stars".into()),
        time: "20 November, 14:03".into(),
    };
    TicketsPage {
        bot: bot(),
        chips: vec![OrderChip {
            label: "All".into(),
            count: "1,204".into(),
            href: "/app/b/1/tickets".into(),
            chosen: true,
        }],
        rows: TicketState::ALL.map(row).into(),
        any,
        newer: None,
        older: Some("/app/b/1/tickets?page=1".into()),
        events: Some("/live/shop".into()),
        address: "/app/b/1/tickets".into(),
        form: FormState::filled([("contact", "@fastline_help")]),
    }
}

pub(super) fn ticket(state: TicketState) -> TicketPage {
    let said = |from_shop, text: &str, file| TicketLine {
        from_shop,
        by: from_shop.then(|| "arash@fastline.example".into()),
        lines: text.lines().map(str::to_owned).collect(),
        file,
        time: "20 November, 14:03".into(),
    };
    let picture = TicketFile::Picture { href: "/app/b/1/tickets/1/file/1".into() };
    let other = TicketFile::Other { name: "log.txt".into(), href: "/app/b/1/tickets/1/file/2".into() };
    TicketPage {
        bot: bot(),
        id: "1".into(),
        number: "#1204".into(),
        state,
        topic: "It does not connect".into(),
        user: "@nima_farahani".into(),
        telegram_id: "5000001".into(),
        rating: None,
        cut: true,
        messages: vec![
            said(false, "It does not connect since noon.\nWhat can I do?", Some(picture)),
            said(false, "", Some(other)),
            said(true, "Press connect again.", None),
        ],
        key: "01998f2c0a177c0a9f2c8f2c0a17".into(),
        form: FormState::filled([("answer", "x")]).with_error("answer", "Too long."),
        events: Some("/live/shop".into()),
    }
}

pub(super) fn invites(on: bool) -> InvitesPage {
    let row = |state| InviteRow {
        referee: "@nima_farahani".into(),
        referrer: "Sara".into(),
        state,
        bonus: (state == ReferralState::Granted).then(|| "30 days".into()),
        time: "20 November, 14:03".into(),
    };
    let states =
        [ReferralState::Invited, ReferralState::Granted, ReferralState::Reversed, ReferralState::Void];
    InvitesPage {
        bot: bot(),
        on,
        invited: "1,204".into(),
        buying: "310".into(),
        given: "9,300 days".into(),
        rows: states.map(row).into(),
        form: FormState::filled([("referrer_days", "30")]).with_error("friends", "Between 1 and 1,000."),
    }
}

pub(super) fn faq() -> FaqPage {
    let row = |hidden, ours| FaqRow {
        href: "/app/b/1/faq/refund?lang=en".into(),
        question: "I have paid and nothing happened".into(),
        category: "Paying".into(),
        hidden,
        ours,
        votes: ours.then(|| "helped 3 of 4".into()),
    };
    FaqPage {
        bot: bot(),
        languages: Locale::ALL
            .map(|locale| FaqLanguage {
                name: locale.native_name(),
                href: "/app/b/1/faq?lang=en".into(),
                chosen: locale == Locale::En,
            })
            .into(),
        locale: "en",
        rows: vec![row(false, true), row(true, false), row(false, false)],
    }
}

pub(super) fn faq_entry(kind: FaqKind) -> FaqEntryPage {
    FaqEntryPage {
        bot: bot(),
        key: "refund".into(),
        locale: "en",
        language: "English",
        categories: vec![Choice::new("payment", "Paying")],
        kind,
        hidden: kind == FaqKind::Own,
        form: FormState::filled([("question", "x")]).with_error("answer", "Too long."),
    }
}
