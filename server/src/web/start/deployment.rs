//! A deployment's rows as the pages show them: the six steps of the order, in the reader's language.

use app::{
    components::{StepState as Shown, WizardStep},
    pages::start::{Deployment, DeploymentState as ShownState, DeploymentStep, DeploymentStepKind},
};
use domain::{
    args,
    entities::master::{
        deployment::DeploymentState,
        deployment_step::{Model, Step, StepState},
        tenant,
    },
    locale::{self, Locale, format},
    platform::deployment::{rules::time_to_live, service::Progress},
};

use crate::web::guard::zone_of;

/// Which of our steps make up one that is shown; several are done when the last one is.
const KINDS: [(DeploymentStepKind, &[Step]); 6] = [
    (DeploymentStepKind::OrderPlaced, &[Step::OrderPlaced]),
    (DeploymentStepKind::PaymentVerified, &[Step::PaymentVerified]),
    (DeploymentStepKind::InformationCollected, &[Step::TokenChecked, Step::PanelConnected]),
    (DeploymentStepKind::InstanceCreated, &[Step::ShopCreated, Step::PlansReady]),
    (DeploymentStepKind::BotRunning, &[Step::BotRunning]),
    (DeploymentStepKind::LinkSent, &[Step::LinkSent]),
];

pub fn shown(locale: Locale, tenant: &tenant::Model, progress: &Progress) -> Deployment {
    let steps = KINDS.into_iter().map(|(kind, steps)| {
        let rows: Vec<&Model> = steps.iter().filter_map(|step| progress.step(*step)).collect();
        let ended = rows.iter().filter_map(|row| row.ended_at).max();
        let state = together(&rows);
        DeploymentStep {
            kind,
            state,
            detail: detail(locale, kind, &rows),
            fix: rows.iter().find(|row| row.state == StepState::Failed).map(|row| page_of(row.step)),
            at: ended
                .filter(|_| state != Shown::Ahead)
                .map(|at| format::time_of_day(locale, at, zone_of(Some(tenant)))),
        }
    });
    Deployment {
        state: match progress.deployment.state {
            DeploymentState::Open | DeploymentState::Running => ShownState::Running,
            DeploymentState::Live => ShownState::Live,
            DeploymentState::Failed => ShownState::Failed,
        },
        steps: steps.collect(),
        took: time_to_live(&progress.deployment).map(|took| format::duration(locale, took)),
    }
}

fn together(rows: &[&Model]) -> Shown {
    let any = |state| rows.iter().any(|row| row.state == state);
    if any(StepState::Failed) {
        Shown::Failed
    } else if rows.iter().all(|row| row.state == StepState::Done) {
        Shown::Done
    } else if any(StepState::Running) {
        Shown::Running
    } else {
        Shown::Ahead
    }
}

/// Where the customer removes what stopped a step.
fn page_of(step: Step) -> WizardStep {
    match step {
        Step::ShopCreated => WizardStep::Shop,
        Step::OrderPlaced | Step::PaymentVerified => WizardStep::Package,
        Step::TokenChecked | Step::BotRunning | Step::LinkSent => WizardStep::Bot,
        Step::PanelConnected => WizardStep::Panel,
        Step::PlansReady => WizardStep::Plans,
    }
}

/// Why it failed, else what came out where that is a name: codes and counts stay out.
fn detail(locale: Locale, kind: DeploymentStepKind, rows: &[&Model]) -> Option<String> {
    let failed = rows.iter().find_map(|row| row.error.as_deref());
    if let Some(key) = failed {
        return Some(locale::text(locale, key, &args![]));
    }
    match kind {
        DeploymentStepKind::InformationCollected
        | DeploymentStepKind::BotRunning
        | DeploymentStepKind::LinkSent => rows.first()?.detail.clone(),
        _ => None,
    }
}
