//! The jobs: what was queued leaves, once as far as anybody can tell. A process that dies between the
//! server's answer and our commit sends it again under the same Message-ID.

use chrono::{Duration, FixedOffset};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use url::Url;

use super::{
    code,
    compose::{Heading, compose},
    jobs::{SendCode, SendMail},
    rules, service,
    token::Token,
};
use crate::{
    args,
    db::{Conn, StoreError, TenantConn, TenantDb, TenantTx},
    entities::{
        master::bot_instance::BotState,
        tenant::{
            notification::{Entity, MailState, Model, NotificationState},
            user,
        },
    },
    ids::{BotId, RowId},
    jobs::{self, JobError},
    locale::{Locale, Voice},
    platform::{bot, tenant},
    ports::{Mail, MailError, Mailer, Notice, Notifier, NotifyError},
    shop::{
        link::service::are_reachable,
        notification::wanted::{Wanted, still_wanted},
        text, user as users,
    },
};

/// What a server has not taken by then is no news any more.
const STALE: Duration = Duration::days(2);

/// What mail needs of its process.
#[derive(Clone, Copy)]
pub struct Office<'a> {
    /// `None`: no mail is configured.
    pub mailer: Option<&'a dyn Mailer>,
    /// Puts notices into words.
    pub notifier: &'a dyn Notifier,
    /// Where people find our pages.
    pub pages: &'a Url,
}

/// Whether mail goes for a notice of which this became.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn is_due(
    tx: &impl TenantConn,
    row: &Model,
    notice: &Notice,
    told: NotificationState,
) -> Result<bool, StoreError> {
    if !rules::is_for_users(notice) {
        return Ok(false);
    }
    let Some(user) = users::service::find_by_telegram(tx, row.telegram_id).await? else { return Ok(false) };
    let address = service::open(tx, user.id).await?;
    Ok(address.is_some_and(|(_, comes)| rules::goes(comes, told)))
}

/// Mails one notification, if it is still wanted.
///
/// # Errors
/// [`JobError`].
pub async fn run(db: &TenantDb, office: Office<'_>, zone: FixedOffset, id: RowId) -> Result<(), JobError> {
    let tx = db.read().await?;
    let row = Entity::find_by_id(id).one(tx.raw()).await.map_err(StoreError::from)?;
    let Some(row) = row.filter(|row| row.mail == Some(MailState::Waiting)) else { return Ok(()) };
    let notice: Notice = serde_json::from_value(row.notice.clone()).map_err(JobError::fail)?;
    let user = users::service::find_by_telegram(&tx, row.telegram_id).await?;
    let address = match &user {
        Some(user) => service::open(&tx, user.id).await?,
        None => None,
    };
    let (Some(user), Some((address, _))) = (user, address) else {
        drop(tx);
        return keep(db, row, MailState::Suppressed).await;
    };
    let now = tx.now();
    let wanted = still_wanted(&tx, &row, &notice, zone).await?;
    let token = Token::sign(&tx, user.id, &address);
    let heading = heading(&tx, row.bot_id, &user).await?;
    drop(tx);
    match wanted {
        Wanted::Now => {}
        Wanted::No => return keep(db, row, MailState::Suppressed).await,
        Wanted::Later(at) => {
            let tx = db.write().await?;
            jobs::enqueue(&tx, &SendMail { notification: id }, at).await?;
            return Ok(tx.commit().await?);
        }
    }
    let is_stale = row.sent_at.is_some_and(|told| now - told > STALE);
    let (Some(mailer), false) = (office.mailer, is_stale) else {
        return keep(db, row, MailState::Failed).await;
    };
    let said = office.notifier.wording(db.tenant(), row.bot_id, row.telegram_id, &notice).await;
    let said = match said {
        Ok(Some(said)) => said,
        Ok(None) | Err(NotifyError::Failed(_) | NotifyError::Unknown(_)) => {
            return keep(db, row, MailState::Failed).await;
        }
        Err(NotifyError::Retry { reason, .. }) => return Err(JobError::retry(reason)),
    };
    let why = match row.state {
        NotificationState::Sent => "bot-mail-letter-why",
        _ => "bot-mail-letter-why-instead",
    };
    let pages = are_reachable(db.kind(), office.pages).then_some(office.pages);
    let heading = Heading { unsubscribe: pages.and_then(|pages| token.link(pages)), ..heading };
    let mail = compose(heading, id.to_string(), address, &said, why);
    let state = match mailer.send(&mail).await {
        Ok(()) => MailState::Sent,
        Err(MailError::Refused(reason)) => {
            tracing::info!(notification = %id, reason, "a user's address takes no mail");
            refuse(db, &user, &mail).await?;
            MailState::Refused
        }
        Err(MailError::Failed(reason)) => {
            tracing::error!(notification = %id, reason, "a mail cannot be sent");
            MailState::Failed
        }
        Err(MailError::Retry(reason)) => return Err(JobError::retry(reason)),
    };
    keep(db, row, state).await
}

