//! What a handler of a shop's bot has: one tenant's database, one user, one chat, and a way to show
//! a screen. It never holds another tenant's anything.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use chrono::{DateTime, Utc};
use domain::{
    clock::Clock as _,
    db::{TenantDb, TenantStore, TenantTx},
    entities::tenant::user,
    events::Events,
    locale::{Args, Locale, Voice, format::Calendar},
    ports::VpnPanel,
    shop::{
        chat::{self, dialogue::Dialogue},
        gate::service::Entry,
        payment::Providers,
        setting, text, update, user as users,
    },
};
use tokio::sync::{Notify, mpsc::UnboundedSender};

use crate::{
    answered::Memory,
    api::ApiError,
    broadcast::Uploaded,
    error::BotError,
    incoming::{Event, Person},
    manager::Updates,
    outbound::{Lane, Outbound, To},
    reader::Reader,
    runner::Work,
    running::{RunningBot, Shop, TokenOf},
    screen::Screen,
    shop::gate::Members,
};

/// A known user's row is written at most this often only to say that he was here.
const SEEN_EVERY: chrono::Duration = chrono::Duration::hours(1);

/// What all bots share.
pub struct Services {
    pub store: TenantStore,
    pub outbound: Outbound,
    pub providers: Providers,
    pub panel: Arc<dyn VpnPanel>,
    pub events: Events,
    /// Where people find our pages.
    pub public_url: url::Url,
    /// Who brings updates.
    pub updates: Updates,
    /// Whether users can be written to by mail.
    pub mail: bool,
    /// Who is in the shops' channels.
    pub members: Members,
    pub(crate) uploaded: Uploaded,
    pub(crate) answered: Memory,
    pub(crate) revoked: UnboundedSender<TokenOf>,
    pub(crate) changed: Arc<Notify>,
}

/// One update's surroundings. Cheap to clone; clones share that a button was answered.
#[derive(Clone)]
pub struct ShopCtx {
    inner: Arc<Inner>,
    reader: Reader,
}

/// What a newcomer has to do first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstStep {
    Language,
    Rules,
}

struct Inner {
    services: Arc<Services>,
    bot: Arc<RunningBot>,
    db: TenantDb,
    update_id: i64,
    event: Event,
    user: user::Model,
    /// The shop wants its rules accepted, and they are not.
    rules_missing: bool,
    /// The bot's channel has to be joined first.
    gate: bool,
    entry: Entry,
    invites: bool,
    /// What the chat was asked before this update.
    asked: Option<Dialogue>,
    answered: Arc<AtomicBool>,
    /// In which the sender was found. The first who reads goes on in it, because to begin and to end a
    /// transaction costs as much as three queries; it ends before anything else is begun.
    look: Mutex<Option<TenantTx>>,
}

impl Services {
    /// Says that a bot's row changed, so that nobody waits for the next look.
    pub(crate) fn poke(&self) {
        self.changed.notify_one();
    }

    /// Telegram refused a bot's token.
    pub(crate) fn report_revoked(&self, token: TokenOf) {
        if self.revoked.send(token).is_err() {
            tracing::debug!(bot = %token.bot, "a revoked token was met while the bots shut down");
        }
    }
}

impl ShopCtx {
    /// Opens the tenant of the bot and registers the sender. `None` when the event has no handler.
    /// `answered` is shared by all tries of the update: a button is answered once.
    ///
    /// # Errors
    /// [`BotError::Store`].
    pub async fn open(
        services: Arc<Services>,
        work: &Work,
        answered: Arc<AtomicBool>,
    ) -> Result<Option<Self>, BotError> {
        let event = work.incoming.event.clone();
        let from = match &event {
            Event::Message { from, .. } | Event::Pressed { from, .. } => from,
            _ => return Ok(None),
        };
        let db = services.store.open(work.bot.tenant).await?;
        let Known { user, rules_missing, gate, entry, invites, asked, look } =
            register(&db, &work.bot, from).await?;
        let locale = Locale::from_code(&user.locale).unwrap_or(work.bot.shop.locale);
        let reader = Reader {
            locale,
            zone: work.bot.shop.zone,
            voice: Voice::of(work.bot.tenant),
            calendar: user.calendar,
        };
        let inner = Inner {
            services,
            bot: work.bot.clone(),
            db,
            update_id: work.incoming.update_id,
            event,
            user,
            rules_missing,
            gate,
            entry,
            invites,
            asked,
            answered,
            look: Mutex::new(look),
        };
        Ok(Some(Self { inner: Arc::new(inner), reader }))
    }

