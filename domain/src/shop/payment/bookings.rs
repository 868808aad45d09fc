//! What a sale, a refund and a lost dispute are in the books: written when an order is settled, and the
//! sale once more when the books are compared with the evidence.

use chrono::{DateTime, Utc};

use crate::{
    entities::tenant::order,
    ports::PaymentFacts,
    shop::{
        ledger::service::{self as ledger, Booking, Leg},
        wallet::service::is_payer,
    },
};

/// The money came; what is too much lies in the buyer's wallet, and of a top-up all of it.
pub(super) fn sale(order: &order::Model, facts: &PaymentFacts, at: DateTime<Utc>) -> Booking<'static> {
    let (came, due, currency) = (facts.amount.minor, order.amount_minor, order.currency);
    if order.is_top_up() {
        let wallet = Leg::new(ledger::wallet(order.user_id), -came, currency);
        let legs = vec![Leg::new(payer(order, facts), came, currency), wallet];
        return booking(order, ledger::TOP_UP, reference(order, facts), at, legs);
    }
    let mut legs =
        vec![Leg::new(payer(order, facts), came, currency), Leg::new(ledger::REVENUE, -due, currency)];
    if came > due {
        legs.push(Leg::new(ledger::wallet(order.user_id), due - came, currency));
    }
    booking(order, ledger::PAYMENT, reference(order, facts), at, legs)
}

/// More of the order's money has gone back. `spent`: so much of a top-up's is not in the wallet any more.
pub(super) fn refund(
    order: &order::Model,
    facts: &PaymentFacts,
    (more, spent): (i64, i64),
    at: DateTime<Utc>,
) -> Booking<'static> {
    let refunded = order.refunded_minor + more;
    let payer = Leg::new(payer(order, facts), -more, order.currency);
    let reference = format!("{}:{refunded}", reference(order, facts));
    if order.is_top_up() {
        let legs = std::iter::once(payer).chain(out_of_wallet(order, (more, spent))).collect();
        return booking(order, ledger::TOP_UP_BACK, reference, at, legs);
    }
    let legs = vec![Leg::new(ledger::REFUNDS, more, order.currency), payer];
    booking(order, "refund", reference, at, legs)
}

/// More of what was paid too much has gone back where it came from, after `before`. What the buyer has
/// spent of it meanwhile is lost to the shop: a wallet never owes.
pub(super) fn surplus_back(
    order: &order::Model,
    facts: &PaymentFacts,
    before: i64,
    (more, spent): (i64, i64),
    at: DateTime<Utc>,
) -> Booking<'static> {
    let payer = Leg::new(payer(order, facts), -more, order.currency);
    let legs = std::iter::once(payer).chain(out_of_wallet(order, (more, spent))).collect();
    booking(order, "surplus_back", format!("{}:{}", reference(order, facts), before + more), at, legs)
}

/// The bank took what had not gone back of the order; of a top-up the wallet gives what it has.
pub(super) fn loss(
    order: &order::Model,
    facts: &PaymentFacts,
    spent: i64,
    at: DateTime<Utc>,
) -> Booking<'static> {
    let left = order.amount_minor - order.refunded_minor;
    let payer = Leg::new(payer(order, facts), -left, order.currency);
    let legs = match order.is_top_up() {
        true => std::iter::once(payer).chain(out_of_wallet(order, (left, spent))).collect(),
        false => vec![Leg::new(ledger::DISPUTES, left, order.currency), payer],
    };
    booking(order, ledger::DISPUTE, reference(order, facts), at, legs)
}

/// So much leaves the buyer's wallet; what they have spent of it is the shop's loss.
fn out_of_wallet(order: &order::Model, (more, spent): (i64, i64)) -> impl Iterator<Item = Leg> {
    let wallet = Leg::new(ledger::wallet(order.user_id), more - spent, order.currency);
    let lost = Leg::new(ledger::LOSSES, spent, order.currency);
    [wallet, lost].into_iter().filter(|leg| leg.amount.minor != 0)
}

fn booking(
    order: &order::Model,
    kind: &'static str,
    provider_ref: String,
    at: DateTime<Utc>,
    legs: Vec<Leg>,
) -> Booking<'static> {
    Booking { order_ref: order.id.to_string(), kind, provider_ref, at, legs }
}

/// From where the money came, and where it goes back to: what lies at the provider, or the buyer's wallet.
fn payer(order: &order::Model, facts: &PaymentFacts) -> String {
    match is_payer(order) {
        true => ledger::wallet(order.user_id),
        false => ledger::clearing(&order.provider, &facts.account_id),
    }
}

