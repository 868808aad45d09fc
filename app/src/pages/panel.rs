//! What the wizard and the pages of a shop's panels have in common: the form that names a panel, the
//! check that ticks, the inbounds.

use leptos::prelude::*;

use crate::{
    components::{Check, CheckList, CheckState, ErrorLine, Field, Icon},
    context::{FormState, t},
};

/// A check of a panel, under way or ended; without rows there was none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PanelChecks {
    /// In the order of `PanelCheckKind`.
    pub rows: Vec<PanelCheck>,
    pub running: bool,
    /// It broke off by a fault of ours.
    pub interrupted: bool,
    /// When one that is over ended, formatted, where it may be long ago.
    pub when: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PanelCheck {
    pub kind: PanelCheckKind,
    pub state: CheckState,
    /// What came out (a version, a count) or the cause and the fix.
    pub detail: Option<String>,
    /// A formatted duration.
    pub took: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PanelCheckKind {
    Address,
    Tls,
    Login,
    Version,
    Inbounds,
    TestUser,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inbound {
    pub tag: String,
    /// `vless`, `vmess`, …
    pub protocol: String,
    pub chosen: bool,
}

impl PanelCheckKind {
    const fn key(self) -> &'static str {
        match self {
            Self::Address => "web-panel-row-address",
            Self::Tls => "web-panel-row-tls",
            Self::Login => "web-panel-row-login",
            Self::Version => "web-panel-row-version",
            Self::Inbounds => "web-panel-row-inbounds",
            Self::TestUser => "web-panel-row-test-user",
        }
    }
}

/// `data-again`: should the process die that runs the check, nothing would tell.
pub(super) fn check_sheet(checks: &PanelChecks) -> Option<AnyView> {
    if checks.rows.is_empty() {
        return None;
    }
    let row = |check: &PanelCheck| Check {
        state: check.state,
        title: t(check.kind.key()),
        help: check.detail.clone(),
        took: check.took.clone(),
    };
    let rows = checks.rows.iter().map(row).collect();
    Some(
        view! {
            <section class="sheet mt-5" aria-labelledby="checks-title" data-again=checks.running.then_some("10")>
                <div class="sheet-h">
                    <h2 id="checks-title">{t("web-panel-checks")}</h2>
                    {checks.when.clone().map(|when| view! { <span class="text-xs text-muted num">{when}</span> })}
                </div>
                {checks
                    .interrupted
                    .then(|| {
                        view! { <ErrorLine text=t("web-panel-interrupted") class="err px-4.5 pt-3" role="alert"/> }
                    })}
                <ul>
                    <CheckList checks=rows/>
                </ul>
            </section>
        }
        .into_any(),
    )
}

/// Names a panel and its administrator.
pub(super) fn connect_form(action: String, form: &FormState) -> AnyView {
    view! {
        <form method="post" action=action class="sheet p-4.5 grid gap-4">
            <Field
                form=form.clone()
                name="url"
                label=t("web-panel-url")
                hint=t("web-panel-url-hint")
                kind="url"
                autocomplete="url"
                ltr=true
                required=true
                placeholder="https://panel.example.com:8000"
            />
            {login_fields(form)}
            <button class="btn btn-primary justify-self-start max-sm:w-full" name="act" value="check">
                {t("web-panel-check")}
            </button>
        </form>
    }
    .into_any()
}

/// The administrator's name and password, which is never shown again.
pub(super) fn login_fields(form: &FormState) -> AnyView {
    view! {
        <div class="grid sm:grid-cols-2 gap-4">
            <Field form=form.clone() name="username" label=t("web-panel-username") ltr=true required=true/>
            <Field
                form=form.clone()
                name="password"
                label=t("web-panel-password")
                kind="password"
                ltr=true
                required=true
            />
        </div>
        <p class="hint flex gap-1.5 items-center">
            <Icon name="lock" class="i-s"/>
            {t("web-panel-sealed")}
        </p>
    }
    .into_any()
}

/// The emulator's panel, for who has none at hand.
pub(super) fn sandbox_offer(action: String) -> AnyView {
    view! {
        <form method="post" action=action class="note t-info mt-4 flex-wrap">
            <Icon name="flask-conical"/>
            <div class="flex-1 min-w-52">
                <p class="text-sm font-medium">{t("web-panel-sandbox")}</p>
                <p class="text-sm text-muted">{t("web-panel-sandbox-text")}</p>
            </div>
            <button class="btn btn-line max-sm:w-full" name="act" value="sandbox">
                {t("web-panel-sandbox-use")}
            </button>
        </form>
    }
    .into_any()
}

/// What new accounts get; nothing when there is nothing to choose.
pub(super) fn inbound_form(action: String, inbounds: Vec<Inbound>) -> Option<AnyView> {
    if inbounds.is_empty() {
        return None;
    }
    let rows = inbounds
        .into_iter()
        .map(|inbound| {
            view! {
                <label class="chip">
                    <input
                        type="checkbox"
                        name="inbound"
                        value=inbound.tag.clone()
                        autocomplete="off"
                        checked=inbound.chosen
                    />
                    <bdi class="ltr">{inbound.tag}</bdi>
                    <span class="text-2xs">{inbound.protocol}</span>
                </label>
            }
        })
        .collect_view();
    Some(
        view! {
            <form method="post" action=action class="sheet p-4.5 grid gap-3">
                <fieldset>
                    <legend class="text-sm font-medium mb-2">{t("web-panel-inbounds")}</legend>
                    <p class="hint mb-3">{t("web-panel-inbounds-hint")}</p>
                    <div class="flex flex-wrap gap-2">{rows}</div>
                </fieldset>
                <button class="btn btn-line justify-self-start max-sm:w-full" name="act" value="inbounds">
                    {t("web-panel-inbounds-save")}
                </button>
            </form>
        }
        .into_any(),
    )
}
