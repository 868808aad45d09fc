//! What the shop's people do in the bot. Nobody else sees anything of it, and each sees what his role
//! may do.

pub mod broadcasts;
pub mod health;
pub mod join;
pub mod maintenance;
pub mod promos;
pub mod receipts;
pub mod sale;
pub mod stats;
pub mod tickets;
pub mod users;
pub mod view;

use domain::{
    args,
    entities::{master::membership::Role, tenant::staff_act},
    events::EventKind,
    platform::bot,
    shop::{
        broadcast::by_staff::Step,
        chat::dialogue::StaffAsk,
        receipt::service as receipt_rows,
        staff::{
            log::Actor,
            rights::{Right, may},
            service as staff,
        },
        stat::period::Period,
        support::list as ticket_list,
    },
};

use super::menu;
use crate::{callback::Act, context::ShopCtx, error::BotError};

/// The sender's role; `None` for a user.
pub async fn role_of(ctx: &ShopCtx) -> Result<Option<Role>, BotError> {
    let id = ctx.user().telegram_id;
    let master = ctx.services().store.master();
    let owner = bot::service::find(master, ctx.bot().id).await?.and_then(|row| row.owner_telegram_id);
    if owner == Some(id) {
        return Ok(Some(Role::Owner));
    }
    let tx = ctx.db().read().await?;
    let member = staff::find(&tx, id).await?;
    Ok(member.filter(|_| ctx.user().banned_at.is_none()).map(|member| member.role))
}

/// Whether the sender may do this.
pub async fn has(ctx: &ShopCtx, right: Right) -> Result<bool, BotError> {
    Ok(role_of(ctx).await?.is_some_and(|role| may(role, right)))
}

/// Who is written down as having done something here.
pub fn actor(ctx: &ShopCtx) -> Actor {
    Actor { by: format!("bot:{}", ctx.user().telegram_id), name: staff::name_of(ctx.user()) }
}

/// `/admin`; to everybody else a word that we do not know.
pub async fn command(ctx: ShopCtx) -> Result<(), BotError> {
    by_command(ctx, Act::Home).await
}

/// `/stats`.
pub async fn stats_command(ctx: ShopCtx) -> Result<(), BotError> {
    by_command(ctx, Act::Stats(Period::Today)).await
}

/// `/diag`.
pub async fn diag_command(ctx: ShopCtx) -> Result<(), BotError> {
    by_command(ctx, Act::Diagnose).await
}

async fn by_command(ctx: ShopCtx, act: Act) -> Result<(), BotError> {
    match role_of(&ctx).await? {
        Some(role) => run(ctx, role, act).await,
        None => menu::unknown(ctx).await,
    }
}

/// A button of staff. Under an old message of somebody who is staff no more, it is a stale one.
pub async fn pressed(ctx: ShopCtx, act: Act) -> Result<(), BotError> {
    match role_of(&ctx).await? {
        Some(role) => run(ctx, role, act).await,
        None => menu::stale(ctx).await,
    }
}

/// What staff was asked for, and answered.
pub async fn typed(ctx: ShopCtx, about: StaffAsk) -> Result<(), BotError> {
    let right = match about {
        StaffAsk::Find => Right::Users,
        StaffAsk::Days(_) => Right::Give,
        StaffAsk::Message(_) => Right::Message,
        StaffAsk::Promo => Right::Promos,
        StaffAsk::Maintenance => Right::Maintenance,
        StaffAsk::Broadcast(_) => Right::Broadcasts,
    };
    if !has(&ctx, right).await? {
        return menu::cancel(ctx).await;
    }
    match about {
        StaffAsk::Find => users::found(ctx).await,
        StaffAsk::Days(user) => users::days(ctx, user).await,
        StaffAsk::Message(user) => users::send(ctx, user).await,
        StaffAsk::Promo => promos::named(ctx).await,
        StaffAsk::Maintenance => maintenance::words(ctx).await,
        StaffAsk::Broadcast(segment) => broadcasts::written(ctx, segment).await,
    }
}

