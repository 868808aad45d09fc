//! Back from the hosted checkout. The page waits for the provider's own word: what the address says
//! proves nothing.

use domain::locale::args;
use leptos::prelude::*;

use crate::{
    components::{Icon, LiveUpdates, PackageCode, Pip, Tone, Wizard, WizardStep},
    context::{t, t_with},
    ssr::{Head, Page},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnPage {
    pub done: Vec<WizardStep>,
    pub state: PaymentState,
    /// The event stream of this customer's payment.
    pub events: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaymentState {
    /// The provider has not confirmed yet. `long` after some minutes: the page then says that it may be closed.
    Waiting {
        long: bool,
    },
    Paid {
        package: PackageCode,
    },
    /// Refused or broken off; nothing was charged.
    Failed,
    /// Money came that does not match what was asked; a person looks at it.
    Mismatch,
}

impl Page for ReturnPage {
    fn head(&self) -> Head {
        let waiting = matches!(self.state, PaymentState::Waiting { .. });
        Head { refresh_without_script: waiting.then_some(3), ..Head::titled(t("web-return-title")) }
    }

    fn body(self) -> AnyView {
        let Self { done, state, events } = self;
        let waiting = matches!(state, PaymentState::Waiting { .. });
        view! {
            <Wizard step=WizardStep::Package done title=t("web-return-title") lead=t("web-return-lead") preview=None>
                <div id="payment" class="mt-7 max-w-xl">
                    {status(state, false)}
                </div>
                <LiveUpdates id="payment" page="/start/package/return" events=waiting.then_some(events)/>
            </Wizard>
        }
        .into_any()
    }

    fn fragment(self, id: &str) -> Option<AnyView> {
        (id == "payment").then(|| status(self.state, true))
    }
}

/// `live`: the reader watched it happen, so a paid package leads on by itself.
fn status(state: PaymentState, live: bool) -> AnyView {
    match state {
        PaymentState::Waiting { long } => view! {
            <div class="sheet p-5 flex gap-4" role="status">
                <Pip tone=Tone::Info icon="loader-circle"/>
                <div>
                    <p class="font-medium">{t("web-return-waiting")}</p>
                    <p class="text-sm text-muted mt-1">
                        {if long { t("web-return-waiting-long") } else { t("web-return-waiting-text") }}
                    </p>
                    <p class="text-sm">
                        <a class="link inline-flex items-center min-h-11" href="/start/package">
                            {t("web-return-not-paid")}
                        </a>
                    </p>
                </div>
            </div>
        }
        .into_any(),
        PaymentState::Paid { package } => view! {
            <div class="sheet p-5 flex flex-wrap gap-4 items-center" role="status" data-go=live.then_some("/start/bot")>
                <Pip tone=Tone::Ok icon="check"/>
                <div class="flex-1 min-w-52">
                    <p class="font-medium">{t("web-return-paid")}</p>
                    <p class="text-sm text-muted mt-1">
                        {t_with("web-return-paid-text", &args!["package" => package.name()])}
                    </p>
                </div>
                <a class="btn btn-primary max-sm:w-full" href="/start/bot">
                    {t("web-continue")}
                    <Icon name="arrow-right" class="flip"/>
                </a>
            </div>
        }
        .into_any(),
        PaymentState::Mismatch => view! {
            <div class="sheet p-5 flex gap-4" role="status">
                <Pip tone=Tone::Warn icon="triangle-alert"/>
                <div>
                    <p class="font-medium">{t("web-return-mismatch")}</p>
                    <p class="text-sm text-muted mt-1">{t("web-return-mismatch-text")}</p>
                </div>
            </div>
        }
        .into_any(),
        PaymentState::Failed => view! {
            <div class="sheet p-5 flex flex-wrap gap-4 items-center" role="status">
                <Pip tone=Tone::Bad icon="x"/>
                <div class="flex-1 min-w-52">
                    <p class="font-medium">{t("web-return-failed")}</p>
                    <p class="text-sm text-muted mt-1">{t("web-return-failed-text")}</p>
                </div>
                <form method="post" action="/start/package/return" class="flex flex-wrap gap-2 max-sm:w-full">
                    <button class="btn btn-primary max-sm:w-full" name="act" value="again">
                        {t("web-return-again")}
                    </button>
                    <a class="btn btn-line max-sm:w-full" href="/start/package">
                        {t("web-return-other")}
                    </a>
                </form>
            </div>
        }
        .into_any(),
    }
}