fn reference(order: &order::Model, facts: &PaymentFacts) -> String {
    format!("{}:{}:{}", order.provider, facts.account_id, facts.provider_payment_id)
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::{
        entities::tenant::order::OrderState,
        ids::{BotId, OrderId, PlanId, UserId},
        money::{Currency, Money},
        ports::PaymentStatus,
        shop::{payment::House, refund::rules},
        units::Days,
    };

    /// What happens to one user's money.
    #[derive(Clone, Copy, Debug)]
    enum Move {
        /// Pays an order at a provider, with so much more than it costs.
        Pays { surplus: i64 },
        /// Pays an order with the wallet, if it covers it.
        Spends,
        /// So much of an order that a wallet paid goes back.
        Refund { of: usize, minor: i64 },
        /// So much of a surplus goes back where it came from.
        SurplusBack { of: usize, minor: i64 },
        /// Fills the wallet.
        TopUp { surplus: i64 },
        /// So much of a top-up goes back.
        TopUpBack { of: usize, minor: i64 },
        /// A bank calls a top-up back.
        TopUpLost { of: usize },
    }

    fn moves() -> impl Strategy<Value = Vec<Move>> {
        let one = prop_oneof![
            (0_i64..900).prop_map(|surplus| Move::Pays { surplus }),
            Just(Move::Spends),
            (any::<usize>(), 1_i64..400).prop_map(|(of, minor)| Move::Refund { of, minor }),
            (any::<usize>(), 1_i64..900).prop_map(|(of, minor)| Move::SurplusBack { of, minor }),
            (0_i64..90).prop_map(|surplus| Move::TopUp { surplus }),
            (any::<usize>(), 1_i64..400).prop_map(|(of, minor)| Move::TopUpBack { of, minor }),
            any::<usize>().prop_map(|of| Move::TopUpLost { of }),
        ];
        prop::collection::vec(one, 0..40)
    }

    const PRICE: i64 = 299;

    fn order(user: UserId, provider: &str) -> order::Model {
        order::Model {
            id: OrderId::new(),
            user_id: user,
            bot_id: BotId::new(),
            plan_id: Some(PlanId::new()),
            subscription_id: None,
            plan_names: Some(json!({})),
            plan_days: Some(Days(30)),
            plan_traffic_bytes: None,
            amount_minor: PRICE,
            currency: Currency::Rub,
            refunded_minor: 0,
            state: OrderState::Provisioned,
            provider: provider.into(),
            provider_account: "shop".into(),
            provider_payment_id: None,
            pay_url: None,
            repeats: None,
            separate: false,
            created_at: DateTime::UNIX_EPOCH,
            expires_at: DateTime::UNIX_EPOCH + Duration::hours(1),
            paid_at: None,
            provisioned_at: None,
        }
    }

    fn top_up(user: UserId) -> order::Model {
        order::Model { plan_id: None, plan_names: None, plan_days: None, ..order(user, "bank") }
    }

    fn facts(order: &order::Model, came: i64) -> PaymentFacts {
        PaymentFacts {
            provider_payment_id: order.id.to_string(),
            account_id: order.provider_account.clone(),
            order: Some(order.id),
            repeats: None,
            amount: Money::new(came, order.currency),
            status: PaymentStatus::Paid,
            refunded: 0,
            dispute: None,
            paid_at: None,
            raw: json!(null),
        }
    }

    proptest! {
        #[test]
        fn whatever_happens_a_wallet_owes_nothing_and_every_booking_is_even(moves in moves()) {
            let (user, at) = (UserId::new(), DateTime::UNIX_EPOCH);
            let wallet = ledger::wallet(user);
            let mut owed = 0;
            // Paid by the wallet; paid elsewhere, with what is left of the surplus.
            let (mut spent, mut paid): (Vec<order::Model>, Vec<(order::Model, i64)>) = (vec![], vec![]);
            let mut filled: Vec<order::Model> = vec![];
            for step in moves {
                let booking = match step {
                    Move::Pays { surplus } => {
                        let order = order(user, "bank");
                        paid.push((order.clone(), surplus));
                        sale(&order, &facts(&order, PRICE + surplus), at)
                    }
                    Move::Spends if -owed >= PRICE => {
                        let order = order(user, House::Wallet.name());
                        spent.push(order.clone());
                        sale(&order, &facts(&order, PRICE), at)
                    }
                    Move::Refund { of, minor } if !spent.is_empty() => {
                        let of = of % spent.len();
                        let order = &mut spent[of];
                        let more = minor.min(PRICE - order.refunded_minor);
                        let booking = refund(order, &facts(order, PRICE), (more, 0), at);
                        order.refunded_minor += more;
                        booking
                    }
                    Move::SurplusBack { of, minor } if !paid.is_empty() => {
                        let of = of % paid.len();
                        let (order, left) = &mut paid[of];
                        let more = minor.min(*left);
                        *left -= more;
                        let lost = rules::spent(more, -owed);
                        surplus_back(order, &facts(order, PRICE), 0, (more, lost), at)
                    }
                    Move::TopUp { surplus } => {
                        let order = top_up(user);
                        filled.push(order.clone());
                        sale(&order, &facts(&order, PRICE + surplus), at)
                    }
                    Move::TopUpBack { of, minor } if !filled.is_empty() => {
                        let of = of % filled.len();
                        let order = &mut filled[of];
                        let more = minor.min(PRICE - order.refunded_minor);
                        let lost = rules::spent(more, -owed);
                        let booking = refund(order, &facts(order, PRICE), (more, lost), at);
                        order.refunded_minor += more;
                        booking
                    }
                    Move::TopUpLost { of } if !filled.is_empty() => {
                        let order = filled.swap_remove(of % filled.len());
                        let lost = rules::spent(PRICE - order.refunded_minor, -owed);
                        loss(&order, &facts(&order, PRICE), lost, at)
                    }
                    _ => continue,
                };
                prop_assert_eq!(booking.legs.iter().map(|leg| leg.amount.minor).sum::<i64>(), 0);
                let legs = booking.legs.iter().filter(|leg| leg.account == wallet);
                owed += legs.map(|leg| leg.amount.minor).sum::<i64>();
                prop_assert!(owed <= 0, "it owes {owed} after {step:?}");
            }
        }
    }
}
