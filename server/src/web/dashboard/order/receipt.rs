//! The receipt of an order, as whoever decides reads it; and the picture.

use std::collections::BTreeMap;

use app::{
    components::Choice,
    pages::dashboard::{Decision, EarlierReceipt, Fact, FactKind, ReceiptPicture, ReceiptReview, Turns},
};
use axum::{
    extract::Path,
    response::{IntoResponse, Response},
};
use chrono::FixedOffset;
use domain::{
    args,
    db::{StoreError, TenantTx},
    entities::tenant::{
        order,
        receipt::{self, ReceiptState, RejectReason, Unread},
    },
    ids::{OrderId, ReceiptId},
    locale::{self, Args, Locale, digits, format},
    money::Money,
    shop::{
        order::{list, service as orders},
        payment::card::{self, number::ending},
        receipt::{
            decide::DecideRefused,
            rules::{Verdict, Wanted, verdict},
            service as receipts,
        },
        stat::service::Sale,
    },
};
use http::header;

use super::{
    super::orders::{buyer, review_of},
    ShopOrder, actor, href, review, words,
};
use crate::{
    state::AppState,
    web::{Post, WebError, WebResult, explained, guard::ShopBot},
};

/// Orders of a buyer that are looked through for how many he has paid.
const LOOKED_THROUGH: u64 = 200;

/// Everything about the receipts of one order.
pub(super) struct Loaded {
    shown: receipt::Model,
    others: Vec<receipt::Model>,
    twins: Vec<(receipt::Model, order::Model)>,
    has_picture: bool,
    /// Orders whose receipts wait, the oldest first.
    waiting: Vec<OrderId>,
    /// Of the same buyer, this order apart.
    paid_before: i64,
}

/// `None` when the order has no receipt. One that waits is shown before those that are decided.
pub(super) async fn load(tx: &TenantTx, order: &order::Model) -> Result<Option<Loaded>, StoreError> {
    if order.provider != card::NAME {
        return Ok(None);
    }
    let mut all = receipts::of_order(tx, order.id).await?;
    let settled = [ReceiptState::Waiting, ReceiptState::Approved];
    let at = all.iter().position(|row| settled.contains(&row.state)).or(all.len().checked_sub(1));
    let Some(shown) = at.map(|at| all.remove(at)) else { return Ok(None) };
    let bought = orders::of_user(tx, order.user_id, LOOKED_THROUGH).await?;
    let is_paid =
        |row: &&order::Model| row.id != order.id && order::OrderState::PAID_ONCE.contains(&row.state);
    Ok(Some(Loaded {
        twins: receipts::twins(tx, &shown).await?,
        has_picture: receipts::has_picture(tx, shown.id).await?,
        waiting: receipts::waiting(tx).await?.into_iter().map(|row| row.order_id).collect(),
        paid_before: i64::try_from(bought.iter().filter(is_paid).count()).unwrap_or(i64::MAX),
        others: all,
        shown,
    }))
}

impl Loaded {
    /// Whoever decided, by the account's identifier.
    pub(super) fn people(&self) -> impl Iterator<Item = &str> {
        let all = self.others.iter().chain([&self.shown]);
        all.filter_map(|row| row.decided_by.as_deref())
    }

    pub(super) fn is_waiting(&self) -> bool {
        self.shown.state == ReceiptState::Waiting
    }

    /// The picture is on its way.
    pub(super) fn is_fetching(&self) -> bool {
        self.shown.sha256.is_none() && self.shown.unread.is_none()
    }
}

/// How receipts are told: to whom, and where the orders are.
pub(super) struct Teller<'a> {
    pub locale: Locale,
    pub zone: FixedOffset,
    /// The address of the bot's orders.
    pub list: String,
    pub people: &'a BTreeMap<String, String>,
}

