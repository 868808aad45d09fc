//! The ways to pay that a shop has: their accounts, their order, and when each is offered.

use std::collections::BTreeMap;

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, EntityTrait, IntoActiveModel, ModelTrait,
    PaginatorTrait, QueryFilter, QueryOrder, sea_query::Query,
};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};

use super::{
    House, Provider, Providers, Way,
    card::{
        number::{self, BadNumber},
        settings::{self as card_settings, Card},
    },
    poll::POLL_AFTER_EXPIRY,
    providers::{self, place},
};
use crate::{
    args,
    db::{Conn, Sealer, StoreError, TenantConn, TenantDb, TenantTx},
    entities::tenant::{
        order::{self, OrderState},
        payment_method::{ActiveModel, COLUMN, Column, Entity, Model},
        refund::{self, RefundState},
    },
    error::Explain,
    ids::{PlanId, RowId, UserId},
    locale::{Args, Locale},
    money::{Currency, Money},
    ports::{AccountField, AccountSlot, GatewayError},
    shop::{
        plan,
        promo::{self, rules::Applied},
        renewal::standing,
        wallet::service as wallet,
    },
};

/// A way to pay for a plan, and what the plan costs that way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub method: Model,
    /// What is asked for.
    pub price: Money,
    /// What the user's promo code makes of it; the plan's price is so much more.
    pub promo: Option<Applied>,
    /// Whether the provider would repeat it by itself, each time that the plan's days are over.
    pub repeats: bool,
}

/// What was typed about a method. An account field that is missing or empty keeps what is stored.
#[derive(Debug, Default)]
pub struct Typed {
    /// By the field's name.
    pub account: BTreeMap<&'static str, SecretString>,
    /// By the language's code; empty ones are left out.
    pub labels: BTreeMap<&'static str, String>,
    pub min_minor: Option<i64>,
    pub max_minor: Option<i64>,
    /// What plans cost in a currency in which this method alone collects; without an amount they are not
    /// sold in it.
    pub prices: Vec<(PlanId, Currency, Option<i64>)>,
}