    pub fn db(&self) -> &TenantDb {
        drop(self.look());
        &self.inner.db
    }

    /// Begins to read, or goes on reading where the sender was found.
    ///
    /// # Errors
    /// [`BotError::Store`].
    pub async fn read(&self) -> Result<TenantTx, BotError> {
        match self.look() {
            Some(tx) => Ok(tx),
            None => Ok(self.inner.db.read().await?),
        }
    }

    fn look(&self) -> Option<TenantTx> {
        self.inner.look.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    pub fn bot(&self) -> &RunningBot {
        &self.inner.bot
    }

    pub fn shop(&self) -> &Shop {
        &self.inner.bot.shop
    }

    pub fn services(&self) -> &Services {
        drop(self.look());
        &self.inner.services
    }

    pub fn user(&self) -> &user::Model {
        &self.inner.user
    }

    pub fn first_step(&self) -> Option<FirstStep> {
        let language = self.inner.user.language_chosen_at.is_none().then_some(FirstStep::Language);
        language.or(self.inner.rules_missing.then_some(FirstStep::Rules))
    }

    pub fn rules_missing(&self) -> bool {
        self.inner.rules_missing
    }

    /// The channel that has to be joined first.
    pub fn gate(&self) -> Option<&str> {
        self.inner.bot.channel.as_deref().filter(|_| self.inner.gate)
    }

    /// Which newcomers the shop lets begin.
    pub fn entry(&self) -> Entry {
        self.inner.entry
    }

    /// Whether the shop gives something for friends.
    pub fn invites(&self) -> bool {
        self.inner.invites
    }

    pub fn asked(&self) -> Option<Dialogue> {
        self.inner.asked
    }

    /// Names this update, so that what came by it is known again.
    pub fn origin(&self) -> String {
        format!("update:{}:{}", self.inner.bot.id, self.inner.update_id)
    }

    pub fn event(&self) -> &Event {
        &self.inner.event
    }

    pub fn reader(&self) -> Reader {
        self.reader
    }

    /// The shop's time.
    pub fn now(&self) -> DateTime<Utc> {
        self.inner.db.clock().now()
    }

    /// The same in another language, after the user chose one.
    #[must_use]
    pub fn in_language(&self, locale: Locale) -> Self {
        Self { reader: Reader { locale, ..self.reader }, ..self.clone() }
    }

    /// The same with dates in another calendar, after the user chose it.
    #[must_use]
    pub fn in_calendar(&self, calendar: Calendar) -> Self {
        Self { reader: Reader { calendar: Some(calendar), ..self.reader }, ..self.clone() }
    }

    /// Begins the write transaction of this update's effect: its first row says that the effect of
    /// this update is there. `None` when it is there already: the update came a second time, show
    /// what came of it. One transaction for each update.
    ///
    /// # Errors
    /// [`BotError::Store`].
    pub async fn effect(&self) -> Result<Option<TenantTx>, BotError> {
        let tx = self.db().write().await?;
        let first = update::service::first_time(&tx, self.inner.bot.id, self.inner.update_id).await?;
        Ok(first.then_some(tx))
    }

    /// Shows a screen: in place of the one whose button was pressed, else as a new message.
    ///
    /// # Errors
    /// [`BotError::Telegram`].
    pub async fn show(&self, screen: Screen) -> Result<(), BotError> {
        let message = match &self.inner.event {
            Event::Pressed { message, .. } => *message,
            _ => None,
        };
        let Some(message) = message.filter(|_| screen.is_text()) else {
            return self.send(screen).await;
        };
        let edit = self.services().outbound.edit(self.to(), message, &screen);
        let ((), edited) = futures::future::join(self.answer(), edit).await;
        match edited {
            Ok(()) => Ok(()),
            Err(ApiError::NotEditable(_)) => self.send(screen).await,
            Err(error) => Err(error.into()),
        }
    }

    /// Sends a screen as a new message that stays.
    ///
    /// # Errors
    /// [`BotError::Telegram`].
    pub async fn send(&self, screen: Screen) -> Result<(), BotError> {
        let send = self.services().outbound.send(self.to(), &screen);
        let ((), sent) = futures::future::join(self.answer(), send).await;
        sent?;
        Ok(())
    }

    /// Answers the pressed button with a short text at the top of the chat.
    pub async fn toast(&self, key: &str, args: &Args) {
        self.answer_callback(Some(&self.reader.plain(key, args))).await;
    }

    /// Answers the pressed button, unless it is answered.
    pub async fn answer(&self) {
        self.answer_callback(None).await;
    }

    async fn answer_callback(&self, toast: Option<&str>) {
        let Event::Pressed { query, .. } = &self.inner.event else { return };
        if self.inner.answered.swap(true, Ordering::Relaxed) {
            return;
        }
        let answered = self.services().outbound.answer_callback(&self.inner.bot.api, query, toast).await;
        if let Err(error) = answered {
            // An old query cannot be answered any more; the screen below is what counts.
            tracing::debug!(bot = %self.inner.bot.id, %error, "a button was not answered");
        }
    }

    fn to(&self) -> To<'_> {
        To {
            bot: self.inner.bot.id,
            api: &self.inner.bot.api,
            chat: self.inner.user.telegram_id,
            lane: Lane::Interactive,
        }
    }
}

