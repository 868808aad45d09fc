//! Which steps there are, who takes them, and how long the whole took.

use chrono::Duration;

use crate::{
    entities::master::{
        deployment,
        deployment_step::{self, Step, StepState},
    },
    faults::{self, Point},
};

/// All steps in their order.
pub const ALL: [Step; 8] = [
    Step::OrderPlaced,
    Step::PaymentVerified,
    Step::TokenChecked,
    Step::ShopCreated,
    Step::PanelConnected,
    Step::PlansReady,
    Step::BotRunning,
    Step::LinkSent,
];

/// What the customer has to have done before the shop can go live.
pub const NEEDED: [Step; 3] = [Step::PaymentVerified, Step::TokenChecked, Step::PanelConnected];

/// What a shop does once, whichever of its bots goes live.
pub const OF_SHOP: [Step; 5] =
    [Step::OrderPlaced, Step::PaymentVerified, Step::ShopCreated, Step::PanelConnected, Step::PlansReady];

/// What runs by itself after that, in this order; each is safe to repeat.
pub const AUTOMATIC: [Step; 4] = [Step::ShopCreated, Step::PlansReady, Step::BotRunning, Step::LinkSent];

/// The fault points before and after the commit that ends the step.
pub const fn fault_points(step: Step) -> [Point; 2] {
    match step {
        Step::OrderPlaced => [faults::DEPLOY_ORDER_BEFORE, faults::DEPLOY_ORDER_AFTER],
        Step::PaymentVerified => [faults::DEPLOY_PAYMENT_BEFORE, faults::DEPLOY_PAYMENT_AFTER],
        Step::TokenChecked => [faults::DEPLOY_TOKEN_BEFORE, faults::DEPLOY_TOKEN_AFTER],
        Step::ShopCreated => [faults::DEPLOY_SHOP_BEFORE, faults::DEPLOY_SHOP_AFTER],
        Step::PanelConnected => [faults::DEPLOY_PANEL_BEFORE, faults::DEPLOY_PANEL_AFTER],
        Step::PlansReady => [faults::DEPLOY_PLANS_BEFORE, faults::DEPLOY_PLANS_AFTER],
        Step::BotRunning => [faults::DEPLOY_BOT_BEFORE, faults::DEPLOY_BOT_AFTER],
        Step::LinkSent => [faults::DEPLOY_LINK_BEFORE, faults::DEPLOY_LINK_AFTER],
    }
}

/// The needed steps that are not done.
pub fn missing(steps: &[deployment_step::Model]) -> Vec<Step> {
    let done = |step: &Step| steps.iter().any(|row| row.step == *step && row.state == StepState::Done);
    NEEDED.into_iter().filter(|step| !done(step)).collect()
}

/// From the payment (or the start, when there was none) to the live bot.
pub fn time_to_live(deployment: &deployment::Model) -> Option<Duration> {
    let from = deployment.paid_at.unwrap_or(deployment.started_at);
    deployment.live_at.map(|live| live - from)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use sea_orm::Iterable;

    use super::*;

    #[test]
    fn every_step_is_listed_once_and_has_its_own_two_fault_points() {
        assert_eq!(Step::iter().collect::<Vec<_>>(), ALL);
        let points: HashSet<_> = ALL.into_iter().flat_map(fault_points).collect();
        assert_eq!(points.len(), 2 * ALL.len());
    }
}
