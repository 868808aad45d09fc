//! The shop's channel, which newcomers have to join first where its owner wants that.
//!
//! Nobody who pays is kept out, nobody is kept from asking the shop, and when Telegram does not say who
//! is in the channel everybody is let in.

mod members;
pub mod view;

use std::time::Duration;

use domain::{args, platform::bot, ports::ChatRank, shop::gate::service as gate};
use serde_json::json;

pub use self::members::Members;
use super::{admin, closed, menu, owner};
use crate::{
    api::ApiError,
    callback::Callback,
    context::ShopCtx,
    error::BotError,
    incoming::Event,
    probe::{Member, rank},
    schema::{Command, button, command},
};

/// How long somebody waits for Telegram's word.
const PATIENCE: Duration = Duration::from_secs(3);
/// Telegram's ways to say that it has never seen this person there (tdlib/td, `ContactsManager.cpp`).
const STRANGER: [&str; 3] = ["PARTICIPANT_ID_INVALID", "user not found", "invalid user_id"];

/// Whether this update ends at the gate.
pub async fn stops(ctx: &ShopCtx) -> Result<bool, BotError> {
    if ctx.first_step().is_some() || passes(ctx) || closed::is_closed(ctx.clone()).await {
        return Ok(false);
    }
    keeps_out(ctx).await
}

/// Whether the reader has to join the channel first.
pub async fn keeps_out(ctx: &ShopCtx) -> Result<bool, BotError> {
    let Some(channel) = ctx.gate() else { return Ok(false) };
    let tx = ctx.db().read().await?;
    let exempt = gate::is_exempt(&tx, ctx.user().id).await?;
    drop(tx);
    // Whoever runs the shop does not have to read its channel.
    Ok(!exempt && !is_inside(ctx, channel).await? && admin::role_of(ctx).await?.is_none())
}

/// The way in.
pub async fn show(ctx: ShopCtx) -> Result<(), BotError> {
    let Some(channel) = ctx.gate().map(str::to_owned) else { return menu::show(ctx).await };
    if says_joined(&ctx) {
        ctx.toast("bot-gate-toast-outside", &args![]).await;
    }
    ctx.show(view::join(ctx.reader(), &ctx.shop().name, &channel)).await
}

/// Whoever has joined comes this far.
pub async fn joined(ctx: ShopCtx) -> Result<(), BotError> {
    ctx.toast("bot-gate-toast-ok", &args![]).await;
    menu::show(ctx).await
}

/// Asking the shop, paying what is ordered, and what the bot says to everybody.
fn passes(ctx: &ShopCtx) -> bool {
    if owner::nonce_of(ctx.clone()).is_some() || admin::join::nonce_of(ctx.clone()).is_some() {
        return true;
    }
    if let Some(command) = command(ctx.clone()) {
        return matches!(
            command,
            Command::Support
                | Command::Help
                | Command::Id
                | Command::PaySupport
                | Command::Terms
                | Command::Cancel
        );
    }
    match button(ctx.clone()) {
        Some(
            Callback::Support
            | Callback::SupportNew
            | Callback::SupportAsk(_)
            | Callback::Tickets(_)
            | Callback::Ticket(_)
            | Callback::TicketReply(_)
            | Callback::TicketClose(_)
            | Callback::TicketRate { .. }
            | Callback::TicketAnswer(_)
            | Callback::TicketDone(_)
            | Callback::Check
            | Callback::CheckReport
            | Callback::OrderOpen(_)
            | Callback::OrderCheck(_)
            | Callback::ReceiptAsk(_)
            | Callback::WalletPay(_)
            | Callback::Languages
            | Callback::Language(_),
        ) => true,
        Some(_) => false,
        // An answer to what was asked.
        None => matches!(ctx.event(), Event::Message { .. }) && ctx.asked().is_some(),
    }
}

fn says_joined(ctx: &ShopCtx) -> bool {
    button(ctx.clone()) == Some(Callback::GateCheck)
}

async fn is_inside(ctx: &ShopCtx, channel: &str) -> Result<bool, BotError> {
    let (members, person) = (&ctx.services().members, (ctx.bot().id, ctx.user().telegram_id));
    // Who says that he has joined is believed by Telegram's word alone.
    if let Some(known) = members.known(person, ctx.now()).filter(|inside| *inside || !says_joined(ctx)) {
        return Ok(known);
    }
    let params = json!({ "chat_id": channel, "user_id": ctx.user().telegram_id });
    let inside = match ctx.bot().api.call_within::<Member>("getChatMember", &params, PATIENCE).await {
        Ok(member) => rank(&member) != ChatRank::Outside,
        Err(ApiError::BadRequest(reason)) if STRANGER.iter().any(|known| reason.contains(known)) => false,
        Err(ApiError::BadRequest(reason) | ApiError::Forbidden(reason)) => {
            tracing::warn!(bot = %ctx.bot().id, reason, "a channel's members are out of sight; all are let in");
            tell_owner(ctx, channel).await?;
            true
        }
        Err(error) => {
            tracing::info!(bot = %ctx.bot().id, %error, "Telegram does not say who is in a channel");
            return Ok(true);
        }
    };
    members.remember(person, inside, ctx.now());
    Ok(inside)
}

async fn tell_owner(ctx: &ShopCtx, channel: &str) -> Result<(), BotError> {
    let master = ctx.services().store.master();
    let owner = bot::service::find(master, ctx.bot().id).await?.and_then(|row| row.owner_telegram_id);
    let Some(owner) = owner else { return Ok(()) };
    let tx = ctx.db().write().await?;
    gate::lost(&tx, ctx.bot().id, owner, channel).await?;
    Ok(tx.commit().await?)
}
