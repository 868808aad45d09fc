//! The shop's panels.

use super::*;

pub(super) fn panels() -> PanelsPage {
    PanelsPage {
        bot: bot(),
        panels: vec![card(PanelState::Up), card(PanelState::Down), card(PanelState::Refused)],
        events: Some("/live/shop".into()),
    }
}

fn card(state: PanelState) -> PanelCard {
    let attention = match state {
        PanelState::Up => vec![],
        PanelState::Down | PanelState::Refused => {
            vec!["It has not answered since 20 November, 14:03.".into(), "12 accounts wait for it.".into()]
        }
    };
    PanelCard {
        href: "/app/b/1/panels/1".into(),
        name: "Frankfurt 1".into(),
        address: "https://de1.a-rather-long-name.fastline.example:8000/".into(),
        version: Some("0.8.4".into()),
        state,
        attention,
        takes: state == PanelState::Up,
        accounts: ("1,204 of 2,500".into(), None),
        share: ("50%".into(), Some("weight 100".into())),
        differences: ("3".into(), Some("compared 20 November, 14:03".into())),
    }
}

pub(super) fn new_panel(locale: Locale, limit: Option<&str>) -> NewPanelPage {
    NewPanelPage {
        bot: bot(),
        form: FormState::filled([("url", "https://de2.fastline.example"), ("username", "admin")]),
        checks: panel_page(locale).checks,
        watched: None,
        limit: limit.map(str::to_owned),
        go: None,
        sandbox_offered: limit.is_none(),
        events: Some("/live/shop".into()),
    }
}

pub(super) fn panel(locale: Locale, state: PanelState) -> ShopPanelPage {
    let row = |account: &str, kind: &str, wanted: &str, found: &str| DriftRow {
        account: account.into(),
        kind: kind.into(),
        wanted: wanted.into(),
        found: found.into(),
        time: "20 November, 14:03".into(),
    };
    ShopPanelPage {
        bot: bot(),
        card: card(state),
        checks: PanelChecks { when: Some("20 November, 14:03".into()), ..panel_page(locale).checks },
        finished: false,
        report: DriftReport {
            comparing: state == PanelState::Up,
            not_now: Some("It is compared again when it answers.".into()),
            quiet: None,
            broken_off: Some("The comparison of 20 November, 14:03 broke off.".into()),
            repairable: vec![row(
                "by_8f2c0a17",
                "It ends at another time",
                "4 May 2027, 10:20",
                "never ends",
            )],
            by_hand: vec![row("by_77aa0c01", "We do not know it", "no account", "an account")],
            more: Some("And 312 more.".into()),
            repair: Some("1 account is set to what was sold again. Nothing is deleted.".into()),
        },
        inbounds: panel_page(locale).inbounds,
        form: FormState::filled([("name", "Frankfurt 1"), ("weight", "0"), ("enabled", "on")])
            .with_error("weight", "Write the weight as a whole number from 1 to 1,000.")
            .with_error("username", "Please fill this in."),
        events: Some("/live/shop".into()),
    }
}
