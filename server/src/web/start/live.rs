//! `/start/live`: what is ready, the button, and the run as it happens.

use app::{
    components::WizardStep,
    pages::start::{LivePage, ReadyItem},
};
use axum::extract::State;
use domain::{
    args,
    entities::master::{deployment::DeploymentState, deployment_step::Step},
    events::EventKind,
    locale::format,
    platform::{
        bot::{rules, service as bots},
        deployment::{
            go_live,
            rules::time_to_live,
            service::{self as deployments, Progress},
        },
    },
};

use super::{deployment, progress};
use crate::{
    state::AppState,
    web::{PageRequest, Post, WebError, WebResult, explained, guard::Shop, live as streams},
};

pub async fn get(State(state): State<AppState>, shop: Shop, page: PageRequest) -> WebResult {
    let found = deployments::of_tenant(state.master(), shop.tenant.id).await?;
    let found = found.ok_or_else(|| WebError::GoTo(WizardStep::Shop.href().to_owned()))?;
    let bot = match found.deployment.bot_id {
        Some(id) => bots::find_of(state.master(), shop.tenant.id, id).await?,
        None => None,
    };
    let begun = found.deployment.state != DeploymentState::Open;
    let live = found.deployment.live_at.is_some();
    let locale = page.locale();
    let of_bot = |link: fn(&str, &str) -> String| {
        let bot = bot.as_ref().filter(|_| live)?;
        Some(link(&bot.id.to_string(), bot.username.as_deref()?))
    };
    let form = page.form_or(Default::default);
    page.show(LivePage {
        done: progress::done(&state, &shop).await?,
        preview: progress::preview(&shop.person),
        form,
        ready: ready(&found),
        deployment: begun.then(|| deployment::shown(locale, &shop.tenant, &found)),
        bot_link: state.sandbox.is_none().then(|| of_bot(|_, username| rules::link(username))).flatten(),
        overview: of_bot(|id, _| format!("/app/b/{id}")),
        phone: state.sandbox.as_ref().and_then(|_| of_bot(|id, _| format!("/app/b/{id}/preview"))),
        live_in: time_to_live(&found.deployment).map(|took| format::duration(locale, took)),
        events: Some(streams::SHOP.to_owned()),
    })
}

pub async fn post(State(state): State<AppState>, shop: Shop, post: Post) -> WebResult {
    match go_live::go_live(state.master(), shop.person.account.id, shop.tenant.id).await {
        Ok(()) => {
            state.events.publish(shop.tenant.id, EventKind::Deployment, None);
            Ok(post.again())
        }
        Err(go_live::GoLiveError::Missing(_)) => Ok(post.failed("web-live-missing", &args![])),
        Err(error) => {
            let (key, args) = explained(error)?;
            Ok(post.failed(key, &args))
        }
    }
}

fn ready(found: &Progress) -> Vec<ReadyItem> {
    let items = [
        (WizardStep::Shop, Step::ShopCreated),
        (WizardStep::Package, Step::PaymentVerified),
        (WizardStep::Bot, Step::TokenChecked),
        (WizardStep::Panel, Step::PanelConnected),
        (WizardStep::Plans, Step::PlansReady),
    ];
    items
        .into_iter()
        .map(|(step, row)| ReadyItem {
            step,
            ready: found.is_done(row),
            detail: match step {
                WizardStep::Bot | WizardStep::Panel => found.step(row).and_then(|row| row.detail.clone()),
                _ => None,
            },
        })
        .collect()
}