impl Teller<'_> {
    pub(super) fn review(&self, loaded: &Loaded, sale: &Sale) -> ReceiptReview {
        let (order, shown) = (&sale.order, &loaded.shown);
        let states: Vec<_> = loaded.others.iter().map(|row| row.state).collect();
        let can_approve =
            verdict(order.state, shown.state, &states, Wanted::ApproveAfterAll) == Verdict::Moves;
        ReceiptReview {
            id: shown.id.to_string(),
            picture: self.picture(loaded),
            facts: self.facts(loaded, sale),
            twins: loaded.twins.iter().map(|(row, order)| self.twin(row, order)).collect(),
            others: loaded.others.iter().map(|row| self.other(row)).collect(),
            decision: match shown.state {
                ReceiptState::Waiting => Decision::Open,
                ReceiptState::Approved => Decision::Approved(self.decided(shown)),
                ReceiptState::Rejected => Decision::Rejected { text: self.decided(shown), can_approve },
            },
            reasons: RejectReason::ALL
                .map(|reason| {
                    let code = reason.code();
                    let label = self.text(&format!("web-receipt-reason-{code}"), &args![]);
                    Choice::new(code, label)
                })
                .into(),
            amount: format::money(self.locale, Money::new(order.amount_minor, order.currency)),
            card: digits::local(self.locale, ending(&order.provider_account)),
            turns: (shown.state == ReceiptState::Waiting).then(|| self.turns(loaded, order.id)).flatten(),
        }
    }

    fn picture(&self, loaded: &Loaded) -> ReceiptPicture {
        let shown = &loaded.shown;
        if loaded.has_picture {
            return ReceiptPicture::Shown(self.address(shown));
        }
        let key = match shown.unread {
            Some(Unread::Gone) => "web-receipt-picture-gone",
            Some(Unread::TooLarge) => "web-receipt-picture-too-large",
            Some(Unread::NoPicture) => "web-receipt-picture-none",
            None if loaded.is_fetching() => return ReceiptPicture::Fetching,
            None => "web-receipt-picture-dropped",
        };
        ReceiptPicture::Missing(self.text(key, &args![]))
    }

    fn facts(&self, loaded: &Loaded, sale: &Sale) -> Vec<Fact> {
        let (order, shown) = (&sale.order, &loaded.shown);
        let words =
            |key: &str, value: String| Fact { label: self.text(key, &args![]), value, kind: FactKind::Words };
        let money = |minor| format::money(self.locale, Money::new(minor, order.currency));
        let mut facts = vec![words("web-receipt-expected", money(order.amount_minor))];
        facts.extend(shown.amount_minor.map(|minor| words("web-receipt-arrived", money(minor))));
        facts.push(words(
            "web-receipt-card",
            format!("…{}", digits::local(self.locale, ending(&order.provider_account))),
        ));
        facts.push(words("web-receipt-sent", format::date_time(self.locale, shown.created_at, self.zone)));
        let between = args![
            "from" => format::date_time_short(self.locale, order.created_at, self.zone),
            "until" => format::date_time_short(self.locale, order.expires_at, self.zone),
        ];
        facts.push(words("web-receipt-ordered", self.text("web-receipt-between", &between)));
        let before = self.text("web-receipt-before", &args!["count" => loaded.paid_before]);
        let separator = self.text("web-list-separator", &args![]);
        facts.push(words("web-sale-user", format!("{}{separator}{before}", buyer(sale))));
        facts.push(words("web-sale-plan", list::title(order, self.locale)));
        facts
    }

    fn twin(&self, row: &receipt::Model, order: &order::Model) -> EarlierReceipt {
        let args = args![
            "order" => order.id.short(),
            "time" => format::date_time_short(self.locale, row.created_at, self.zone),
        ];
        EarlierReceipt {
            text: self.text("web-receipt-twin", &args),
            href: Some(format!("{}/{}", self.list, order.id)),
        }
    }

    fn other(&self, row: &receipt::Model) -> EarlierReceipt {
        let href = row.sha256.as_ref().map(|_| self.address(row));
        EarlierReceipt { text: self.decided(row), href }
    }

    /// By whom, when and why, in a sentence.
    pub(super) fn decided(&self, row: &receipt::Model) -> String {
        let by = row.decided_by.as_ref().and_then(|id| self.people.get(id)).cloned();
        let args = args![
            "by" => by.unwrap_or_else(|| self.text("web-receipt-somebody", &args![])),
            "time" => format::date_time_short(self.locale, row.decided_at.unwrap_or(row.created_at), self.zone),
        ];
        let Some(reason) = row.reason else { return self.text("web-receipt-approved-by", &args) };
        let reason = match (&row.note, reason) {
            (Some(note), RejectReason::Other) => note.clone(),
            (Some(note), reason) => {
                let why = self.text(&format!("web-receipt-reason-{}", reason.code()), &Args::default());
                format!("{why}. {note}")
            }
            (None, reason) => self.text(&format!("web-receipt-reason-{}", reason.code()), &Args::default()),
        };
        self.text("web-receipt-rejected-by", &args.with("reason", reason))
    }

    fn turns(&self, loaded: &Loaded, own: OrderId) -> Option<Turns> {
        let at = loaded.waiting.iter().position(|id| *id == own)?;
        let address = |id: &OrderId| review_of(&self.list, *id);
        let number = |at: usize| i64::try_from(at).unwrap_or(i64::MAX);
        let args = args!["at" => number(at + 1), "of" => number(loaded.waiting.len())];
        Some(Turns {
            place: self.text("web-receipt-place", &args),
            previous: at.checked_sub(1).and_then(|at| loaded.waiting.get(at)).map(address),
            next: loaded.waiting.get(at + 1).map(address),
        })
    }

    fn address(&self, row: &receipt::Model) -> String {
        format!("{}/{}/receipt/{}", self.list, row.order_id, row.id)
    }

    fn text(&self, key: &str, args: &Args) -> String {
        locale::text(self.locale, key, args)
    }
}

