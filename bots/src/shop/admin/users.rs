//! One user: found, looked at, given something, written to, shut out and let in again.

use domain::{
    args,
    entities::{master::membership::Role, tenant::staff_act::Deed},
    ids::{PlanId, UserId},
    locale::digits,
    platform::package::admission,
    shop::{
        chat::dialogue::{self as asked, Dialogue, StaffAsk},
        mail::service as mails,
        order,
        plan::service as plans,
        staff::{
            acts::{self, BanReason, MOST_DAYS, Outcome, Seen},
            log,
        },
        subscription::service as subscriptions,
        user::{search, service as users},
        wallet::service as wallet,
    },
};

use super::{
    actor, already,
    view::{self, Card},
};
use crate::{
    callback::Act,
    context::ShopCtx,
    error::BotError,
    incoming::Event,
    shop::{dialogue, menu},
};

/// Orders on the card.
const ORDERS: u64 = 3;

pub async fn ask(ctx: ShopCtx) -> Result<(), BotError> {
    dialogue::begin(&ctx, Dialogue::Staff { about: StaffAsk::Find }).await?;
    ctx.show(view::ask(ctx.reader(), "bot-admin-users-ask-body", Act::Home)).await
}

/// The question stands until somebody is chosen: a slip is mended by typing once more.
pub async fn found(ctx: ShopCtx) -> Result<(), BotError> {
    let Some(typed) = text_of(&ctx) else {
        return ctx.show(view::ask(ctx.reader(), "bot-admin-users-ask-body", Act::Home)).await;
    };
    let tx = ctx.db().read().await?;
    let mut people = search::search(&tx, &typed).await?;
    drop(tx);
    if people.len() == 1
        && let Some(person) = people.pop()
        && let Some(role) = super::role_of(&ctx).await?
    {
        return card(ctx, role, person.id).await;
    }
    ctx.show(view::found(ctx.reader(), &people)).await
}

pub async fn card(ctx: ShopCtx, role: Role, id: UserId) -> Result<(), BotError> {
    let tx = ctx.db().read().await?;
    let Some(user) = users::find(&tx, id).await? else {
        drop(tx);
        return ctx.show(view::nobody(ctx.reader())).await;
    };
    let subscription = match subscriptions::current_of(&tx, id).await? {
        Some(row) => {
            let plan = plans::find(&tx, row.plan_id).await?;
            let name = plan.map(|plan| plans::name_of(&plan, ctx.reader().locale));
            Some((row, name.unwrap_or_default()))
        }
        None => None,
    };
    let banned = match user.banned_at {
        Some(_) => log::last(&tx, id, &[Deed::Banned]).await?,
        None => None,
    };
    let mail = mails::find(&tx, id).await?;
    let card = Card {
        subscription,
        orders: order::service::of_user(&tx, id, ORDERS).await?,
        wallet: wallet::balances(&tx, id).await?,
        mail: mail.and_then(|row| Some((row.address.clone()?, mails::standing(&row)))),
        banned,
        now: ctx.now(),
        user,
    };
    drop(tx);
    ctx.show(view::card(ctx.reader(), role, &card)).await
}

pub async fn ask_days(ctx: ShopCtx, id: UserId) -> Result<(), BotError> {
    let Some((name, seen)) = whom(&ctx, id).await? else {
        return ctx.show(view::nobody(ctx.reader())).await;
    };
    let Some(seen) = seen else { return ctx.show(view::nothing_to_extend(ctx.reader(), id, &name)).await };
    dialogue::begin(&ctx, Dialogue::Staff { about: StaffAsk::Days(id) }).await?;
    ctx.show(view::ask_days(ctx.reader(), id, &name, seen)).await
}

/// A number of days was typed: it is shown once more before it is given.
pub async fn days(ctx: ShopCtx, id: UserId) -> Result<(), BotError> {
    let typed = text_of(&ctx).and_then(|text| digits::parse_number(&text));
    let days = typed.filter(|days| (1..=MOST_DAYS).contains(days)).and_then(|days| u16::try_from(days).ok());
    let Some(days) = days else {
        return ctx.show(view::days_again(ctx.reader(), id)).await;
    };
    match whom(&ctx, id).await? {
        Some((name, Some(seen))) => ctx.show(view::confirm_days(ctx.reader(), id, &name, (days, seen))).await,
        _ => ctx.show(view::nobody(ctx.reader())).await,
    }
}

pub async fn extend(ctx: ShopCtx, role: Role, given: (UserId, i64, Seen)) -> Result<(), BotError> {
    if let Some(tx) = ctx.effect().await? {
        let outcome = acts::extend(&tx, &actor(&ctx), ctx.bot().id, given).await?;
        asked::end(&tx, ctx.bot().id, ctx.user().telegram_id).await?;
        tx.commit().await?;
        say(&ctx, outcome, "bot-admin-toast-given").await;
    }
    card(ctx, role, given.0).await
}

pub async fn gifts(ctx: ShopCtx, id: UserId) -> Result<(), BotError> {
    let Some((name, _)) = whom(&ctx, id).await? else {
        return ctx.show(view::nobody(ctx.reader())).await;
    };
    let tx = ctx.db().read().await?;
    let offers = plans::offers(&tx).await?;
    drop(tx);
    ctx.show(view::gifts(ctx.reader(), id, &name, &offers)).await
}

