//! The lines of a panel's check, in the reader's language.

use app::{
    components::CheckState,
    pages::panel::{PanelCheck as ShownCheck, PanelCheckKind, PanelChecks},
};
use chrono::Duration;
use domain::{
    args,
    entities::master::tenant::TenantKind,
    locale::{self, Locale, format},
    platform::tenant::{
        panel,
        panel_check::{PanelCheckReport, ReportedLine, Stage},
    },
    ports::PanelCheck,
};

/// One row for each line of the check: done, the one that runs, and those still to come.
pub fn shown_checks(
    locale: Locale,
    report: Option<&PanelCheckReport>,
    kind_of_shop: TenantKind,
) -> PanelChecks {
    let Some(report) = report else { return PanelChecks::default() };
    PanelChecks {
        rows: rows(locale, report, kind_of_shop),
        running: report.stage == Stage::Running,
        interrupted: report.stage == Stage::Interrupted,
        when: None,
    }
}

fn rows(locale: Locale, report: &PanelCheckReport, kind_of_shop: TenantKind) -> Vec<ShownCheck> {
    // Between the sandbox and its own panel there is no wire to listen on.
    let in_the_clear = report.url.starts_with("http://") && kind_of_shop == TenantKind::Live;
    let failed = report.lines.iter().any(|line| line.error.is_some());
    PanelCheck::ALL
        .into_iter()
        .enumerate()
        .map(|(index, check)| match report.lines.iter().find(|line| line.check == check) {
            Some(line) => shown_line(locale, line, in_the_clear),
            None => ShownCheck {
                kind: kind(check),
                state: match report.stage == Stage::Running && index == report.lines.len() && !failed {
                    true => CheckState::Running,
                    false => CheckState::Waiting,
                },
                detail: None,
                took: None,
            },
        })
        .collect()
}

fn shown_line(locale: Locale, line: &ReportedLine, in_the_clear: bool) -> ShownCheck {
    let problem = line.error.as_deref().map(|key| {
        let status = line.status.map_or_else(String::new, |status| status.to_string());
        locale::text(locale, key, &args!["status" => status])
    });
    let remark = match (line.check, line.found.as_deref()) {
        (PanelCheck::Version, Some(version)) if !panel::is_known_version(version) => {
            Some(locale::text(locale, "error-panel-version", &args!["version" => version]))
        }
        (PanelCheck::Connection, _) if in_the_clear => {
            Some(locale::text(locale, "web-panel-not-encrypted", &args![]))
        }
        _ => None,
    };
    let took = i64::try_from(line.took_ms).unwrap_or(i64::MAX);
    ShownCheck {
        kind: kind(line.check),
        state: match (&problem, &remark) {
            (Some(_), _) => CheckState::Failed,
            (None, Some(_)) => CheckState::Warned,
            (None, None) => CheckState::Passed,
        },
        detail: problem.or(remark).or_else(|| line.found.clone()),
        // Shorter ones read as "just now".
        took: (took >= 1000).then(|| format::duration(locale, Duration::milliseconds(took))),
    }
}

const fn kind(check: PanelCheck) -> PanelCheckKind {
    match check {
        PanelCheck::Address => PanelCheckKind::Address,
        PanelCheck::Connection => PanelCheckKind::Tls,
        PanelCheck::Login => PanelCheckKind::Login,
        PanelCheck::Version => PanelCheckKind::Version,
        PanelCheck::Inbounds => PanelCheckKind::Inbounds,
        PanelCheck::TestAccount => PanelCheckKind::TestUser,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(PanelCheck::Version, Some("0.8.4"), false, CheckState::Passed)]
    #[case(PanelCheck::Version, Some("0.9.1"), false, CheckState::Warned)]
    #[case(PanelCheck::Connection, None, false, CheckState::Passed)]
    #[case(PanelCheck::Connection, None, true, CheckState::Warned)]
    #[case(PanelCheck::Login, Some("admin"), true, CheckState::Passed)]
    fn what_passed_is_remarked_on_where_it_is_not_as_it_should_be(
        #[case] check: PanelCheck,
        #[case] found: Option<&str>,
        #[case] in_the_clear: bool,
        #[case] state: CheckState,
    ) {
        let found = found.map(str::to_owned);
        let line = ReportedLine { check, found, error: None, status: None, took_ms: 1 };
        assert_eq!(shown_line(Locale::En, &line, in_the_clear).state, state);
    }
}