/// Why a method stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum MethodRefused {
    #[error("the shop has no such method")]
    Gone,
    #[error("not filled in: {0:?}")]
    Missing(Vec<&'static str>),
    /// A header could not hold it.
    #[error("letters that no key has: {0:?}")]
    Letters(Vec<&'static str>),
    #[error("the card's number is wrong: {0}")]
    CardNumber(BadNumber),
    #[error("the least amount is more than the most")]
    Limits,
    /// Without its account nobody could be asked what became of those orders.
    #[error("open orders are paid with it")]
    InUse,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sea_orm::DbErr> for MethodRefused {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Store(error.into())
    }
}

impl Explain for MethodRefused {
    fn explain(&self) -> Option<(&'static str, Args)> {
        match self {
            Self::Gone => Some(("error-method-gone", args![])),
            Self::Missing(_) => Some(("error-required", args![])),
            Self::Letters(_) => Some(("error-method-letters", args![])),
            Self::CardNumber(BadNumber::Length) => Some(("error-card-number-length", args![])),
            Self::CardNumber(BadNumber::Checksum) => Some(("error-card-number-checksum", args![])),
            Self::Limits => Some(("error-method-limits", args![])),
            Self::InUse => Some(("error-method-in-use", args![])),
            Self::Store(_) => None,
        }
    }
}

/// What came of trying an account.
#[derive(Debug, thiserror::Error)]
pub enum ProbeFailed {
    #[error("the shop has no such method")]
    Gone,
    #[error(transparent)]
    Provider(#[from] GatewayError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Explain for ProbeFailed {
    fn explain(&self) -> Option<(&'static str, Args)> {
        match self {
            Self::Gone => Some(("error-method-gone", args![])),
            Self::Provider(GatewayError::Credentials) => Some(("error-method-credentials", args![])),
            Self::Provider(GatewayError::Unavailable(_)) => Some(("error-method-unavailable", args![])),
            Self::Provider(GatewayError::Refused(_) | GatewayError::NotFound) => {
                Some(("error-method-refused", args![]))
            }
            Self::Store(_) => None,
        }
    }
}

/// The ways in which a user can pay for a plan now, in the shop's order: switched on, collecting in a
/// currency in which the plan has a price, and within the provider's and the method's limits. The price
/// that the plan shows goes first. A wallet is one as long as it covers a price. The promo code that lies
/// ready for the user is taken off, down to the least that each takes.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn choices(
    tx: &impl TenantConn,
    all: &Providers,
    plan: PlanId,
    user: UserId,
) -> Result<Vec<Choice>, StoreError> {
    let prices = plan::service::prices(tx, plan).await?;
    let plan = plan::service::find(tx, plan).await?;
    let days = plan.as_ref().map(|plan| plan.days);
    let code = match plan {
        Some(plan) => promo::holder::standing(tx, user, &plan).await?,
        None => None,
    };
    let code = code.filter(|standing| standing.refused.is_none()).map(|standing| standing.code);
    let wallet = wallet::balances(tx, user).await?;
    let covers = |price: &Money| {
        wallet.iter().any(|there| there.currency == price.currency && there.minor >= price.minor)
    };
    let choice = |method: Model| {
        let way = all.way(&method.provider)?;
        let least = |currency| way.least(currency).max(method.min_minor.unwrap_or(0));
        let asked = |full: &Money| {
            let applied = promo::rules::apply(code.as_ref()?, *full, least(full.currency));
            applied.map(|applied| (Money::new(full.minor - applied.off_minor, full.currency), applied))
        };
        let is_taken = |price: &Money| match way {
            Way::House(House::Wallet) => covers(price),
            _ => way.currencies().contains(&price.currency),
        };
        let mut offers = prices.iter().map(|full| match asked(full) {
            Some((price, applied)) => (price, Some(applied)),
            None => (*full, None),
        });
        let (price, promo) = offers.find(|(price, _)| is_taken(price))?;
        let is_offered = price.minor >= way.least(price.currency) && is_within(&method, price.minor);
        let mut choice = Choice { method, price, promo, repeats: false };
        let repeats = way.provider().and_then(|provider| provider.gateway.repeats());
        choice.repeats =
            repeats.is_some_and(|one| days == Some(one.every) && choice.full().minor <= one.most);
        is_offered.then_some(choice)
    };
    let methods = list(tx).await?.into_iter().filter(|method| method.enabled);
    Ok(methods.filter_map(choice).collect())
}

impl Choice {
    /// What the plan costs without a code.
    pub fn full(&self) -> Money {
        let off = self.promo.as_ref().map_or(0, |applied| applied.off_minor);
        Money::new(self.price.minor + off, self.price.currency)
    }

    /// What was shown of it, in a number.
    pub fn mark(&self) -> u32 {
        promo::rules::mark(self.price, self.promo.as_ref())
    }
}

/// Whether the shop lets so much be paid with it.
pub(in crate::shop) fn is_within(method: &Model, minor: i64) -> bool {
    method.min_minor.is_none_or(|least| minor >= least) && method.max_minor.is_none_or(|most| minor <= most)
}

/// The shop's own name for the method in the reader's language.
pub fn label(method: &Model, locale: Locale) -> Option<&str> {
    method.labels.get(locale.code()).and_then(Value::as_str).filter(|label| !label.is_empty())
}

/// All methods that the shop has set up, in its order.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn list(tx: &impl TenantConn) -> Result<Vec<Model>, StoreError> {
    let ordered = Entity::find().order_by_asc(Column::Position).order_by_asc(Column::Id);
    Ok(ordered.all(tx.raw()).await?)
}

/// # Errors
/// [`StoreError::Database`].
pub async fn find(tx: &impl TenantConn, provider: &str) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find().filter(COLUMN.provider.eq(provider)).one(tx.raw()).await?)
}

