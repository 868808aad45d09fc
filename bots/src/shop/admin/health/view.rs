//! The findings, each as ok, doubtful or bad, with one sentence.

use chrono::Duration;
use domain::{
    args, entities::master::membership::Role, locale::Args, ports::PanelError, shop::staff::rights::may,
};

use super::{Answered, Findings, Mended, WebhookInfo};
use crate::{
    api::ApiError,
    callback::Act,
    keyboard::{Keyboard, Style},
    reader::Reader,
    screen::Screen,
    shop::admin::view::{back, staff_button},
};

/// More updates than this do not wait while all is well.
const MANY: u64 = 50;
/// An error of the webhook that is older than this is history.
const LATELY: Duration = Duration::hours(1);
/// A panel that takes longer makes people wait.
const SLOW_MS: u128 = 2_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Ok,
    Warn,
    Fail,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub state: State,
    pub text: String,
}

pub fn screen(reader: Reader, lines: &[Line], role: Role) -> Screen {
    let worst = lines.iter().map(|line| line.state as u8).max().unwrap_or(0);
    let key = match worst {
        0 => "bot-diag-title-ok",
        1 => "bot-diag-title-warn",
        _ => "bot-diag-title-fail",
    };
    let mark = |state| match state {
        State::Ok => "✅",
        State::Warn => "⚠️",
        State::Fail => "❌",
    };
    let lines = lines
        .iter()
        .map(|line| reader.html("bot-diag-line", &args!["mark" => mark(line.state), "text" => &line.text]));
    let text: Vec<String> = [reader.html(key, &args![]), String::new()].into_iter().chain(lines).collect();
    let again = staff_button(reader, "bot-diag-btn-again", Act::Diagnose).style(Style::Primary);
    let mend = Act::Mend.right().is_none_or(|right| may(role, right));
    let mend = mend.then(|| staff_button(reader, "bot-diag-btn-mend", Act::Mend));
    Screen::new(text.join("\n"), back(reader, Keyboard::new().row(again).row_if(mend), Act::Home))
}

pub fn lines(reader: Reader, found: &Findings) -> Vec<Line> {
    let line = |state, key: &str, values: &Args| Line { state, text: reader.plain(key, values) };
    let none = args![];
    let mut lines = vec![match &found.token {
        Ok(()) => line(State::Ok, "bot-diag-token-ok", &args!["bot" => format!("@{}", found.username)]),
        Err(ApiError::Unauthorized) => line(State::Fail, "bot-diag-token-revoked", &none),
        Err(_) => line(State::Fail, "bot-diag-telegram-silent", &none),
    }];
    if let Ok(info) = &found.webhook {
        lines.push(updates(reader, found, info));
        let count = i64::try_from(info.pending_update_count).unwrap_or(i64::MAX);
        let state = if info.pending_update_count > MANY { State::Warn } else { State::Ok };
        lines.push(line(state, "bot-diag-pending", &args!["count" => count]));
    }
    lines.push(match found.rows.last_update {
        Some(at) => line(State::Ok, "bot-diag-last", &args!["time" => reader.date_time(at)]),
        None => line(State::Warn, "bot-diag-last-none", &none),
    });
    if found.unknown_answers > 0 {
        let unknown = args!["count" => count(found.unknown_answers)];
        lines.push(line(State::Warn, "bot-diag-answers-unknown", &unknown));
    }
    if found.panels.is_empty() {
        lines.push(line(State::Fail, "bot-diag-panel-none", &none));
    }
    lines.extend(found.panels.iter().map(|panel| panel_line(reader, panel)));
    let rows = &found.rows;
    lines.push(match (rows.waiting_events, rows.refused_events) {
        (0, 0) => line(State::Ok, "bot-diag-pay-ok", &none),
        (0, refused) => line(State::Warn, "bot-diag-pay-refused", &args!["count" => count(refused)]),
        (waiting, _) => line(State::Fail, "bot-diag-pay-waiting", &args!["count" => count(waiting)]),
    });
    lines.push(match (rows.overdue_jobs, rows.dead_jobs) {
        (0, 0) => line(State::Ok, "bot-diag-queue-ok", &none),
        (0, dead) => line(State::Warn, "bot-diag-queue-dead", &args!["count" => count(dead)]),
        (late, _) => line(State::Fail, "bot-diag-queue-late", &args!["count" => count(late)]),
    });
    lines.push(line(State::Ok, "bot-diag-version", &args!["version" => env!("CARGO_PKG_VERSION")]));
    lines
}