/// What is known of a sender.
struct Known {
    user: user::Model,
    rules_missing: bool,
    gate: bool,
    entry: Entry,
    invites: bool,
    asked: Option<Dialogue>,
    look: Option<TenantTx>,
}

/// Registers the sender. Known users are read only, but for once in a while.
async fn register(db: &TenantDb, bot: &RunningBot, from: &Person) -> Result<Known, BotError> {
    let tx = db.read().await?;
    let (known, chat) = match chat::service::with_user(&tx, bot.id, from.telegram_id).await? {
        Some((user, chat)) => (Some(user), chat),
        None => (None, None),
    };
    let entrance = setting::service::entrance(&tx).await?;
    text::service::refresh(&tx, entrance.words.as_ref()).await?;
    let asked = chat.as_ref().and_then(chat::dialogue::of);
    let (gate, entry, invites) = (entrance.gates.contains(&bot.id), entrance.entry, entrance.invites);
    let known_as = |user: user::Model, look| {
        let rules_missing = entrance.rules && user.rules_accepted_at.is_none();
        Known { user, rules_missing, gate, entry, invites, asked, look }
    };

    let reachable = chat.is_some_and(|chat| chat.blocked_at.is_none());
    let recent = |user: &user::Model| db.clock().now() - user.last_seen_at < SEEN_EVERY;
    if let Some(user) = known.filter(|user| reachable && recent(user)) {
        return Ok(known_as(user, Some(tx)));
    }
    drop(tx);
    let tx = db.write().await?;
    let user = users::service::seen(&tx, &from.into(), bot.shop.locale).await?;
    let chat = chat::service::open(&tx, bot.id, from.telegram_id).await?;
    if chat.blocked_at.is_some() {
        chat::service::mark_unblocked(&tx, chat.id).await?;
    }
    tx.commit().await?;
    Ok(known_as(user, None))
}