/// Keeps what was typed. A new method is last and switched off, so that nobody pays with an account
/// that was not tried.
///
/// # Errors
/// [`MethodRefused`].
pub async fn save(tx: &TenantTx, way: Way<'_>, typed: &Typed) -> Result<Model, MethodRefused> {
    let stored = find(tx, way.name()).await?;
    if let (Some(least), Some(most)) = (typed.min_minor, typed.max_minor)
        && least > most
    {
        return Err(MethodRefused::Limits);
    }
    let given = |name: &str| {
        let text = typed.account.get(name)?.expose_secret().trim();
        (!text.is_empty()).then(|| SecretString::from(text))
    };
    let is_odd = |field: &&AccountField| given(field.name).is_some_and(|text| !is_plain(&text));
    let calls = way.provider().is_some();
    let odd = way.fields().iter().filter(|field| calls && is_odd(field));
    let odd: Vec<_> = odd.map(|field| field.name).collect();
    if !odd.is_empty() {
        return Err(MethodRefused::Letters(odd));
    }
    if stored.is_none() {
        let needed = way.fields().iter().filter(|field| field.slot != AccountSlot::Optional);
        let missing = needed.filter(|field| given(field.name).is_none());
        let missing: Vec<_> = missing.map(|field| field.name).collect();
        if !missing.is_empty() || !way.is_optional() {
            return Err(MethodRefused::Missing(missing));
        }
    }
    let mut row = match stored.clone() {
        Some(stored) => stored.into_active_model(),
        None => new_row(tx, way.name()).await?,
    };
    let id = *row.id.as_ref();
    let is_card = matches!(way, Way::House(House::Card));
    let mut settings = stored.as_ref().map_or_else(|| json!({}), |stored| stored.settings.clone());
    for field in way.fields() {
        let Some(text) = given(field.name) else {
            if field.slot == AccountSlot::Optional && typed.account.contains_key(field.name) {
                settings[field.name] = json!("");
            }
            continue;
        };
        let seal = |column| tx.sealer().seal(place(column, id.0), &text).map_err(StoreError::from);
        match field.slot {
            AccountSlot::ApiKey => row.sealed_api_key = Set(seal("sealed_api_key")?),
            AccountSlot::WebhookSecret => row.sealed_webhook_secret = Set(seal("sealed_webhook_secret")?),
            AccountSlot::AccountId => row.account_id = Set(text.expose_secret().to_owned()),
            AccountSlot::Setting | AccountSlot::Optional if is_card => {
                let kept = card_settings::kept(field.name, text.expose_secret());
                settings[field.name] = kept.map_err(MethodRefused::CardNumber)?;
            }
            AccountSlot::Setting | AccountSlot::Optional => {
                settings[field.name] = json!(text.expose_secret());
            }
        }
    }
    // Each order keeps the card that its buyer saw, and nobody is asked about it.
    if let Some(card) = Card::of(&settings).filter(|_| is_card) {
        row.account_id = Set(number::masked(&card.number));
    }
    let moved =
        !is_card && stored.as_ref().is_some_and(|stored| stored.account_id != *row.account_id.as_ref());
    if moved && is_in_use(tx, way.name()).await? {
        return Err(MethodRefused::InUse);
    }
    for (plan, currency, minor) in &typed.prices {
        plan::service::put_price(tx, *plan, *currency, *minor).await?;
    }
    row.settings = Set(settings);
    row.labels = Set(json!(typed.labels));
    row.min_minor = Set(typed.min_minor);
    row.max_minor = Set(typed.max_minor);
    Ok(if stored.is_some() { row.update(tx.raw()).await? } else { row.insert(tx.raw()).await? })
}

/// Whether the header of a call can hold it.
fn is_plain(text: &SecretString) -> bool {
    text.expose_secret().bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic())
}

/// Switches a method on or off. One that is off still answers for the payments that it opened.
///
/// # Errors
/// [`MethodRefused`].
pub async fn switch(tx: &TenantTx, provider: &str, on: bool) -> Result<(), MethodRefused> {
    let mut row = find(tx, provider).await?.ok_or(MethodRefused::Gone)?.into_active_model();
    row.enabled = Set(on);
    row.update(tx.raw()).await?;
    Ok(())
}