/// What Telegram said when it was told everything again.
pub fn mended(reader: Reader, mended: &Mended) -> Vec<Line> {
    let line = |said: &Result<(), ApiError>, taken: &str, refused: &str| match said {
        Ok(()) => Line { state: State::Ok, text: reader.plain(taken, &args![]) },
        Err(error) => {
            let values = args!["reason" => refusal(reader, error)];
            Line { state: State::Fail, text: reader.plain(refused, &values) }
        }
    };
    let address = match &mended.webhook {
        Some(said) => line(said, "bot-diag-mended-webhook-ok", "bot-diag-mended-webhook-failed"),
        None => Line { state: State::Ok, text: reader.plain("bot-diag-mended-polling", &args![]) },
    };
    let commands = &mended.commands;
    vec![address, line(commands, "bot-diag-mended-commands-ok", "bot-diag-mended-commands-failed")]
}

/// In Telegram's own words where it said why.
fn refusal(reader: Reader, error: &ApiError) -> String {
    let (key, values) = match error {
        ApiError::BadRequest(reason)
        | ApiError::Forbidden(reason)
        | ApiError::Conflict(reason)
        | ApiError::NotEditable(reason) => return reason.clone(),
        ApiError::RetryAfter(seconds) => {
            let seconds = count(*seconds);
            ("bot-diag-mended-reason-wait", args!["seconds" => seconds])
        }
        ApiError::Unauthorized => ("bot-diag-mended-reason-token", args![]),
        ApiError::NotModified
        | ApiError::NoConnection(_)
        | ApiError::Trouble(_)
        | ApiError::Unavailable(_) => ("bot-diag-mended-reason-silent", args![]),
    };
    reader.plain(key, &values)
}

fn updates(reader: Reader, found: &Findings, info: &WebhookInfo) -> Line {
    let lately = info.last_error_date.is_some_and(|at| (found.now - LATELY).timestamp() < at);
    let (state, key) = match (info.url.is_empty(), lately) {
        (true, _) => (State::Ok, "bot-diag-updates-polling"),
        (false, false) => (State::Ok, "bot-diag-updates-webhook"),
        (false, true) => (State::Warn, "bot-diag-updates-failing"),
    };
    Line { state, text: reader.plain(key, &args![]) }
}

fn panel_line(reader: Reader, panel: &Answered) -> Line {
    let took = i64::try_from(panel.took.as_millis()).unwrap_or(i64::MAX);
    let values = args!["panel" => &panel.name, "ms" => took];
    let (state, key) = match &panel.outcome {
        Ok(()) if panel.took.as_millis() > SLOW_MS => (State::Warn, "bot-diag-panel-slow"),
        Ok(()) => (State::Ok, "bot-diag-panel-ok"),
        Err(PanelError::Credentials | PanelError::Forbidden) => (State::Fail, "bot-diag-panel-refused"),
        Err(_) => (State::Fail, "bot-diag-panel-silent"),
    };
    Line { state, text: reader.plain(key, &values) }
}

