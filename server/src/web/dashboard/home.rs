//! `/app`: every bot of the shop; a shop that is being set up goes on in the wizard.

use app::{
    BotSummary,
    components::{Problem, Tone},
    pages::dashboard::{BotCard, HomePage},
};
use axum::extract::State;
use domain::{
    args,
    entities::master::bot_instance::BotState,
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
    let problems =
        rows.iter().filter_map(|bot| problem(locale, &overview::summary_of(bot), bot.state)).collect();
    let bots = cards.collect();
    page.show(HomePage { problems, bots, unfinished: None })
}

/// What the owner has to do for a bot in this state.
pub(super) fn problem(locale: Locale, bot: &BotSummary, state: BotState) -> Option<Problem> {
    let key = match state {
        BotState::NeedsToken => "web-problem-needs-token",
        BotState::Failed => "web-problem-failed",
        _ => return None,
    };
    let action = locale::text(locale, &format!("{key}-action"), &args![]);
    Some(Problem {
        tone: Tone::Bad,
        title: locale::text(locale, key, &args!["bot" => bot.name.clone()]),
        detail: Some(locale::text(locale, &format!("{key}-text"), &args![])),
        action: Some((action, bot.href())),
    })
}
