//! `/app/b/{bot}`: one bot, its shop's figures, how it came to be, and what its owner can do.

use app::{
    BotSummary,
    pages::dashboard::{BotState as Shown, OverviewPage},
};
use axum::extract::State;
use chrono::FixedOffset;
use domain::{
    args,
    clock::Clock as _,
    entities::master::bot_instance::{self, BotState},
    events::EventKind,
    locale::{self, Locale, format},
    platform::{
        bot::{
            owner,
            service::{self as bots, Action},
            token,
        },
        deployment::service as deployments,
        package::limits,
        tenant::payments::Actor,
    },
    shop::{panel::service as panels, receipt::service as receipts, stat::service as stats, support::list},
};

use super::{figures, home, orders, panel, tickets};
use crate::{
    config::Mode,
    state::AppState,
    web::{PageRequest, Post, WebError, WebResult, explained, guard::ShopBot, live, start},
};

/// Sales that the overview lists.
const LATEST: u64 = 8;

pub async fn get(State(state): State<AppState>, bot: ShopBot, mut page: PageRequest) -> WebResult {
    let (locale, zone) = (page.locale(), bot.shop.zone());
    let currency = bot.shop.tenant.currency;
    let tx = bot.shop.db.read().await?;
    let summary = stats::summary(&tx, zone, currency).await?;
    let sales = stats::latest_sales(&tx, LATEST).await?;
    let ids: Vec<_> = sales.iter().map(|sale| sale.order.id).collect();
    let reviewed = receipts::reviewed(&tx, &ids).await?;
    let panels = panels::all(&tx).await?;
    let asked = list::counts(&tx).await?;
    drop(tx);
    let progress = deployments::of_bot(state.master(), bot.bot.id).await?;
    let limits =
        limits::of_customer(state.master(), bot.shop.person.customer, state.master().platform_clock().now())
            .await?;
    let row = &bot.bot;
    let shown = summary_of(row);
    let orders = orders::address(&shown);
    place(&mut page, &state, &bot).await?;
    let form = page.form_or(Default::default);
    page.show(OverviewPage {
        open_link: open_link(&state, row),
        owner: row.owner_telegram_id.map(|id| id.to_string()),
        owner_link: start::owner_link(&state, row),
        state: shown_state(row.state),
        reason: Some(reason(locale, zone, row)),
        problems: home::problem(locale, row)
            .into_iter()
            .chain(panel::problems(locale, zone, &shown, &panels))
            .chain(tickets::waiting(locale, &shown, &asked))
            .collect(),
        figures: figures::figures(locale, currency, &summary, limits.and_then(|limits| limits.users)),
        currency,
        days: figures::bars(locale, zone, &summary.days),
        sales: sales
            .into_iter()
            .map(|sale| {
                let review = reviewed.contains(&sale.order.id);
                orders::row(locale, zone, sale, &orders, orders::Shown { method: None, review })
            })
            .collect(),
        deployment: progress.map(|progress| start::shown_deployment(locale, &bot.shop.tenant, &progress)),
        masked_token: row.token_hint.clone(),
        form,
        events: Some(live::SHOP.into()),
        bot: shown,
    })
}

pub async fn post(State(state): State<AppState>, bot: ShopBot, post: Post) -> WebResult {
    let account = bot.shop.person.account.id;
    let (action, said) = match post.act() {
        "pause" => (Action::Pause, "web-flash-bot-paused"),
        "resume" => (Action::Resume, "web-flash-bot-resumed"),
        "maintain" => (Action::Maintain, "web-flash-bot-maintained"),
        "restart" => (Action::Restart, "web-flash-bot-restarted"),
        "rotate_token" => return rotate(&state, &bot, &post).await,
        "owner" => return set_owner(&state, &bot, &post).await,
        "delete" => return delete(&state, &bot, &post).await,
        _ => return Err(WebError::NotFound),
    };
    match bots::act(state.master(), account, &bot.bot, action).await {
        Ok(()) => {
            changed(&state, &bot.bot);
            Ok(post.done(&summary_of(&bot.bot).href(), said, &args![]))
        }
        Err(error) => {
            let (key, args) = explained(error)?;
            Ok(post.failed(key, &args))
        }
    }
}

