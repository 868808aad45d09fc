//! The shop's orders as its people look through them: by state, by what they search, page by page.

use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
    sea_query::{Expr, ExprTrait, Func, Query as Select},
};

use crate::{
    args,
    db::{StoreError, TenantConn},
    entities::tenant::{
        order::{Column, Entity, For, Model, OrderState},
        user,
    },
    ids::OrderId,
    locale::{self, Locale, digits},
    shop::{
        plan::service::name_in,
        receipt::service::under_review,
        stat::service::{Sale, with_buyers},
    },
};

/// Orders on one page.
pub const PAGE: u64 = 25;

/// States that are one thing to the reader of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// A receipt waits for a person, wherever its order stands.
    Review,
    /// A person has to decide, or to answer a bank.
    Attention,
    Paid,
    Pending,
    Failed,
    /// The money went back.
    Refunded,
}

impl Group {
    pub const ALL: [Self; 6] =
        [Self::Review, Self::Attention, Self::Paid, Self::Pending, Self::Failed, Self::Refunded];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::Attention => "attention",
            Self::Paid => "paid",
            Self::Pending => "pending",
            Self::Failed => "failed",
            Self::Refunded => "refunded",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.code() == code)
    }

    pub const fn of(state: OrderState) -> Self {
        match state {
            OrderState::Mismatch | OrderState::Disputed => Self::Attention,
            OrderState::Paid | OrderState::Provisioned | OrderState::Won => Self::Paid,
            OrderState::New | OrderState::Pending => Self::Pending,
            OrderState::Failed | OrderState::Expired => Self::Failed,
            OrderState::Refunded | OrderState::Lost => Self::Refunded,
        }
    }

    fn states(self) -> impl Iterator<Item = OrderState> {
        use sea_orm::Iterable as _;
        OrderState::iter().filter(move |state| Self::of(*state) == self)
    }
}

/// What an order is for, as people read it: the plan's name as it was, or the wallet.
pub fn title(order: &Model, locale: Locale) -> String {
    match order.is_for() {
        For::Plan(bought) => name_in(bought.names, locale),
        For::Wallet => locale::plain(locale, "bot-wallet-top-up-title", &args![]),
    }
}

/// Where a page begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cursor {
    #[default]
    Newest,
    /// Those older than this one.
    Before(OrderId),
    /// Those newer than this one.
    After(OrderId),
}

/// One page, the newest first.
#[derive(Clone, Debug, Default)]
pub struct Page {
    pub sales: Vec<Sale>,
    /// Where the page of newer ones ends, if there is one.
    pub newer: Option<OrderId>,
    /// Where the page of older ones begins, if there is one.
    pub older: Option<OrderId>,
}

/// Looks through the orders. `search` is an order's number, a username or a Telegram id; empty is all.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn page(
    tx: &impl TenantConn,
    group: Option<Group>,
    search: &str,
    cursor: Cursor,
) -> Result<Page, StoreError> {
    let mut found = Entity::find();
    if let Some(group) = group {
        found = found.filter(match group {
            Group::Review => Column::Id.in_subquery(under_review()),
            group => Column::State.is_in(group.states()),
        });
    }
    if !search.trim().is_empty() {
        let Some(meant) = meant(tx.raw().get_database_backend(), search) else {
            return Ok(Page::default());
        };
        found = found.filter(meant);
    }
    let found = match cursor {
        Cursor::Newest => found.order_by_desc(Column::Id),
        Cursor::Before(id) => found.filter(Column::Id.lt(id)).order_by_desc(Column::Id),
        Cursor::After(id) => found.filter(Column::Id.gt(id)).order_by_asc(Column::Id),
    };
    let mut orders: Vec<Model> = found.limit(PAGE + 1).all(tx.raw()).await?;
    let more = orders.len() as u64 > PAGE;
    orders.truncate(PAGE as usize);
    if matches!(cursor, Cursor::After(_)) {
        orders.reverse();
    }
    let (first, last) = (orders.first().map(|order| order.id), orders.last().map(|order| order.id));
    let (newer, older) = match cursor {
        Cursor::Newest => (None, last.filter(|_| more)),
        Cursor::Before(_) => (first, last.filter(|_| more)),
        Cursor::After(_) => (first.filter(|_| more), last),
    };
    Ok(Page { sales: with_buyers(tx, orders).await?, newer, older })
}

/// How many orders each group has; groups without one are left out.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn counts(tx: &impl TenantConn) -> Result<Vec<(Group, i64)>, StoreError> {
    let rows: Vec<(OrderState, i64)> = Entity::find()
        .select_only()
        .column(Column::State)
        .column_as(Column::Id.count(), "orders")
        .group_by(Column::State)
        .into_tuple()
        .all(tx.raw())
        .await?;
    let of =
        |group| rows.iter().filter(|(state, _)| Group::of(*state) == group).map(|(_, count)| count).sum();
    let reviewed = Entity::find().filter(Column::Id.in_subquery(under_review())).count(tx.raw()).await?;
    let reviewed = i64::try_from(reviewed).unwrap_or(i64::MAX);
    let counted = Group::ALL.into_iter().map(|group| match group {
        Group::Review => (group, reviewed),
        group => (group, of(group)),
    });
    Ok(counted.filter(|(_, count)| *count > 0).collect())
}

/// The orders that a search can mean; `None` when it can mean none.
fn meant(backend: DbBackend, search: &str) -> Option<Condition> {
    let text = digits::western(search.trim()).to_lowercase();
    let mut any = Condition::any();
    let number = text.strip_prefix("by-").unwrap_or(&text);
    if number.len() == 8 && number.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        any = any.add(ends_with(backend, number));
    } else if let Ok(id) = text.parse::<OrderId>() {
        any = any.add(Column::Id.eq(id));
    }
    if let Ok(telegram_id) = text.parse::<i64>() {
        any = any.add(bought_by(user::Column::TelegramId.eq(telegram_id)));
    }
    let name = text.strip_prefix('@').unwrap_or(&text);
    if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
        let lower = Expr::expr(Func::lower(Expr::col(user::Column::Username)));
        any = any.add(bought_by(lower.eq(name)));
    }
    (!any.is_empty()).then_some(any)
}

fn bought_by(who: impl Into<Expr>) -> Expr {
    let people =
        Select::select().column(user::Column::Id).from(user::Entity).and_where(who.into()).to_owned();
    Column::UserId.in_subquery(people)
}

/// The last digits of an identifier, which people read as the order's number; databases keep the whole.
fn ends_with(backend: DbBackend, number: &str) -> Expr {
    match backend {
        DbBackend::Postgres => {
            Expr::cust_with_values("\"orders\".\"id\"::text LIKE $1", [format!("%{number}")])
        }
        _ => Expr::cust_with_values("hex(\"orders\".\"id\") LIKE ?", [format!("%{}", number.to_uppercase())]),
    }
}
