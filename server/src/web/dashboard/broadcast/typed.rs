//! A broadcast as its form holds it, read and filled.

use std::collections::BTreeMap;

use app::{FormState, context::FieldError};
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, Utc};
use domain::{
    args,
    db::StoreError,
    entities::tenant::broadcast::{self, Segment},
    error::Explain as _,
    locale::{Locale, digits},
    shop::broadcast::{
        letter::{BUTTONS, Button, Letter, Place, Target, Wrong},
        service::{Draft, letter_of},
    },
};

use crate::web::Post;

/// All that is spoken, the shop's own first.
pub(super) fn languages(shop: Locale) -> [Locale; 3] {
    let mut all = Locale::ALL;
    all.sort_by_key(|locale| *locale != shop);
    all
}

pub(super) fn draft(post: &Post) -> Draft {
    let texts = Locale::ALL.into_iter().map(|locale| {
        let text = post.field(&format!("text_{}", locale.code())).replace("\r\n", "\n");
        (locale.code().to_owned(), text)
    });
    Draft {
        segment: Segment::from_code(post.field("segment")).unwrap_or(Segment::All),
        letter: Letter {
            texts: texts.filter(|(_, text)| !text.is_empty()).collect(),
            buttons: (1..=BUTTONS).filter_map(|number| button(post, number)).collect(),
        },
    }
}

fn button(post: &Post, number: usize) -> Option<Button> {
    let target = match post.field(&format!("button{number}_to")) {
        "link" => Target::Link(post.field(&format!("button{number}_link")).to_owned()),
        place => Target::Screen(Place::from_code(place)?),
    };
    let label = |locale: Locale| {
        let typed = post.optional(&format!("button{number}_label_{}", locale.code()))?;
        Some((locale.code().to_owned(), typed.to_owned()))
    };
    Some(Button { target, labels: Locale::ALL.into_iter().filter_map(label).collect() })
}

/// The fields that a refused form shows again.
pub(super) fn fields(post: &Post) -> Vec<&str> {
    post.fields().map(|(name, _)| name).filter(|name| *name != "act").collect()
}

/// Each at its field. A second button stands first when there is no first one.
pub(super) fn errors(post: &Post, wrong: &[Wrong]) -> Vec<FieldError> {
    let used: Vec<usize> = (1..=BUTTONS).filter(|number| button(post, *number).is_some()).collect();
    let number = |index: usize| used.get(index).copied().unwrap_or(index + 1);
    let field = |wrong: &Wrong| match wrong {
        Wrong::NoText(locale) | Wrong::Long { locale, .. } => format!("text_{}", locale.code()),
        Wrong::NoLabel { button, locale } | Wrong::LongLabel { button, locale } => {
            format!("button{}_label_{}", number(*button), locale.code())
        }
        Wrong::Link { button } => format!("button{}_link", number(*button)),
    };
    let explained = |wrong: &Wrong| {
        let (key, args) = wrong.explain()?;
        Some(post.error(&field(wrong), key, &args))
    };
    wrong.iter().filter_map(explained).collect()
}

/// What the form shows at first.
pub(super) fn filled(row: Option<&broadcast::Model>) -> Result<FormState, StoreError> {
    let Some(row) = row else {
        return Ok(FormState::filled([("segment", "all"), ("button1_to", "none"), ("button2_to", "none")]));
    };
    let letter = letter_of(row)?;
    let mut values: BTreeMap<String, String> = BTreeMap::from([("segment".into(), row.segment.code())]);
    for (code, text) in letter.texts {
        values.insert(format!("text_{code}"), text);
    }
    for number in 1..=BUTTONS {
        let Some(button) = letter.buttons.get(number - 1) else {
            values.insert(format!("button{number}_to"), "none".into());
            continue;
        };
        let (to, link) = match &button.target {
            Target::Link(link) => ("link", link.as_str()),
            Target::Screen(place) => (place.code(), ""),
        };
        values.insert(format!("button{number}_to"), to.into());
        values.insert(format!("button{number}_link"), link.into());
        for (code, label) in &button.labels {
            values.insert(format!("button{number}_label_{code}"), label.clone());
        }
    }
    Ok(FormState { values, errors: Vec::new() })
}

/// A day and a time by the shop's clock.
pub(super) fn time(post: &Post, zone: FixedOffset) -> Result<DateTime<Utc>, Vec<FieldError>> {
    let typed = |field: &str| digits::western(post.field(field));
    let day = typed("day").parse::<NaiveDate>();
    let time = NaiveTime::parse_from_str(&typed("time"), "%H:%M");
    match (&day, &time) {
        (Ok(day), Ok(time)) => {
            let at = day.and_time(*time).and_local_timezone(zone).single();
            at.map(|at| at.to_utc()).ok_or_else(|| vec![post.error("day", "error-promo-day", &args![])])
        }
        _ => {
            let day = day.is_err().then(|| post.error("day", "error-promo-day", &args![]));
            let time = time.is_err().then(|| post.error("time", "error-broadcast-time", &args![]));
            Err(day.into_iter().chain(time).collect())
        }
    }
}
