//! One update through the tree of handlers, whatever happens in there.

use std::{
    panic::AssertUnwindSafe,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use domain::{
    args,
    db::StoreError,
    entities::master::answered_update::Outcome,
    ids::RowId,
    locale::{Locale, Voice},
    platform::bot::answered::Answered,
    shop::{chat, user},
};
use futures::FutureExt as _;

use crate::{
    api::ApiError,
    context::{Services, ShopCtx},
    error::BotError,
    incoming::{Event, Incoming, Person},
    keyboard::Keyboard,
    outbound::{Lane, To},
    queue::{Handled, Key},
    running::RunningBot,
    schema::{self, Schema},
    screen::Screen,
    stars,
};

/// Pauses before a handler whose database failed is run again.
const PAUSES: [Duration; 2] = [Duration::from_millis(200), Duration::from_secs(1)];

/// An update on its way.
#[derive(Clone, Debug)]
pub struct Work {
    pub bot: Arc<RunningBot>,
    pub incoming: Incoming,
}

impl Work {
    /// The queue it belongs into. What has no chat shares one.
    pub fn key(&self) -> Key {
        (self.bot.id, self.incoming.chat().unwrap_or_default())
    }
}

/// Runs handlers.
pub struct Runner {
    services: Arc<Services>,
    schema: Schema,
}

/// Whether the pressed button was answered, in whichever try.
type Button = Arc<AtomicBool>;

/// The update has to come again.
struct NotAnswered;

/// How an attempt ended when it did not end well.
enum Failure {
    Error(BotError),
    Panic,
}

impl Runner {
    pub fn new(services: Arc<Services>) -> Self {
        Self { services, schema: schema::schema() }
    }

    /// Handles one update. [`Handled::Done`] when its effect is committed and its answer remembered, or its
    /// sender knows that it failed.
    pub async fn handle(&self, work: Work) -> Handled {
        let work = &work;
        let from = match &work.incoming.event {
            Event::Other(kind) => {
                tracing::info!(bot = %work.bot.id, kind, "an update that no handler takes");
                return Handled::Done;
            }
            Event::Checkout { from, query, bill } => {
                return stars::checkout(&self.services, &work.bot, from, query, bill).await;
            }
            Event::Money { charge, bill, back } => {
                return stars::hear(&self.services, work, stars::Told { charge, bill, back: *back }).await;
            }
            Event::Message { from, .. } | Event::Pressed { from, .. } | Event::Membership { from, .. } => {
                from
            }
        };
        if self.is_answered(work).await {
            return Handled::Done;
        }
        match self.answer(work, from).await {
            Ok(outcome) => {
                let (bot, update) = (work.bot.id, work.incoming.update_id);
                self.services.answered.keep(Answered { bot, update, outcome }).await;
                Handled::Done
            }
            Err(NotAnswered) => Handled::Failed,
        }
    }

    /// It comes again although it was acknowledged, or while nobody knows that it will be.
    async fn is_answered(&self, work: &Work) -> bool {
        match self.services.answered.knows(work.bot.id, work.incoming.update_id).await {
            Ok(known) => known,
            Err(error) => {
                tracing::warn!(bot = %work.bot.id, %error, "nobody knows whether an update was answered");
                false
            }
        }
    }

    async fn answer(&self, work: &Work, from: &Person) -> Result<Outcome, NotAnswered> {
        let answered = Arc::default();
        match self.persist(work, &answered).await {
            Ok(()) => Ok(Outcome::Told),
            Err(Failure::Error(BotError::Telegram(error))) => {
                self.undelivered(work, from, error, &answered).await
            }
            Err(failure) => self.apologise(work, from, failure, &answered).await,
        }
    }

    /// Tries again while it is the database that fails; handlers' effects are committed once.
    async fn persist(&self, work: &Work, answered: &Button) -> Result<(), Failure> {
        let mut pauses = PAUSES.iter();
        loop {
            let attempt = AssertUnwindSafe(self.attempt(work, answered)).catch_unwind().await;
            let error = match attempt {
                Ok(Ok(())) => return Ok(()),
                Ok(Err(error)) => error,
                Err(_panic) => return Err(Failure::Panic),
            };
            match (&error, pauses.next()) {
                (BotError::Store(StoreError::Database(_) | StoreError::TooLong), Some(pause)) => {
                    tracing::warn!(bot = %work.bot.id, %error, "a handler is run again");
                    tokio::time::sleep(*pause).await;
                }
                _ => return Err(Failure::Error(error)),
            }
        }
    }

    async fn attempt(&self, work: &Work, answered: &Button) -> Result<(), BotError> {
        if let Event::Membership { from, blocked } = &work.incoming.event {
            return self.membership(work, from, *blocked).await;
        }
        let opened = ShopCtx::open(self.services.clone(), work, answered.clone()).await?;
        let Some(ctx) = opened else { return Ok(()) };
        let handled = schema::dispatch(&self.schema, ctx.clone()).await;
        // Also after a failure: an unanswered button shows a spinner for a minute.
        ctx.answer().await;
        handled
    }

    /// Who blocked the bot gets no messages until he lets it in again.
    async fn membership(&self, work: &Work, from: &Person, blocked: bool) -> Result<(), BotError> {
        let db = self.services.store.open(work.bot.tenant).await?;
        let tx = db.write().await?;
        let chat = chat::service::open(&tx, work.bot.id, from.telegram_id).await?;
        if blocked {
            chat::service::mark_blocked(&tx, chat.id).await?;
        } else {
            chat::service::mark_unblocked(&tx, chat.id).await?;
        }
        Ok(tx.commit().await?)
    }

    async fn undelivered(
        &self,
        work: &Work,
        from: &Person,
        error: ApiError,
        answered: &Button,
    ) -> Result<Outcome, NotAnswered> {
        match error {
            ApiError::Forbidden(_) => match self.membership(work, from, true).await {
                Ok(()) => Ok(Outcome::Told),
                Err(_) => Err(NotAnswered),
            },
            ApiError::Unauthorized => {
                self.services.report_revoked(work.bot.token());
                Err(NotAnswered)
            }
            // A new message that may be there is not sent once more.
            ApiError::Unavailable(_) => {
                tracing::warn!(bot = %work.bot.id, %error, "nobody knows whether an answer reached its chat");
                Ok(Outcome::Unknown)
            }
            ApiError::Trouble(_) | ApiError::NoConnection(_) | ApiError::RetryAfter(_) => {
                tracing::warn!(bot = %work.bot.id, %error, "an answer did not reach its chat; the update comes again");
                Err(NotAnswered)
            }
            error => self.apologise(work, from, Failure::Error(error.into()), answered).await,
        }
    }

    /// The language that the sender chose; without a database, that of his Telegram.
    async fn language_of(&self, work: &Work, from: &Person) -> Locale {
        let chosen = async {
            let tx = self.services.store.open(work.bot.tenant).await?.read().await?;
            user::service::find_by_telegram(&tx, from.telegram_id).await
        };
        let chosen = chosen.await.ok().flatten().and_then(|user| Locale::from_code(&user.locale));
        let guess = || from.language_code.as_deref().and_then(Locale::from_code);
        chosen.or_else(guess).unwrap_or(work.bot.shop.locale)
    }

    /// Tells the sender that it failed, with a number that the log knows.
    async fn apologise(
        &self,
        work: &Work,
        from: &Person,
        failure: Failure,
        answered: &Button,
    ) -> Result<Outcome, NotAnswered> {
        let number = RowId::new().to_string()[24..].to_uppercase();
        let bot = work.bot.id;
        match failure {
            Failure::Error(error) => tracing::error!(%bot, number, %error, "a handler failed"),
            Failure::Panic => tracing::error!(%bot, number, "a handler panicked"),
        }
        let (locale, voice) = (self.language_of(work, from).await, Voice::of(work.bot.tenant));
        if let Event::Pressed { query, .. } = &work.incoming.event
            && !answered.swap(true, Ordering::Relaxed)
        {
            let toast = voice.plain(locale, "bot-common-toast-error", &args![]);
            // The message below says the same.
            drop(self.services.outbound.answer_callback(&work.bot.api, query, Some(&toast)).await);
        }
        let text = voice.html(locale, "bot-common-error-body", &args!["id" => number]);
        let to = To { bot, api: &work.bot.api, chat: from.telegram_id, lane: Lane::Interactive };
        match self.services.outbound.send(to, &Screen::new(text, Keyboard::new())).await {
            Ok(_) | Err(ApiError::Forbidden(_) | ApiError::BadRequest(_)) => Ok(Outcome::Told),
            Err(ApiError::Unavailable(_)) => Ok(Outcome::Unknown),
            Err(_) => Err(NotAnswered),
        }
    }
}