async fn set_owner(state: &AppState, bot: &ShopBot, post: &Post) -> WebResult {
    let account = bot.shop.person.account.id;
    match owner::set_typed(state.master(), account, &bot.bot, post.field("owner_id")).await {
        Ok(()) => {
            changed(state, &bot.bot);
            Ok(post.done(&summary_of(&bot.bot).href(), "web-flash-saved", &args![]))
        }
        Err(error) => {
            let (key, args) = explained(error)?;
            Ok(post.refused(&["owner_id"], vec![post.error("owner_id", key, &args)]))
        }
    }
}

async fn delete(state: &AppState, bot: &ShopBot, post: &Post) -> WebResult {
    let actor = Actor { master: state.master(), db: &bot.shop.db, account: bot.shop.person.account.id };
    match actor.delete_bot(&bot.bot, post.field("confirm")).await {
        Ok(()) => {
            changed(state, &bot.bot);
            Ok(post.done("/app", "web-flash-bot-deleted", &args!["bot" => summary_of(&bot.bot).name]))
        }
        Err(error) => {
            let (key, args) = explained(error)?;
            Ok(post.refused(&["confirm"], vec![post.error("confirm", key, &args)]))
        }
    }
}

async fn rotate(state: &AppState, bot: &ShopBot, post: &Post) -> WebResult {
    let account = bot.shop.person.account.id;
    let typed = post.secret("token");
    match token::rotate(state.master(), &*state.probe, account, &bot.bot, &typed).await {
        Ok(changed) => {
            self::changed(state, &changed);
            Ok(post.done(&summary_of(&bot.bot).href(), "web-flash-token-replaced", &args![]))
        }
        Err(error) => {
            let (key, args) = explained(error)?;
            Ok(post.refused(&[], vec![post.error("token", key, &args)]))
        }
    }
}

/// Tells the bots and the open pages.
fn changed(state: &AppState, bot: &bot_instance::Model) {
    state.bots.poke();
    state.events.publish(bot.tenant_id, EventKind::Bot, Some(bot.id.to_string()));
}

/// Tells the page's frame which bot it is about, and which others there are.
pub(super) async fn place(page: &mut PageRequest, state: &AppState, bot: &ShopBot) -> Result<(), WebError> {
    let rows = bots::of_tenant(state.master(), bot.shop.tenant.id).await?;
    page.context.bots = rows.iter().map(summary_of).collect();
    page.context.bot = Some(summary_of(&bot.bot));
    Ok(())
}

pub fn summary_of(bot: &bot_instance::Model) -> BotSummary {
    BotSummary {
        id: bot.id.to_string(),
        name: bot.name.clone().or_else(|| bot.username.clone()).unwrap_or_else(|| "…".into()),
        username: bot.username.clone(),
    }
}

pub(super) fn shown_state(state: BotState) -> Shown {
    match state {
        BotState::Draft | BotState::Deleted => Shown::Draft,
        BotState::Deploying => Shown::Deploying,
        BotState::Live => Shown::Live,
        BotState::Paused => Shown::Paused,
        BotState::Maintenance => Shown::Maintenance,
        BotState::NeedsToken => Shown::NeedsToken,
        BotState::Failed => Shown::Failed,
    }
}

fn open_link(state: &AppState, bot: &bot_instance::Model) -> Option<String> {
    match state.mode {
        Mode::Production => bot.username.as_ref().map(|username| format!("https://t.me/{username}")),
        Mode::Sandbox => Some(format!("{}/preview", summary_of(bot).href())),
    }
}

fn reason(locale: Locale, zone: FixedOffset, bot: &bot_instance::Model) -> String {
    let since = format::date_time_short(locale, bot.state_since, zone);
    match bot.reason.as_deref().filter(|key| locale::has(key)) {
        Some(key) => locale::text(locale, key, &args![]),
        None => locale::text(locale, "web-overview-since", &args!["time" => since]),
    }
}
