//! `/app/b/{bot}/staff`: the owner asks people in, changes what they may do, and sees what they did.

use app::{
    components::Choice,
    pages::dashboard::{StaffAct, StaffInvite, StaffPage, StaffRow},
};
use axum::extract::State;
use chrono::FixedOffset;
use domain::{
    args,
    entities::{
        master::membership::Role,
        tenant::{staff_act, staff_invite, staff_member},
    },
    ids::RowId,
    locale::{self, Locale, format},
    platform::bot::rules,
    shop::staff::{
        log::{self, Actor},
        rights::{GIVEN, Right, may},
        service::{self as staff, LINK},
    },
};

use super::overview;
use crate::{
    state::AppState,
    web::{PageRequest, Post, WebError, WebResult, guard::ShopBot},
};

/// What was done, as far as it is listed.
const ACTS: u64 = 25;

pub async fn get(State(state): State<AppState>, bot: ShopBot, mut page: PageRequest) -> WebResult {
    owner_only(&bot)?;
    let (locale, zone) = (page.locale(), bot.shop.zone());
    let tx = bot.shop.db.read().await?;
    let (members, invites) = (staff::all(&tx).await?, staff::invites(&tx).await?);
    let acts = log::latest(&tx, ACTS).await?;
    drop(tx);
    overview::place(&mut page, &state, &bot).await?;
    let username = bot.bot.username.as_deref().unwrap_or_default();
    page.show(StaffPage {
        bot: overview::summary_of(&bot.bot),
        members: members.into_iter().map(|row| member(locale, zone, row)).collect(),
        invites: invites.into_iter().map(|row| invite(locale, zone, username, row)).collect(),
        acts: acts.into_iter().map(|row| act(locale, zone, row)).collect(),
        roles: GIVEN.map(|role| choice(locale, role)).into(),
    })
}

pub async fn post(bot: ShopBot, post: Post) -> WebResult {
    owner_only(&bot)?;
    let account = &bot.shop.person.account;
    let actor = Actor { by: account.id.to_string(), name: account.email.clone() };
    let role = GIVEN.into_iter().find(|role| code(*role) == post.field("role"));
    let id = post.field("id").parse::<RowId>();
    let own = format!("{}/staff", overview::summary_of(&bot.bot).href());
    let tx = bot.shop.db.write().await?;
    let said = match (post.act(), role, id) {
        ("invite", Some(role), _) => {
            staff::invite(&tx, &actor, bot.bot.id, role).await?;
            "web-flash-staff-invited"
        }
        ("withdraw", _, Ok(id)) => {
            staff::withdraw(&tx, id).await?;
            "web-flash-staff-withdrawn"
        }
        ("role", Some(role), Ok(id)) => match staff::change(&tx, &actor, id, role).await? {
            true => "web-flash-saved",
            false => return gone(tx, &post),
        },
        ("remove", _, Ok(id)) => match staff::remove(&tx, &actor, id).await? {
            Some(_) => "web-flash-staff-removed",
            None => return gone(tx, &post),
        },
        _ => return Err(WebError::NotFound),
    };
    tx.commit().await?;
    Ok(post.done(&own, said, &args![]))
}

/// Somebody else of the shop was faster.
fn gone(tx: domain::db::TenantTx, post: &Post) -> WebResult {
    drop(tx);
    Ok(post.failed("error-staff-gone", &args![]))
}

/// To everybody else the page is as absent as a foreign bot's.
fn owner_only(bot: &ShopBot) -> Result<(), WebError> {
    if may(bot.shop.person.role, Right::Staff) { Ok(()) } else { Err(WebError::NotFound) }
}

fn member(locale: Locale, zone: FixedOffset, row: staff_member::Model) -> StaffRow {
    let since = args!["date" => format::date(locale, row.created_at, zone)];
    StaffRow {
        id: row.id.to_string(),
        name: row.name,
        telegram_id: row.telegram_id.to_string(),
        role: code(row.role).to_owned(),
        since: locale::text(locale, "web-staff-since", &since),
    }
}

fn invite(locale: Locale, zone: FixedOffset, username: &str, row: staff_invite::Model) -> StaffInvite {
    let until = args!["time" => format::date_time(locale, row.expires_at, zone)];
    StaffInvite {
        id: row.id.to_string(),
        role: choice(locale, row.role).label,
        link: format!("{}?start={LINK}{}", rules::link(username), row.nonce),
        until: locale::text(locale, "web-staff-until", &until),
    }
}

fn act(locale: Locale, zone: FixedOffset, row: staff_act::Model) -> StaffAct {
    StaffAct {
        name: row.name,
        deed: locale::text(locale, &format!("web-staff-act-{}", row.deed.code()), &args![]),
        time: format::date_time_short(locale, row.at, zone),
    }
}

fn choice(locale: Locale, role: Role) -> Choice {
    let (label, hint) = match role {
        Role::Owner => ("web-staff-role-owner", "web-staff-role-owner-hint"),
        Role::Manager => ("web-staff-role-manager", "web-staff-role-manager-hint"),
        Role::Support => ("web-staff-role-support", "web-staff-role-support-hint"),
        Role::Analyst => ("web-staff-role-analyst", "web-staff-role-analyst-hint"),
    };
    let text = |key| locale::text(locale, key, &args![]);
    Choice::new(code(role), text(label)).with_hint(text(hint))
}

const fn code(role: Role) -> &'static str {
    match role {
        Role::Owner => "owner",
        Role::Manager => "manager",
        Role::Support => "support",
        Role::Analyst => "analyst",
    }
}