fn count(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Offset as _, Utc};
    use domain::{
        locale::{Locale, Voice},
        shop::stat::health::Rows,
    };
    use rstest::rstest;

    use super::*;

    fn sound() -> Findings {
        Findings {
            username: "fastline_bot".into(),
            token: Ok(()),
            webhook: Ok(WebhookInfo { url: String::new(), pending_update_count: 0, last_error_date: None }),
            panels: vec![panel(Ok(()), 40)],
            rows: Rows { last_update: Some(DateTime::UNIX_EPOCH), ..Rows::default() },
            unknown_answers: 0,
            now: DateTime::UNIX_EPOCH + Duration::days(1),
        }
    }

    #[rstest]
    #[case(Ok(()), "has taken our address")]
    #[case(Err(ApiError::BadRequest("bad webhook: HTTPS url must be provided".into())), "address: bad webhook")]
    #[case(Err(ApiError::RetryAfter(7)), "wait for 7 s")]
    #[case(Err(ApiError::Unauthorized), "refuses the token")]
    #[case(Err(ApiError::Unavailable("reset".into())), "does not answer us")]
    fn what_telegram_said_to_being_told_again_is_shown(
        #[case] said: Result<(), ApiError>,
        #[case] words: &str,
    ) {
        let reader = Reader { locale: Locale::En, zone: Utc.fix(), voice: Voice::OURS, calendar: None };
        let is_ok = said.is_ok();
        let lines = mended(reader, &Mended { webhook: Some(said), commands: Ok(()) });
        let text = lines[0].text.replace(['\u{2068}', '\u{2069}'], "");
        assert!(text.contains(words), "{text}");
        assert_eq!(lines[0].state == State::Ok, is_ok);
        assert_eq!(lines[1].state, State::Ok, "{lines:?}");
    }

    fn panel(outcome: Result<(), PanelError>, ms: u64) -> Answered {
        Answered { name: "Frankfurt".into(), outcome, took: std::time::Duration::from_millis(ms) }
    }

    fn webhook(error: Option<i64>, pending: u64) -> WebhookInfo {
        WebhookInfo { url: "https://b".into(), pending_update_count: pending, last_error_date: error }
    }

    #[rstest]
    #[case::all_is_well(|_: &mut Findings| {}, State::Ok)]
    #[case::the_token_was_revoked(|found: &mut Findings| found.token = Err(ApiError::Unauthorized), State::Fail)]
    #[case::many_updates_wait(|found: &mut Findings| found.webhook = Ok(webhook(None, 51)), State::Warn)]
    #[case::the_webhook_fails_now(|found: &mut Findings| found.webhook = Ok(webhook(Some(86_000), 0)), State::Warn)]
    #[case::the_webhook_failed_yesterday(|found: &mut Findings| found.webhook = Ok(webhook(Some(60), 0)), State::Ok)]
    #[case::nobody_has_written(|found: &mut Findings| found.rows.last_update = None, State::Warn)]
    #[case::answers_got_lost(|found: &mut Findings| found.unknown_answers = 3, State::Warn)]
    #[case::no_panel(|found: &mut Findings| found.panels.clear(), State::Fail)]
    #[case::a_slow_panel(|found: &mut Findings| found.panels = vec![panel(Ok(()), 3_000)], State::Warn)]
    #[case::a_panel_is_down(|found: &mut Findings| found.panels = vec![panel(Err(PanelError::Timeout), 5_000)], State::Fail)]
    #[case::a_payment_waits(|found: &mut Findings| found.rows.waiting_events = 1, State::Fail)]
    #[case::a_forged_webhook(|found: &mut Findings| found.rows.refused_events = 2, State::Warn)]
    #[case::work_is_late(|found: &mut Findings| found.rows.overdue_jobs = 1, State::Fail)]
    #[case::work_was_given_up(|found: &mut Findings| found.rows.dead_jobs = 1, State::Warn)]
    fn each_trouble_is_a_line(#[case] trouble: fn(&mut Findings), #[case] worst: State) {
        let reader = Reader { locale: Locale::En, zone: Utc.fix(), voice: Voice::OURS, calendar: None };
        let mut found = sound();
        trouble(&mut found);
        let lines = lines(reader, &found);
        let bad: Vec<_> = lines.iter().filter(|line| line.state != State::Ok).collect();
        match worst {
            State::Ok => assert!(bad.is_empty(), "{bad:?}"),
            worst => assert!(bad.len() == 1 && bad[0].state == worst, "{bad:?}"),
        }
    }
}
