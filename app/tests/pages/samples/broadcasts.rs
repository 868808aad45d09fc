//! Broadcasts.

use domain::entities::tenant::broadcast::BroadcastState;

use super::*;

pub(super) fn broadcasts() -> BroadcastsPage {
    let states = [
        BroadcastState::Draft,
        BroadcastState::Scheduled,
        BroadcastState::Sending,
        BroadcastState::Paused,
        BroadcastState::Stopped,
        BroadcastState::Done,
    ];
    let row = |state| BroadcastRow {
        href: format!("/app/b/7/broadcasts/{state:?}"),
        title: "New servers in Frankfurt and Warsaw, and 20% off until Sunday…".into(),
        segment: "Ends within 3 days".into(),
        state,
        detail: "1,204 of 98,412 got it, begun on 21 November, 18:30".into(),
    };
    BroadcastsPage {
        bot: bot(),
        rows: states.map(row).into(),
        newer: None,
        older: Some("/app/b/7/broadcasts?page=1".into()),
        events: Some("/live/shop".into()),
        address: "/app/b/7/broadcasts".into(),
    }
}

pub(super) fn draft() -> BroadcastDraftPage {
    let texts =
        [("text_en", "20% off until Sunday"), ("button1_to", "link"), ("button1_link", "example.com")];
    BroadcastDraftPage {
        bot: bot(),
        id: Some("1".into()),
        segments: vec![Choice::new("all", "All users (98,412)"), Choice::new("never", "Never bought (41)")],
        languages: vec![
            ("en".into(), "English".into()),
            ("fa".into(), "فارسی".into()),
            ("ru".into(), "Русский".into()),
        ],
        targets: vec![Choice::new("none", "No button"), Choice::new("link", "A link")],
        form: FormState::filled(texts)
            .with_error("button1_link", "An address that begins with https://, please.")
            .with_error("time", "This time is over: choose a later one."),
        pictures: vec![
            PictureSlot {
                code: "all".into(),
                label: "For all languages".into(),
                src: Some("/icons.svg".into()),
            },
            PictureSlot { code: "fa".into(), label: "فارسی".into(), src: None },
        ],
        review: Some(BroadcastReview {
            messages: messages(),
            reach: "Goes to 98,412 users now, which takes about 1 hour 5 minutes.".into(),
            confirm: Some("Send to 98,412 users".into()),
            missing: Some("Not written in: Русский. These users get the text in English.".into()),
            can_test: false,
            zone: "UTC+03:30".into(),
        }),
    }
}

pub(super) fn broadcast() -> BroadcastPage {
    BroadcastPage {
        bot: bot(),
        id: "1".into(),
        title: "20% off until Sunday".into(),
        state: BroadcastState::Paused,
        segment: "All users".into(),
        times: vec!["Began on 21 November, 18:30".into()],
        halt: Some(Problem {
            tone: Tone::Warn,
            title: "Paused: Telegram takes the message from nobody".into(),
            detail: Some("The table below says why.".into()),
            action: None,
        }),
        figures: vec![("Sent".into(), "1,204".into()), ("Blocked the bot".into(), "31".into())],
        progress: Some((1_235, 98_412)),
        left: Some("97,177 are left, about 1 hour 5 minutes.".into()),
        unknown: Some(("16".into(), vec!["@sara 77001".into(), "Nima 77002".into()])),
        failed: Some("12".into()),
        deletable: Some("1,204".into()),
        deleting: true,
        reasons: vec![(
            "Blocked the bot".into(),
            "Forbidden: bot was blocked by the user".into(),
            "31".into(),
        )],
        messages: messages(),
        events: Some("/live/shop".into()),
    }
}

fn messages() -> Vec<PhoneMessage> {
    vec![PhoneMessage {
        text: "20% off until Sunday".into(),
        time: "18:30".into(),
        notice: Some("English".into()),
        keyboard: vec![vec![PhoneKey {
            label: "Look".into(),
            style: KeyStyle::Plain,
            action: KeyAction::Open("https://example.com/sale".into()),
        }]],
        ..PhoneMessage::default()
    }]
}
