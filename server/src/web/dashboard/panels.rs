//! `/app/b/{bot}/panels`: the shop's panels.

use app::{
    BotSummary,
    pages::dashboard::{PanelCard, PanelsPage},
};
use axum::extract::State;
use chrono::FixedOffset;
use domain::{
    args,
    entities::tenant::panel::PanelState,
    locale::{self, Args, Locale, format},
    shop::panel::figures::{self, Figures},
};

use super::overview;
use crate::{
    state::AppState,
    web::{PageRequest, WebResult, guard::ShopBot, live},
};

pub async fn get(State(state): State<AppState>, bot: ShopBot, mut page: PageRequest) -> WebResult {
    let (locale, zone) = (page.locale(), bot.shop.zone());
    let tx = bot.shop.db.read().await?;
    let all = figures::of_all(&tx).await?;
    drop(tx);
    overview::place(&mut page, &state, &bot).await?;
    let summary = overview::summary_of(&bot.bot);
    page.show(PanelsPage {
        panels: all.iter().map(|figures| card(locale, zone, &summary, figures)).collect(),
        bot: summary,
        events: Some(live::SHOP.into()),
    })
}

/// A panel and its figures in words.
pub(super) fn card(locale: Locale, zone: FixedOffset, bot: &BotSummary, figures: &Figures) -> PanelCard {
    let panel = &figures.panel;
    let say = |key: &str, args: Args| locale::text(locale, key, &args);
    let number = |of: u64| format::number(locale, i64::try_from(of).unwrap_or(i64::MAX));
    let time = |at| format::date_time_short(locale, at, zone);
    let capacity = panel.capacity.map(|capacity| number(u64::from(capacity.unsigned_abs())));
    let weight = || number(u64::from(panel.weight.unsigned_abs()));
    let compared = match (figures.comparing, panel.synced_at) {
        (true, _) => say("web-panel-comparing", args![]),
        (false, Some(at)) => say("web-panels-compared", args!["time" => time(at)]),
        (false, None) => say("web-panels-not-compared", args![]),
    };
    PanelCard {
        href: format!("{}/panels/{}", bot.href(), panel.id),
        name: panel.name.clone(),
        address: panel.base_url.clone(),
        version: panel.version.clone(),
        state: panel.state,
        attention: attention(locale, zone, figures),
        takes: panel.enabled,
        accounts: match capacity {
            Some(capacity) => {
                let args = args!["held" => number(figures.held), "capacity" => capacity];
                (say("web-panels-held-of", args), None)
            }
            None => (number(figures.held), Some(say("web-panels-no-limit", args![]))),
        },
        share: match figures.share {
            Some(share) => {
                let share = format::percent(locale, f64::from(u32::try_from(share).unwrap_or(100)));
                (share, Some(say("web-panels-by-weight", args!["weight" => weight()])))
            }
            None => (say("web-panels-share-none", args![]), Some(say(why_none(figures), args![]))),
        },
        differences: match panel.synced_at {
            Some(_) => (number(figures.differences), Some(compared)),
            None => ("–".to_owned(), Some(compared)),
        },
    }
}

/// Since when it is away, what waits for it, what to do.
fn attention(locale: Locale, zone: FixedOffset, figures: &Figures) -> Vec<String> {
    let panel = &figures.panel;
    let (since, advice) = match panel.state {
        PanelState::Up => return Vec::new(),
        PanelState::Down => ("web-panels-down-since", "web-problem-panel-down-text"),
        PanelState::Refused => ("web-panels-refused-since", "web-problem-panel-refused-text"),
    };
    let at = format::date_time_short(locale, panel.down_since.unwrap_or(panel.created_at), zone);
    let mut said = vec![locale::text(locale, since, &args!["time" => at])];
    if figures.waiting > 0 {
        let count = i64::try_from(figures.waiting).unwrap_or(i64::MAX);
        said.push(locale::text(locale, "web-panels-waiting", &args!["count" => count]));
    }
    said.push(locale::text(locale, advice, &args![]));
    said
}

/// Why it gets no new accounts; what weighs most first.
fn why_none(figures: &Figures) -> &'static str {
    let panel = &figures.panel;
    match panel.state {
        _ if !panel.enabled => "web-panels-closed",
        PanelState::Up => "web-panels-full",
        PanelState::Down => "web-panels-state-down",
        PanelState::Refused => "web-panels-state-refused",
    }
}
