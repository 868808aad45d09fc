//! A bot's token: checked with Telegram, held by one tenant only, sealed, shown as a hint.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, SqlErr,
};
use secrecy::SecretString;
use serde_json::json;

use super::{
    rules::{self, BadToken},
    service::{self, BotError},
};
use crate::{
    args,
    db::{Conn, MasterDb, MasterTx, SealedIn, Sealer, StoreError},
    entities::master::{
        bot_instance::{self, BotState, COLUMN, Entity},
        deployment_step::{Step, StepState},
        tenant,
    },
    error::Explain,
    ids::{AccountId, BotId, TenantId},
    locale::Args,
    platform::{
        audit, deployment,
        package::limits::{self, LimitReached},
    },
    ports::{BotProfile, ProbeError, TelegramProbe},
};

/// Why a token is not taken.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    #[error(transparent)]
    Form(#[from] BadToken),
    #[error("Telegram does not accept the token")]
    Revoked,
    #[error("Telegram does not answer")]
    Unreachable,
    /// Another tenant's live bot has it. Nothing tells whose.
    #[error("the bot belongs to another shop")]
    Taken,
    /// The token of another bot than the one whose token is changed.
    #[error("the token belongs to another bot")]
    OtherBot { username: String },
    #[error(transparent)]
    Limit(#[from] LimitReached),
    #[error(transparent)]
    Bot(#[from] BotError),
    #[error(transparent)]
    Internal(#[from] StoreError),
}

impl Explain for TokenError {
    fn explain(&self) -> Option<(&'static str, Args)> {
        match self {
            Self::Form(BadToken::Format) => Some(("error-token-format", args![])),
            Self::Form(BadToken::ChatId) => Some(("error-token-chat-id", args![])),
            Self::Revoked => Some(("error-token-revoked", args![])),
            Self::Unreachable => Some(("error-telegram-unreachable", args![])),
            Self::Taken => Some(("error-token-taken", args![])),
            Self::OtherBot { username } => {
                Some(("error-token-other-bot", args!["bot" => format!("@{username}")]))
            }
            Self::Limit(limit) => limit.explain(),
            Self::Bot(error) => error.explain(),
            Self::Internal(_) => None,
        }
    }
}

/// Connects the bot of a typed token to the tenant: a new bot, a draft's other bot, or a new token
/// of a bot that the tenant has.
///
/// # Errors
/// [`TokenError`].
pub async fn connect(
    master: &MasterDb,
    probe: &dyn TelegramProbe,
    account: AccountId,
    tenant: TenantId,
    typed: &SecretString,
) -> Result<bot_instance::Model, TokenError> {
    let token = rules::read_token(typed)?;
    let profile = look_up(probe, &token).await?;
    let tx = master.write().await?;
    let own = service::of_tenant(&tx, tenant).await?;
    let same = own.iter().find(|bot| bot.telegram_id == Some(profile.telegram_id));
    let draft = own.iter().find(|bot| bot.state == BotState::Draft);
    let bot = match same.or(draft) {
        Some(bot) => store(&tx, master.sealer(), bot.clone(), &profile, &token).await?,
        None => {
            let owner = tenant::Entity::find_by_id(tenant).one(tx.raw()).await.map_err(StoreError::from)?;
            let customer = owner.ok_or(StoreError::NoTenant(tenant))?.customer_id;
            limits::check_bots(&tx, customer, tx.platform_now()).await??;
            insert(&tx, master.sealer(), tenant, &profile, &token).await?
        }
    };
    let progress = deployment::for_bot(&tx, tenant, bot.id).await?;
    let detail = format!("{} @{}", profile.name, profile.username);
    deployment::mark(&tx, &progress, Step::TokenChecked, StepState::Done, Some(&detail), None).await?;
    note(&tx, account, &bot, "bot.connect").await?;
    deployment::commit_step(tx, Step::TokenChecked).await?;
    Ok(bot)
}

/// Gives a bot a new token of the same bot, and sets one that waited for it running again.
///
/// # Errors
/// [`TokenError`].
pub async fn rotate(
    master: &MasterDb,
    probe: &dyn TelegramProbe,
    account: AccountId,
    bot: &bot_instance::Model,
    typed: &SecretString,
) -> Result<bot_instance::Model, TokenError> {
    let token = rules::read_token(typed)?;
    let profile = look_up(probe, &token).await?;
    if bot.telegram_id.is_some_and(|known| known != profile.telegram_id) {
        return Err(TokenError::OtherBot { username: profile.username });
    }
    let tx = master.write().await?;
    let current = service::find(&tx, bot.id).await?.ok_or(BotError::Changed)?;
    let changed = store(&tx, master.sealer(), current, &profile, &token).await?;
    note(&tx, account, &changed, "bot.rotate_token").await?;
    tx.commit().await?;
    Ok(changed)
}

/// The bot's token, opened.
///
/// # Errors
/// [`StoreError`].
pub fn open(master: &MasterDb, bot: &bot_instance::Model) -> Result<Option<SecretString>, StoreError> {
    match &bot.sealed_token {
        Some(sealed) => Ok(Some(master.sealer().open(place(bot.id), sealed)?)),
        None => Ok(None),
    }
}

/// What Telegram sends in `X-Telegram-Bot-Api-Secret-Token`: hex, and another one for each token.
pub fn webhook_secret(sealer: &Sealer, bot: &bot_instance::Model) -> SecretString {
    sealer.fingerprint("telegram-webhook", format!("{}:{}", bot.id, bot.secret_epoch).as_bytes()).into()
}

async fn look_up(probe: &dyn TelegramProbe, token: &SecretString) -> Result<BotProfile, TokenError> {
    probe.get_me(token).await.map_err(|error| match error {
        ProbeError::Unauthorized => TokenError::Revoked,
        _ => TokenError::Unreachable,
    })
}

async fn store(
    tx: &MasterTx,
    sealer: &Sealer,
    bot: bot_instance::Model,
    profile: &BotProfile,
    token: &SecretString,
) -> Result<bot_instance::Model, TokenError> {
    refuse_taken(tx, bot.tenant_id, profile).await?;
    // Whoever takes a new token at BotFather ends the old one: that Telegram refuses that may be noted at
    // this very moment, and would leave the bot waiting for the token that it has.
    let bot = service::lock(tx, bot.id).await?.ok_or(BotError::Changed)?;
    let other_bot = bot.telegram_id != Some(profile.telegram_id);
    let mut row = bot.clone().into_active_model();
    row.telegram_id = Set(Some(profile.telegram_id));
    row.username = Set(Some(profile.username.clone()));
    row.name = Set(Some(profile.name.clone()));
    row.sealed_token = Set(Some(sealer.seal(place(bot.id), token).map_err(StoreError::from)?));
    row.token_hint = Set(Some(rules::token_hint(token)));
    row.secret_epoch = Set(bot.secret_epoch + 1);
    if other_bot {
        row.owner_nonce = Set(nonce()?);
        row.owner_telegram_id = Set(None);
        row.channel = Set(None);
    }
    row.update(tx.raw()).await.map_err(taken)?;
    if bot.state == BotState::NeedsToken {
        let was_live = deployment::was_bot_live(tx, bot.id).await?;
        let next = if was_live { BotState::Live } else { BotState::Draft };
        service::set_state(tx, bot.id, next, None).await?;
    }
    Ok(service::find(tx, bot.id).await?.ok_or(BotError::Changed)?)
}

async fn insert(
    tx: &MasterTx,
    sealer: &Sealer,
    tenant: TenantId,
    profile: &BotProfile,
    token: &SecretString,
) -> Result<bot_instance::Model, TokenError> {
    refuse_taken(tx, tenant, profile).await?;
    let id = BotId::new();
    let bot = bot_instance::Model {
        id,
        tenant_id: tenant,
        public_id: nonce()?,
        telegram_id: Some(profile.telegram_id),
        username: Some(profile.username.clone()),
        name: Some(profile.name.clone()),
        sealed_token: Some(sealer.seal(place(id), token).map_err(StoreError::from)?),
        token_hint: Some(rules::token_hint(token)),
        state: BotState::Draft,
        reason: None,
        state_since: tx.now(),
        owner_nonce: nonce()?,
        owner_telegram_id: None,
        channel: None,
        restarts: 0,
        secret_epoch: 1,
        webhook_set: None,
        created_at: tx.now(),
    };
    let row = bot_instance::ActiveModel::from(bot.clone()).reset_all();
    Entity::insert(row).exec_without_returning(tx.raw()).await.map_err(taken)?;
    Ok(bot)
}

async fn refuse_taken(tx: &MasterTx, tenant: TenantId, profile: &BotProfile) -> Result<(), TokenError> {
    let holder = Entity::find()
        .filter(COLUMN.telegram_id.eq(Some(profile.telegram_id)))
        .filter(COLUMN.state.ne(BotState::Deleted))
        .one(tx.raw())
        .await
        .map_err(StoreError::from)?;
    match holder {
        Some(bot) if bot.tenant_id != tenant => Err(TokenError::Taken),
        _ => Ok(()),
    }
}

/// The index over live bots refused: another tenant was quicker.
fn taken(error: DbErr) -> TokenError {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => TokenError::Taken,
        _ => TokenError::Internal(error.into()),
    }
}

async fn note(
    tx: &MasterTx,
    account: AccountId,
    bot: &bot_instance::Model,
    action: &str,
) -> Result<(), StoreError> {
    let entry = audit::Entry {
        account: Some(account),
        tenant: Some(bot.tenant_id),
        action,
        subject: bot.id.to_string(),
        detail: json!({ "hint": bot.token_hint }),
    };
    audit::append(tx, entry).await
}

/// 128 random bits in hex: fits a deep link's 64 characters and cannot be guessed.
pub(super) fn nonce() -> Result<String, StoreError> {
    let key = Sealer::random_key()?;
    Ok(hex::encode(&key[..16]))
}

fn place(bot: BotId) -> SealedIn<'static> {
    SealedIn { table: "bot_instances", column: "sealed_token", row: bot.0 }
}
