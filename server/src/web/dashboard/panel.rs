//! What the overview says of a panel that does not serve.

use app::components::{Problem, Tone};
use chrono::FixedOffset;
use domain::{
    args,
    entities::tenant::panel::{Model, PanelState},
    locale::{self, Locale, format},
};

/// One line for each panel that is away, since when, and what to do. The wizard's page changes the
/// login of a shop's only panel.
pub(super) fn problems(locale: Locale, zone: FixedOffset, panels: &[Model]) -> Vec<Problem> {
    let is_only = panels.len() == 1;
    panels.iter().filter_map(|panel| problem(locale, zone, panel, is_only)).collect()
}

fn problem(locale: Locale, zone: FixedOffset, panel: &Model, is_only: bool) -> Option<Problem> {
    let (key, tone) = match panel.state {
        PanelState::Up => return None,
        PanelState::Down => ("web-problem-panel-down", Tone::Warn),
        PanelState::Refused => ("web-problem-panel-refused", Tone::Bad),
    };
    let since = panel.down_since.unwrap_or(panel.created_at);
    let time = format::date_time_short(locale, since, zone);
    let action = (panel.state == PanelState::Refused && is_only).then(|| {
        let label = locale::text(locale, "web-problem-panel-refused-action", &args![]);
        (label, "/start/panel?replace=1".to_owned())
    });
    Some(Problem {
        tone,
        title: locale::text(locale, key, &args!["panel" => panel.name.clone(), "time" => time]),
        detail: Some(locale::text(locale, &format!("{key}-text"), &args![])),
        action,
    })
}