/// Moves a method one place up or down; at the end it stays where it is.
///
/// # Errors
/// [`MethodRefused`].
pub async fn shift(tx: &TenantTx, provider: &str, up: bool) -> Result<(), MethodRefused> {
    let mut all = list(tx).await?;
    let at = all.iter().position(|row| row.provider == provider).ok_or(MethodRefused::Gone)?;
    let other = if up { at.checked_sub(1) } else { Some(at + 1).filter(|next| *next < all.len()) };
    let Some(other) = other else { return Ok(()) };
    all.swap(at, other);
    for (row, position) in all.into_iter().zip(1..) {
        if row.position != position {
            let mut row = row.into_active_model();
            row.position = Set(position);
            row.update(tx.raw()).await?;
        }
    }
    Ok(())
}

/// Forgets the method and its account.
///
/// # Errors
/// [`MethodRefused::InUse`] while a payment that it opened may still come, or its money is on the way
/// back: switched off it does no harm until then.
pub async fn remove(tx: &TenantTx, provider: &str) -> Result<(), MethodRefused> {
    let row = find(tx, provider).await?.ok_or(MethodRefused::Gone)?;
    if is_in_use(tx, provider).await? {
        return Err(MethodRefused::InUse);
    }
    row.delete(tx.raw()).await?;
    Ok(())
}

/// Tries each of the method's accounts with one harmless call.
///
/// # Errors
/// [`ProbeFailed`].
pub async fn probe(db: &TenantDb, provider: &Provider) -> Result<(), ProbeFailed> {
    let tx = db.read().await?;
    let accounts = providers::accounts(&tx, provider).await?;
    drop(tx);
    if accounts.is_empty() {
        return Err(ProbeFailed::Gone);
    }
    for account in &accounts {
        provider.gateway.probe(account).await?;
    }
    Ok(())
}

/// For what nobody types.
pub(crate) fn made_up_secret() -> Result<SecretString, StoreError> {
    let key = Sealer::random_key()?;
    Ok(hex::encode(key).into())
}

/// Parts of the account that the provider does not ask for are made up: the account's name marks the
/// shop's payments, and a secret that nobody knows opens nothing.
async fn new_row(tx: &TenantTx, provider: &str) -> Result<ActiveModel, StoreError> {
    let id = RowId::new();
    let seal = |column| -> Result<Vec<u8>, StoreError> {
        Ok(tx.sealer().seal(place(column, id.0), &made_up_secret()?)?)
    };
    let last = list(tx).await?.last().map_or(0, |row| row.position);
    Ok(ActiveModel {
        id: Set(id),
        provider: Set(provider.to_owned()),
        enabled: Set(false),
        position: Set(last + 1),
        account_id: Set(format!("shop_{}", tx.tenant())),
        sealed_api_key: Set(seal("sealed_api_key")?),
        sealed_webhook_secret: Set(seal("sealed_webhook_secret")?),
        settings: Set(json!({})),
        labels: Set(json!({})),
        min_minor: Set(None),
        max_minor: Set(None),
        created_at: Set(tx.now()),
    })
}

async fn is_in_use(tx: &TenantTx, provider: &str) -> Result<bool, StoreError> {
    let awaited = Condition::all()
        .add(order::Column::State.is_in([OrderState::New, OrderState::Pending, OrderState::Expired]))
        .add(order::Column::ExpiresAt.gt(tx.now() - POLL_AFTER_EXPIRY));
    let going_back = Query::select()
        .column(refund::Column::OrderId)
        .from(refund::Entity)
        .and_where(refund::Column::State.eq(RefundState::Requested))
        .to_owned();
    let open = Condition::any()
        .add(awaited)
        .add(order::Column::State.eq(OrderState::Disputed))
        .add(order::Column::Id.in_subquery(going_back))
        .add(order::Column::Id.in_subquery(standing::awaited(tx.now())));
    let orders = order::Entity::find().filter(order::Column::Provider.eq(provider)).filter(open);
    Ok(orders.count(tx.raw()).await? > 0)
}