/// Mails the code that is open, unless another one is by now.
///
/// # Errors
/// [`JobError`].
pub async fn run_code(db: &TenantDb, office: Office<'_>, job: &SendCode) -> Result<(), JobError> {
    let Some(mailer) = office.mailer else { return Ok(()) };
    let tx = db.read().await?;
    let row = service::find(&tx, job.user).await?.filter(|row| row.code_seed == Some(job.seed));
    let is_open = |asked| tx.now() < asked + code::GOOD_FOR;
    let row = row.filter(|row| row.code_asked_at.is_some_and(is_open));
    let user = users::service::find(&tx, job.user).await?;
    let Some((address, user)) = row.and_then(|row| row.address).zip(user) else { return Ok(()) };
    let heading = heading(&tx, job.bot, &user).await?;
    let digits = code::of(&tx, user.id, &address, job.seed);
    drop(tx);
    let minutes = code::GOOD_FOR.num_minutes();
    let values = args!["shop" => &heading.shop, "code" => digits, "minutes" => minutes];
    let said = heading.voice.html(heading.locale, "bot-mail-letter-code", &values);
    let mail = compose(heading, job.seed.as_simple().to_string(), address, &said, "bot-mail-letter-why-code");
    match mailer.send(&mail).await {
        Ok(()) => Ok(()),
        Err(MailError::Refused(reason)) => {
            tracing::info!(user = %user.id, reason, "an address that was given takes no mail");
            refuse(db, &user, &mail).await
        }
        Err(MailError::Retry(reason)) => Err(JobError::retry(reason)),
        Err(MailError::Failed(reason)) => Err(JobError::fail(reason)),
    }
}

/// Who writes to this user, and how.
async fn heading(tx: &TenantTx, through: BotId, user: &user::Model) -> Result<Heading, StoreError> {
    let id = tx.tenant();
    let shop = tenant::service::find(tx.master(), id).await?.ok_or(StoreError::NoTenant(id))?;
    let bots = bot::service::of_tenant(tx.master(), id).await?;
    let own = bots.iter().find(|bot| bot.id == through);
    let live = bots.iter().find(|bot| bot.state == BotState::Live);
    let username = own.or(live).and_then(|bot| bot.username.as_ref());
    let voice: Voice = text::service::voice(tx).await?;
    let locale = Locale::from_code(&user.locale).or_else(|| Locale::from_code(&shop.locale));
    Ok(Heading {
        tenant: id,
        shop: shop.name,
        locale: locale.unwrap_or_default(),
        voice,
        bot: username.and_then(|name| Url::parse(&format!("https://t.me/{name}")).ok()),
        unsubscribe: None,
    })
}

async fn refuse(db: &TenantDb, user: &user::Model, mail: &Mail) -> Result<(), JobError> {
    let tx = db.write().await?;
    service::mark_refused(&tx, user.id, &mail.to).await?;
    Ok(tx.commit().await?)
}

async fn keep(db: &TenantDb, row: Model, state: MailState) -> Result<(), JobError> {
    let tx = db.write().await?;
    let mut change = row.into_active_model();
    change.mail = Set(Some(state));
    change.mailed_at = Set((state == MailState::Sent).then(|| tx.now()));
    change.update(tx.raw()).await.map_err(StoreError::from)?;
    Ok(tx.commit().await?)
}
