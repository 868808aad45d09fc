//! What the overview says of a panel that does not serve.

use app::{
    BotSummary,
    components::{Problem, Tone},
};
use chrono::FixedOffset;
use domain::{
    args,
    entities::tenant::panel::{Model, PanelState},
    locale::{self, Locale, format},
};

/// One line for each panel that is away, since when, and what to do on its page.
pub fn problems(locale: Locale, zone: FixedOffset, bot: &BotSummary, panels: &[Model]) -> Vec<Problem> {
    panels.iter().filter_map(|panel| problem(locale, zone, bot, panel)).collect()
}

fn problem(locale: Locale, zone: FixedOffset, bot: &BotSummary, panel: &Model) -> Option<Problem> {
    let (key, tone) = match panel.state {
        PanelState::Up => return None,
        PanelState::Down => ("web-problem-panel-down", Tone::Warn),
        PanelState::Refused => ("web-problem-panel-refused", Tone::Bad),
    };
    let since = panel.down_since.unwrap_or(panel.created_at);
    let time = format::date_time_short(locale, since, zone);
    let label = match panel.state {
        PanelState::Refused => "web-problem-panel-refused-action",
        _ => "web-problem-panel-down-action",
    };
    let action = (locale::text(locale, label, &args![]), format!("{}/panels/{}", bot.href(), panel.id));
    Some(Problem {
        tone,
        title: locale::text(locale, key, &args!["panel" => panel.name.clone(), "time" => time]),
        detail: Some(locale::text(locale, &format!("{key}-text"), &args![])),
        action: Some(action),
    })
}