async fn run(ctx: ShopCtx, role: Role, act: Act) -> Result<(), BotError> {
    if act.right().is_some_and(|right| !may(role, right)) {
        ctx.toast("bot-admin-toast-rights", &args![]).await;
        return ctx.show(view::no_rights(ctx.reader())).await;
    }
    match act {
        Act::Home => home(ctx, role).await,
        Act::Find => users::ask(ctx).await,
        Act::User(id) => users::card(ctx, role, id).await,
        Act::Extend(id) => users::ask_days(ctx, id).await,
        Act::ExtendBy { user, days, seen } => users::extend(ctx, role, (user, days.into(), seen)).await,
        Act::Gifts(id) => users::gifts(ctx, id).await,
        Act::GiftAsk { user, plan } => users::ask_gift(ctx, user, plan).await,
        Act::Gift { user, plan, seen } => users::gift(ctx, role, (user, plan, seen)).await,
        Act::Write(id) => users::ask_message(ctx, id).await,
        Act::BanAsk(id) => users::ask_ban(ctx, id).await,
        Act::Ban { user, reason } => users::ban(ctx, role, user, reason).await,
        Act::UnbanAsk(id) => users::ask_unban(ctx, id).await,
        Act::Unban(id) => users::unban(ctx, role, id).await,
        Act::Receipts => receipts::list(ctx).await,
        Act::Receipt(id) => receipts::show(ctx, id).await,
        Act::ReceiptYes(id) => receipts::approve(ctx, id).await,
        Act::ReceiptNo(id) => receipts::ask_why(ctx, id).await,
        Act::ReceiptWhy { receipt, reason } => receipts::reject(ctx, receipt, reason).await,
        Act::Plans => sale::plans(ctx).await,
        Act::Plan { plan, on } => sale::switch(ctx, plan, on).await,
        Act::Promos => promos::ask(ctx).await,
        Act::PromoOf(percent) => promos::made(ctx, percent.into()).await,
        Act::Tickets(page) => tickets::list(ctx, page).await,
        Act::Ticket(id) => tickets::thread(ctx, id).await,
        Act::Maintenance => maintenance::show(ctx).await,
        Act::MaintainAsk => maintenance::ask(ctx).await,
        Act::Maintain(on) => maintenance::switch(ctx, on).await,
        Act::MaintenanceText => maintenance::ask_words(ctx).await,
        Act::MaintenanceOwn => maintenance::forget_words(ctx).await,
        Act::Stats(period) => stats::show(ctx, period).await,
        Act::Chart(period) => stats::chart(ctx, period).await,
        Act::Report => stats::report(ctx).await,
        Act::ReportAt(hour) => stats::report_at(ctx, hour.map(u32::from)).await,
        Act::Diagnose => health::show(ctx, role).await,
        Act::Mend => health::mend(ctx, role).await,
        Act::Broadcasts => broadcasts::home(ctx).await,
        Act::BroadcastTo => broadcasts::segments(ctx).await,
        Act::BroadcastWrite(segment) => broadcasts::ask(ctx, segment).await,
        Act::Broadcast(id) => broadcasts::show(ctx, id).await,
        Act::BroadcastTest(id) => broadcasts::test(ctx, id).await,
        Act::BroadcastAsk(id) => broadcasts::ask_to_send(ctx, id).await,
        Act::BroadcastSend(id) => broadcasts::take(ctx, id, Step::Send).await,
        Act::BroadcastDiscard(id) => broadcasts::take(ctx, id, Step::Discard).await,
        Act::BroadcastPause(id) => broadcasts::take(ctx, id, Step::Pause).await,
        Act::BroadcastResume(id) => broadcasts::take(ctx, id, Step::Resume).await,
        Act::BroadcastStopAsk(id) => broadcasts::ask_to_stop(ctx, id).await,
        Act::BroadcastStop(id) => broadcasts::take(ctx, id, Step::Stop).await,
    }
}

async fn home(ctx: ShopCtx, role: Role) -> Result<(), BotError> {
    let tx = ctx.db().read().await?;
    let waiting = view::Waiting {
        receipts: receipt_rows::waiting(&tx).await?.len(),
        tickets: ticket_list::waiting(&tx).await?,
    };
    let member = staff::find(&tx, ctx.user().telegram_id).await?;
    drop(tx);
    if let Some(member) = member.filter(|member| member.bot_id != ctx.bot().id) {
        let tx = ctx.db().write().await?;
        staff::works_in(&tx, member, ctx.bot().id).await?;
        tx.commit().await?;
    }
    let page = page(&ctx, "");
    ctx.show(view::home(ctx.reader(), role, waiting, page)).await
}

/// A page of the panel, if Telegram takes a button that leads there: not to this machine.
pub(super) fn page(ctx: &ShopCtx, path: &str) -> Option<String> {
    let pages = &ctx.services().public_url;
    let is_taken =
        ctx.db().kind() != domain::entities::master::tenant::TenantKind::Live || pages.scheme() == "https";
    let path = format!("/app/b/{}{path}", ctx.bot().id);
    is_taken.then(|| pages.join(&path).ok()).flatten().map(String::from)
}

/// Tells whoever was second who was first.
pub(super) async fn already(ctx: &ShopCtx, first: Option<&staff_act::Model>) {
    match first {
        Some(act) => {
            let values = args!["name" => &act.name, "time" => ctx.reader().date_time(act.at)];
            ctx.toast("bot-admin-toast-already", &values).await;
        }
        None => ctx.toast("bot-admin-toast-changed", &args![]).await,
    }
}

/// Open pages show it at once.
pub(super) fn announce(ctx: &ShopCtx, kind: EventKind) {
    ctx.services().events.publish(ctx.bot().tenant, kind, None);
}
