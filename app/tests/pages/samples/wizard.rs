//! The steps of the wizard.

use super::*;

pub(super) fn shop(locale: Locale) -> ShopPage {
    ShopPage {
        done: vec![],
        preview: Some(preview(locale)),
        form: FormState::filled([
            ("name", "Fastline"),
            ("language", "fa"),
            ("currency", "IRR"),
            ("pack", "iran"),
        ]),
        packs: Pack::ALL.to_vec(),
        refills: true,
        currencies: vec![Choice::new("IRR", "Toman"), Choice::new("USD", "US dollar")],
        time_zones: vec![Choice::new("Asia/Tehran", "Tehran (UTC+3:30)")],
    }
}

pub(super) fn bot_page(locale: Locale, token: TokenCheck, owner: OwnerCheck) -> BotPage {
    BotPage {
        done: vec![WizardStep::Shop, WizardStep::Package],
        preview: Some(preview(locale)),
        form: FormState::default(),
        token,
        owner,
        replacing: false,
        channel: None,
        events: Some("/events/checks".into()),
        botfather: Some("/sandbox/botfather".into()),
    }
}

pub(super) fn accepted() -> TokenCheck {
    TokenCheck::Accepted {
        masked: "7204…kQ3w".into(),
        name: "Fastline VPN".into(),
        username: "fastline_bot".into(),
    }
}

pub(super) fn refused() -> TokenCheck {
    TokenCheck::Refused { problem: "Telegram did not accept this token. It was probably revoked.".into() }
}

pub(super) fn open_owner() -> OwnerCheck {
    OwnerCheck::Open { deep_link: Some("https://t.me/fastline_bot?start=own_x".into()) }
}

pub(super) fn panel_page(locale: Locale) -> PanelPage {
    let check = |kind, state, detail: Option<&str>| PanelCheck {
        kind,
        state,
        detail: detail.map(str::to_owned),
        took: Some("0.2 s".into()),
    };
    PanelPage {
        done: vec![WizardStep::Shop, WizardStep::Package, WizardStep::Bot],
        preview: Some(preview(locale)),
        saved: Some(SavedPanel {
            url: "https://de1.fastline.example:8000".into(),
            username: "admin".into(),
            version: Some("0.8.4".into()),
        }),
        checks: PanelChecks {
            rows: vec![
                check(PanelCheckKind::Address, CheckState::Passed, Some("203.0.113.7")),
                check(PanelCheckKind::Tls, CheckState::Warned, None),
                check(PanelCheckKind::Login, CheckState::Passed, None),
                check(PanelCheckKind::Version, CheckState::Warned, Some("The panel runs version 0.9.1.")),
                check(PanelCheckKind::Inbounds, CheckState::Failed, Some("The panel has no inbounds.")),
                check(PanelCheckKind::TestUser, CheckState::Waiting, None),
            ],
            ..PanelChecks::default()
        },
        inbounds: vec![Inbound { tag: "VLESS TCP REALITY".into(), protocol: "vless".into(), chosen: true }],
        ..PanelPage::default()
    }
}

pub(super) fn panel_again(locale: Locale) -> PanelPage {
    let page = panel_page(locale);
    let checks = PanelChecks { interrupted: true, ..page.checks.clone() };
    PanelPage { run: CheckRun::Again, checks, inbounds: Vec::new(), ..page }
}

pub(super) fn plans(locale: Locale) -> PlansPage {
    let plan = |name: &str, days, price: &str| PlanRow {
        name: name.into(),
        days,
        traffic: 100,
        price: price.into(),
        on: true,
    };
    PlansPage {
        done: vec![WizardStep::Shop, WizardStep::Package, WizardStep::Bot, WizardStep::Panel],
        preview: Some(preview(locale)),
        form: FormState::default(),
        plans: vec![plan("1 month", 30, "299"), plan("3 months", 90, "799"), plan("1 year", 365, "2999")],
        currency: "RUB".into(),
        trial: true,
        trial_days: 7,
        trial_traffic: 5,
    }
}

pub(super) fn deployment(state: DeploymentState) -> Deployment {
    let last = match state {
        DeploymentState::Running => StepState::Running,
        DeploymentState::Live => StepState::Done,
        DeploymentState::Failed => StepState::Failed,
    };
    let step = |kind, state| DeploymentStep {
        kind,
        state,
        detail: Some("@fastline_bot".into()),
        fix: (state == StepState::Failed).then_some(WizardStep::Bot),
        at: (state == StepState::Done).then(|| "14:31:37".into()),
    };
    Deployment {
        state,
        steps: vec![
            step(DeploymentStepKind::OrderPlaced, StepState::Done),
            step(DeploymentStepKind::PaymentVerified, StepState::Done),
            step(DeploymentStepKind::InformationCollected, StepState::Done),
            step(DeploymentStepKind::InstanceCreated, StepState::Done),
            step(DeploymentStepKind::BotRunning, last),
            step(DeploymentStepKind::LinkSent, if last == StepState::Done { last } else { StepState::Ahead }),
        ],
        took: Some("36 s".into()),
    }
}

pub(super) fn live_page(locale: Locale, state: Option<DeploymentState>) -> LivePage {
    let item = |step, ready| ReadyItem { step, ready, detail: ready.then(|| "Fastline".into()) };
    let live = state == Some(DeploymentState::Live);
    LivePage {
        done: WizardStep::ALL[..5].to_vec(),
        preview: Some(preview(locale)),
        form: FormState::default(),
        ready: vec![
            item(WizardStep::Shop, true),
            item(WizardStep::Package, true),
            item(WizardStep::Bot, true),
            item(WizardStep::Panel, true),
            item(WizardStep::Plans, false),
        ],
        deployment: state.map(deployment),
        bot_link: live.then(|| "https://t.me/fastline_bot".into()),
        overview: live.then(|| "/app/b/1".into()),
        phone: live.then(|| "/app/b/1/preview".into()),
        live_in: live.then(|| "2 min 41 s".into()),
        events: Some("/events/deployment".into()),
    }
}