pub async fn ask_gift(ctx: ShopCtx, id: UserId, plan: PlanId) -> Result<(), BotError> {
    let Some((name, seen)) = whom(&ctx, id).await? else {
        return ctx.show(view::nobody(ctx.reader())).await;
    };
    let tx = ctx.db().read().await?;
    let found = plans::find(&tx, plan).await?;
    drop(tx);
    let Some(plan) = found else { return menu::stale(ctx).await };
    let seen = seen.unwrap_or_else(|| Seen::of(None));
    ctx.show(view::confirm_gift(ctx.reader(), id, &name, (&plan, seen))).await
}

pub async fn gift(ctx: ShopCtx, role: Role, given: (UserId, PlanId, Seen)) -> Result<(), BotError> {
    if let Some(tx) = ctx.effect().await? {
        if !admission::admits(ctx.services().store.master(), &tx, given.0).await? {
            drop(tx);
            ctx.toast("bot-admin-toast-full", &args![]).await;
            return card(ctx, role, given.0).await;
        }
        let outcome = acts::gift(&tx, &actor(&ctx), ctx.bot().id, given).await?;
        tx.commit().await?;
        say(&ctx, outcome, "bot-admin-toast-given").await;
    }
    card(ctx, role, given.0).await
}

pub async fn ask_message(ctx: ShopCtx, id: UserId) -> Result<(), BotError> {
    let Some((name, _)) = whom(&ctx, id).await? else {
        return ctx.show(view::nobody(ctx.reader())).await;
    };
    dialogue::begin(&ctx, Dialogue::Staff { about: StaffAsk::Message(id) }).await?;
    ctx.show(view::ask_message(ctx.reader(), id, &name)).await
}

pub async fn send(ctx: ShopCtx, id: UserId) -> Result<(), BotError> {
    let Some(text) = text_of(&ctx) else {
        return ctx.show(view::ask(ctx.reader(), "bot-admin-message-err-text", Act::User(id))).await;
    };
    if text.chars().count() > acts::LONGEST {
        return ctx.show(view::message_too_long(ctx.reader(), id)).await;
    }
    if let Some(tx) = ctx.effect().await? {
        let origin = ctx.origin();
        acts::message(&tx, &actor(&ctx), ctx.bot().id, (id, &text, &origin)).await?;
        asked::end(&tx, ctx.bot().id, ctx.user().telegram_id).await?;
        tx.commit().await?;
    }
    ctx.show(view::message_sent(ctx.reader(), id)).await
}

pub async fn ask_ban(ctx: ShopCtx, id: UserId) -> Result<(), BotError> {
    match whom(&ctx, id).await? {
        Some((name, _)) => ctx.show(view::ask_ban(ctx.reader(), id, &name)).await,
        None => ctx.show(view::nobody(ctx.reader())).await,
    }
}

pub async fn ban(ctx: ShopCtx, role: Role, id: UserId, reason: BanReason) -> Result<(), BotError> {
    if let Some(tx) = ctx.effect().await? {
        let is_owner =
            users::find(&tx, id).await?.is_some_and(|user| Some(user.telegram_id) == ctx.bot().owner);
        let outcome = match is_owner {
            true => Outcome::IsStaff,
            false => acts::ban(&tx, &actor(&ctx), id, reason).await?,
        };
        tx.commit().await?;
        say(&ctx, outcome, "bot-admin-toast-banned").await;
    }
    card(ctx, role, id).await
}

pub async fn ask_unban(ctx: ShopCtx, id: UserId) -> Result<(), BotError> {
    match whom(&ctx, id).await? {
        Some((name, _)) => ctx.show(view::ask_unban(ctx.reader(), id, &name)).await,
        None => ctx.show(view::nobody(ctx.reader())).await,
    }
}

pub async fn unban(ctx: ShopCtx, role: Role, id: UserId) -> Result<(), BotError> {
    if let Some(tx) = ctx.effect().await? {
        let outcome = acts::unban(&tx, &actor(&ctx), id).await?;
        tx.commit().await?;
        say(&ctx, outcome, "bot-admin-toast-unbanned").await;
    }
    card(ctx, role, id).await
}

/// What came of it, at the top of the chat; the card below shows how things stand.
async fn say<T>(ctx: &ShopCtx, outcome: Outcome<T>, done: &'static str) {
    match outcome {
        Outcome::Done(_) => ctx.toast(done, &args![]).await,
        Outcome::Already(first) => already(ctx, first.as_ref()).await,
        Outcome::Nothing => ctx.toast("bot-admin-toast-nothing", &args![]).await,
        Outcome::NoPanel => ctx.toast("bot-admin-toast-panel", &args![]).await,
        Outcome::IsStaff => ctx.toast("bot-admin-toast-staff", &args![]).await,
    }
}

/// A user's name, and how his access stands if he has any.
async fn whom(ctx: &ShopCtx, id: UserId) -> Result<Option<(String, Option<Seen>)>, BotError> {
    let tx = ctx.db().read().await?;
    let Some(user) = users::find(&tx, id).await? else { return Ok(None) };
    let present = subscriptions::current_of(&tx, id).await?;
    let seen = present.as_ref().map(|row| Seen::of(Some(row)));
    Ok(Some((domain::shop::staff::service::name_of(&user), seen)))
}

pub(super) fn text_of(ctx: &ShopCtx) -> Option<String> {
    match ctx.event() {
        Event::Message { text: Some(text), .. } => Some(text.clone()),
        _ => None,
    }
}
