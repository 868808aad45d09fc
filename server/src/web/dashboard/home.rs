//! `/app`: every bot of the shop; a shop that is being set up goes on in the wizard.

use app::{
    components::{Problem, Tone},
    pages::dashboard::{BotCard, HomePage},
};
use axum::extract::State;
use domain::{
    args,
    entities::master::bot_instance::{self, BotState},
    locale::{self, Locale},
    platform::{bot::service as bots, deployment},
};

use super::overview;
use crate::{
    state::AppState,
    web::{PageRequest, WebError, WebResult, guard::Shop, start},
};

pub async fn get(State(state): State<AppState>, shop: Shop, mut page: PageRequest) -> WebResult {
    let rows = bots::of_tenant(state.master(), shop.tenant.id).await?;
    if !deployment::was_live(state.master(), shop.tenant.id).await? {
        return Err(WebError::GoTo(start::waiting_step(&state, &shop).await?.to_owned()));
    }
    let locale = page.locale();
    page.context.bots = rows.iter().map(overview::summary_of).collect();
    let cards = rows.iter().map(|bot| BotCard {
        bot: overview::summary_of(bot),
        state: overview::shown_state(bot.state),
        today: None,
    });
    let problems = rows.iter().filter_map(|bot| problem(locale, bot)).collect();
    let bots = cards.collect();
    // Without a bot, the wizard waits at the step that connects one.
    let unfinished = match rows.is_empty() {
        true => Some(start::waiting_step(&state, &shop).await?.to_owned()),
        false => None,
    };
    page.show(HomePage { problems, bots, unfinished })
}

/// What the owner has to do for a bot that stands so.
pub(super) fn problem(locale: Locale, row: &bot_instance::Model) -> Option<Problem> {
    let key = match (row.state, row.reason.as_deref()) {
        (BotState::NeedsToken, _) => "web-problem-needs-token",
        (BotState::Failed, _) => "web-problem-failed",
        // It is up, and somebody else gets its messages.
        (BotState::Live, Some("error-token-conflict")) => "web-problem-conflict",
        _ => return None,
    };
    let bot = overview::summary_of(row);
    let action = locale::text(locale, &format!("{key}-action"), &args![]);
    Some(Problem {
        tone: Tone::Bad,
        title: locale::text(locale, key, &args!["bot" => bot.name.clone()]),
        detail: Some(locale::text(locale, &format!("{key}-text"), &args![])),
        action: Some((action, bot.href())),
    })
}
