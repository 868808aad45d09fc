//! The run that turns an order into a live bot, step by step; shown by the wizard's last page and by
//! the overview.

use leptos::prelude::*;

use crate::{
    components::{StepState, Tag, Timeline, TimelineStep, Tone, WizardStep},
    context::t,
};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deployment {
    pub state: DeploymentState,
    pub steps: Vec<DeploymentStep>,
    /// The whole run, as a formatted duration.
    pub took: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DeploymentState {
    #[default]
    Running,
    Live,
    Failed,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeploymentStep {
    pub kind: DeploymentStepKind,
    pub state: StepState,
    /// What came out, or why it failed, in the reader's language.
    pub detail: Option<String>,
    /// Where the reader mends it, when it failed.
    pub fix: Option<WizardStep>,
    /// When it ended, as a formatted time of day.
    pub at: Option<String>,
}

/// The steps of SPEC §2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeploymentStepKind {
    OrderPlaced,
    PaymentVerified,
    InformationCollected,
    InstanceCreated,
    BotRunning,
    LinkSent,
}

impl DeploymentStepKind {
    const fn key(self) -> &'static str {
        match self {
            Self::OrderPlaced => "web-deploy-order",
            Self::PaymentVerified => "web-deploy-payment",
            Self::InformationCollected => "web-deploy-information",
            Self::InstanceCreated => "web-deploy-instance",
            Self::BotRunning => "web-deploy-running",
            Self::LinkSent => "web-deploy-link",
        }
    }
}

/// The sheet with the steps.
pub(crate) fn deployment_sheet(deployment: Deployment) -> AnyView {
    let (tone, icon, word) = match deployment.state {
        DeploymentState::Running => (Tone::Info, "clock", t("web-deploy-state-running")),
        DeploymentState::Live => {
            (Tone::Ok, "circle-check", deployment.took.unwrap_or_else(|| t("web-deploy-state-live")))
        }
        DeploymentState::Failed => (Tone::Bad, "circle-x", t("web-deploy-state-failed")),
    };
    let steps = deployment
        .steps
        .into_iter()
        .map(|step| TimelineStep {
            state: step.state,
            title: t(step.kind.key()),
            detail: step.detail,
            fix: step.fix.map(WizardStep::href),
            at: step.at,
        })
        .collect();
    view! {
        <section class="sheet" aria-labelledby="deployment-title">
            <div class="sheet-h">
                <h2 id="deployment-title" class="me-auto">
                    {t("web-deploy-title")}
                </h2>
                <Tag tone icon text=word/>
            </div>
            <div class="p-4.5">
                <Timeline steps/>
            </div>
        </section>
    }
    .into_any()
}
