//! `/app/b/{bot}/notifications`: what the shop tells its users, and when.

use app::{
    FormState,
    components::Choice,
    pages::dashboard::{NoticeSwitch, NoticesPage},
};
use axum::extract::State;
use chrono::{DateTime, Duration, Offset as _, Utc};
use domain::{
    args,
    locale::{self, Locale, format},
    shop::notification::{
        choices::{self, ShopChoice},
        hours::Hours,
        kind::NoticeKind,
    },
};

use super::overview;
use crate::{
    state::AppState,
    web::{PageRequest, Post, WebResult, guard::ShopBot},
};

pub async fn get(State(state): State<AppState>, bot: ShopBot, mut page: PageRequest) -> WebResult {
    let locale = page.locale();
    let tx = bot.shop.db.read().await?;
    let shop = choices::of_shop(&tx).await?;
    drop(tx);
    overview::place(&mut page, &state, &bot).await?;
    let stored = || {
        let hour = |minute: u16| (minute / 60).to_string();
        FormState::filled([("from", hour(shop.hours.from)), ("until", hour(shop.hours.until))])
    };
    let form = page.form_or(stored);
    page.show(NoticesPage {
        bot: overview::summary_of(&bot.bot),
        kinds: NoticeKind::ALL
            .into_iter()
            .map(|kind| switch(locale, kind, !shop.off.contains(&kind)))
            .collect(),
        hours: (0..24).map(|hour| Choice::new(hour.to_string(), time(locale, hour))).collect(),
        form,
    })
}

pub async fn post(State(_): State<AppState>, bot: ShopBot, post: Post) -> WebResult {
    let on = post.all("on");
    let hour = |name: &str| post.field(name).parse().ok().filter(|hour: &u16| *hour < 24);
    let (Some(from), Some(until)) = (hour("from"), hour("until")) else {
        let errors = ["from", "until"].into_iter().filter(|name| hour(name).is_none());
        let errors = errors.map(|name| post.error(name, "error-required", &args![])).collect();
        return Ok(post.refused(&["from", "until"], errors));
    };
    let off = NoticeKind::ALL.into_iter().filter(|kind| !on.contains(&kind.code())).collect();
    let tx = bot.shop.db.write().await?;
    choices::save_shop(&tx, &ShopChoice { off, hours: Hours::between(from, until) }).await?;
    tx.commit().await?;
    Ok(post.done(
        &format!("{}/notifications", overview::summary_of(&bot.bot).href()),
        "web-flash-notices-saved",
        &args![],
    ))
}

fn switch(locale: Locale, kind: NoticeKind, on: bool) -> NoticeSwitch {
    let code = kind.code();
    let say = |key: String| locale::text(locale, &key, &args![]);
    NoticeSwitch {
        code: code.to_owned(),
        title: say(format!("bot-notices-name-{code}")),
        text: say(format!("web-notices-kind-{code}")),
        on,
    }
}

fn time(locale: Locale, hour: i64) -> String {
    format::time_of_day(locale, DateTime::UNIX_EPOCH + Duration::hours(hour), Utc.fix())
}
