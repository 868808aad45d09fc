//! `/app/b/{bot}/invites`: what users get for bringing friends.

use app::{
    FormState,
    pages::dashboard::{InviteRow, InvitesPage},
};
use axum::extract::State;
use chrono::{Duration, FixedOffset};
use domain::{
    args,
    locale::{Locale, digits, format},
    shop::referral::{
        list::{self, Friend},
        rules::{MOST_DAYS, MOST_FRIENDS, Terms},
        service as referrals,
    },
};

use super::{overview, tickets::who};
use crate::{
    state::AppState,
    web::{PageRequest, Post, WebError, WebResult, guard::ShopBot},
};

/// Friends that are listed.
const SHOWN: u64 = 25;

pub async fn get(State(state): State<AppState>, bot: ShopBot, mut page: PageRequest) -> WebResult {
    let (locale, zone) = (page.locale(), bot.shop.zone());
    let tx = bot.shop.db.read().await?;
    let terms = referrals::terms(&tx).await?;
    let figures = list::figures(&tx, None).await?;
    let friends = list::friends(&tx, None, SHOWN).await?;
    drop(tx);
    overview::place(&mut page, &state, &bot).await?;
    let typed = |number: i64| number.to_string();
    let form = page.form_or(|| {
        FormState::filled([
            ("referrer_days", typed(terms.referrer_days)),
            ("referee_days", typed(terms.referee_days)),
            ("friends", typed(terms.friends)),
        ])
    });
    let count = |number: u64| format::number(locale, i64::try_from(number).unwrap_or(i64::MAX));
    page.show(InvitesPage {
        bot: overview::summary_of(&bot.bot),
        on: terms.on,
        invited: count(figures.invited),
        buying: count(figures.buying),
        given: format::duration(locale, Duration::seconds(figures.seconds)),
        rows: friends.into_iter().map(|friend| row(locale, zone, friend)).collect(),
        form,
    })
}

pub async fn post(bot: ShopBot, post: Post) -> WebResult {
    let tx = bot.shop.db.write().await?;
    let terms = referrals::terms(&tx).await?;
    let changed = match post.act() {
        "on" => Terms { on: true, ..terms },
        "off" => Terms { on: false, ..terms },
        "save" => {
            let mut errors = Vec::new();
            let mut read = |field: &str, least: i64, most: i64| {
                let number = digits::parse_number(post.field(field));
                let number = number.filter(|number| (least..=most).contains(number));
                if number.is_none() {
                    let limits = args!["min" => least, "max" => most];
                    errors.push(post.error(field, "error-number-range", &limits));
                }
                number.unwrap_or_default()
            };
            let changed = Terms {
                on: terms.on,
                referrer_days: read("referrer_days", 0, MOST_DAYS),
                referee_days: read("referee_days", 0, MOST_DAYS),
                friends: read("friends", 1, MOST_FRIENDS),
            };
            if !errors.is_empty() {
                return Ok(post.refused(&["referrer_days", "referee_days", "friends"], errors));
            }
            changed
        }
        _ => return Err(WebError::NotFound),
    };
    referrals::set_terms(&tx, changed).await?;
    tx.commit().await?;
    let own = format!("{}/invites", overview::summary_of(&bot.bot).href());
    Ok(post.done(&own, "web-flash-saved", &args![]))
}

fn row(locale: Locale, zone: FixedOffset, friend: Friend) -> InviteRow {
    InviteRow {
        referee: who(friend.referee.as_ref()),
        referrer: who(friend.referrer.as_ref()),
        state: friend.row.state,
        bonus: (friend.seconds > 0).then(|| format::duration(locale, Duration::seconds(friend.seconds))),
        time: format::date_time_short(locale, friend.at, zone),
    }
}