/// Where whoever has decided goes on.
#[derive(Clone, Copy, Debug)]
pub(super) enum Then {
    Order,
    /// The next receipt that waits, or the list when there is none.
    NextReview,
}

/// `approve`, `approve_after_all`: what arrived.
pub(super) async fn approve(
    state: &AppState,
    bot: &ShopBot,
    post: &Post,
    order: &order::Model,
    then: Then,
) -> WebResult {
    let receipt = named(post)?;
    let typed = post.optional("came").map(|typed| digits::parse_money(typed, order.currency));
    let Ok(came) = typed.transpose() else {
        return Ok(post.refused(&["came"], vec![post.error("came", "error-money", &args![])]));
    };
    let after_all = post.act() == "approve_after_all";
    let minor = came.map(|money| money.minor);
    match actor(state, bot).approve_receipt(receipt, minor, after_all).await {
        Ok(()) => {
            let said = match order.is_top_up() {
                true => "web-flash-receipt-approved-wallet",
                false => "web-flash-receipt-approved",
            };
            decided(state, bot, post, order.id, then, said).await
        }
        Err(error) => refused(state, bot, post, error, "came").await,
    }
}

/// `reject`: why, for the buyer.
pub(super) async fn reject(
    state: &AppState,
    bot: &ShopBot,
    post: &Post,
    order: &order::Model,
    then: Then,
) -> WebResult {
    let receipt = named(post)?;
    let Some(reason) = RejectReason::from_code(post.field("why")) else {
        return Ok(post.refused(&["words"], vec![post.error("why", "error-required", &args![])]));
    };
    match actor(state, bot).reject_receipt(receipt, reason, post.field("words")).await {
        Ok(()) => decided(state, bot, post, order.id, then, "web-flash-receipt-rejected").await,
        Err(error) => refused(state, bot, post, error, "words").await,
    }
}

async fn decided(
    state: &AppState,
    bot: &ShopBot,
    post: &Post,
    order: OrderId,
    then: Then,
    said: &str,
) -> WebResult {
    state.events.publish(bot.shop.tenant.id, domain::events::EventKind::Sale, None);
    let next = match then {
        Then::Order => href(bot, order),
        Then::NextReview => review::next(bot).await?,
    };
    Ok(post.done(&next, said, &args![]))
}

fn named(post: &Post) -> Result<ReceiptId, WebError> {
    post.field("receipt").parse().map_err(|_| WebError::NotFound)
}

/// Whoever comes second reads who was first; what is wrong with a field is said there.
async fn refused(
    state: &AppState,
    bot: &ShopBot,
    post: &Post,
    error: DecideRefused,
    field: &'static str,
) -> WebResult {
    match error {
        DecideRefused::NoReceipt => Err(WebError::NotFound),
        DecideRefused::Decided(row) => {
            let people = words::emails(state, row.decided_by.as_deref().into_iter()).await?;
            let (locale, zone) = (post.locale, bot.shop.zone());
            let teller = Teller { locale, zone, list: String::new(), people: &people };
            Ok(post.failed("error-receipt-decided", &args!["decision" => teller.decided(&row)]))
        }
        error @ (DecideRefused::Amount | DecideRefused::NoWords) => {
            let (key, args) = explained(error)?;
            Ok(post.refused(&["came", "why", "words"], vec![post.error(field, key, &args)]))
        }
        error => {
            let (key, args) = explained(error)?;
            Ok(post.failed(key, &args))
        }
    }
}

/// The picture of a receipt of this order. Kept by nobody on the way.
pub async fn picture(found: ShopOrder, Path((_, _, receipt)): Path<(String, String, String)>) -> WebResult {
    let id: ReceiptId = receipt.parse().map_err(|_| WebError::NotFound)?;
    let tx = found.bot.shop.db.read().await?;
    let row = receipts::find(&tx, id).await?.filter(|row| row.order_id == found.id);
    let mime = row.and_then(|row| row.mime).ok_or(WebError::NotFound)?;
    let content = receipts::picture(&tx, id).await?.ok_or(WebError::NotFound)?;
    drop(tx);
    let heads = [
        (header::CONTENT_TYPE, mime),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
        (header::CONTENT_DISPOSITION, "inline".to_owned()),
    ];
    Ok::<Response, WebError>((heads, content).into_response())
}
