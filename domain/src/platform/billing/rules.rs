//! What a checkout's facts mean for its payment, when to ask again, and how long a package runs.

use chrono::{DateTime, Duration, Months, Utc};

use crate::{
    entities::master::package_payment::{self, PackagePaymentState},
    ports::{CheckoutFacts, CheckoutStatus, Cycle},
};

/// SPEC §1: Starter limits, no card.
pub const TRIAL: Duration = Duration::days(14);

/// Minutes until the next look at an open payment; the last one repeats.
const POLL_MINUTES: [i64; 5] = [1, 2, 5, 15, 60];
/// A checkout of Stripe expires after at most a day (docs.stripe.com/api/checkout/sessions/create,
/// `expires_at`); we look for some days more.
const POLL_FOR: Duration = Duration::days(8);

/// What the facts say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing new.
    Keep,
    Expire,
    Pay,
    /// Paid, but not what or for whom we asked.
    Mismatch,
}

/// Compares the provider's facts with our row. States move forward only: what is paid or under
/// somebody's eyes stays so, and money that arrives after the checkout had expired counts.
pub fn judge(payment: &package_payment::Model, account_id: &str, facts: &CheckoutFacts) -> Verdict {
    use PackagePaymentState::{Expired, Mismatch, New, Paid, Pending};
    match (payment.state, facts.status) {
        (Paid | Mismatch, _) | (_, CheckoutStatus::Open) | (Expired, CheckoutStatus::Expired) => {
            Verdict::Keep
        }
        (New | Pending, CheckoutStatus::Expired) => Verdict::Expire,
        (New | Pending | Expired, CheckoutStatus::Paid) => {
            let as_asked = facts.payment == Some(payment.id)
                && facts.amount.minor == payment.amount_minor
                && facts.amount.currency == payment.currency
                && account_id == payment.provider_account;
            if as_asked { Verdict::Pay } else { Verdict::Mismatch }
        }
    }
}

/// When to look at an open payment after `looks` looks; `None` is never again.
pub fn next_look(created_at: DateTime<Utc>, now: DateTime<Utc>, looks: u32) -> Option<DateTime<Utc>> {
    let index = usize::try_from(looks).unwrap_or(usize::MAX).min(POLL_MINUTES.len() - 1);
    (now - created_at < POLL_FOR).then(|| now + Duration::minutes(POLL_MINUTES[index]))
}

/// The end of a period; on the last day of a longer month it ends on the last day of a shorter one.
pub fn period_end(start: DateTime<Utc>, cycle: Cycle) -> DateTime<Utc> {
    let months = match cycle {
        Cycle::Month => Months::new(1),
        Cycle::Year => Months::new(12),
    };
    start.checked_add_months(months).unwrap_or(start)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::{
        ids::{CustomerId, PackagePaymentId},
        money::{Currency, Money},
    };

    fn payment(state: PackagePaymentState) -> package_payment::Model {
        package_payment::Model {
            id: PackagePaymentId::new(),
            customer_id: CustomerId::new(),
            package: "starter".into(),
            cycle: Cycle::Month,
            amount_minor: 5000,
            currency: Currency::Usd,
            state,
            provider: "stripe".into(),
            provider_account: "acct_1".into(),
            session_id: Some("cs_1".into()),
            pay_url: None,
            created_at: DateTime::UNIX_EPOCH,
            paid_at: None,
        }
    }

    fn facts(payment: &package_payment::Model, status: CheckoutStatus) -> CheckoutFacts {
        CheckoutFacts {
            session_id: "cs_1".into(),
            payment: Some(payment.id),
            status,
            amount: Money::new(5000, Currency::Usd),
            provider_customer_id: None,
            provider_subscription_id: None,
            raw: serde_json::Value::Null,
        }
    }

    #[rstest]
    #[case(PackagePaymentState::Pending, CheckoutStatus::Open, Verdict::Keep)]
    #[case(PackagePaymentState::Pending, CheckoutStatus::Paid, Verdict::Pay)]
    #[case(PackagePaymentState::New, CheckoutStatus::Paid, Verdict::Pay)]
    #[case(PackagePaymentState::Expired, CheckoutStatus::Paid, Verdict::Pay)]
    #[case(PackagePaymentState::Pending, CheckoutStatus::Expired, Verdict::Expire)]
    #[case(PackagePaymentState::Paid, CheckoutStatus::Paid, Verdict::Keep)]
    #[case(PackagePaymentState::Paid, CheckoutStatus::Expired, Verdict::Keep)]
    #[case(PackagePaymentState::Mismatch, CheckoutStatus::Paid, Verdict::Keep)]
    fn states_move_forward_only(
        #[case] state: PackagePaymentState,
        #[case] status: CheckoutStatus,
        #[case] verdict: Verdict,
    ) {
        let payment = payment(state);
        assert_eq!(judge(&payment, "acct_1", &facts(&payment, status)), verdict);
    }

    #[test]
    fn money_that_is_not_as_asked_is_never_taken_for_the_payment() {
        let payment = payment(PackagePaymentState::Pending);
        let good = facts(&payment, CheckoutStatus::Paid);
        let less = CheckoutFacts { amount: Money::new(4999, Currency::Usd), ..good.clone() };
        let euros = CheckoutFacts { amount: Money::new(5000, Currency::Eur), ..good.clone() };
        let others = CheckoutFacts { payment: Some(PackagePaymentId::new()), ..good.clone() };
        let nobodys = CheckoutFacts { payment: None, ..good.clone() };
        for facts in [less, euros, others, nobodys] {
            assert_eq!(judge(&payment, "acct_1", &facts), Verdict::Mismatch, "{facts:?}");
        }
        assert_eq!(judge(&payment, "acct_2", &good), Verdict::Mismatch);
    }

    #[test]
    fn looks_at_an_open_payment_get_rarer_and_end() {
        let start = DateTime::UNIX_EPOCH;
        let minutes: Vec<_> =
            (0..7).map(|looks| (next_look(start, start, looks).unwrap() - start).num_minutes()).collect();
        assert_eq!(minutes, [1, 2, 5, 15, 60, 60, 60]);
        assert_eq!(next_look(start, start + POLL_FOR, 9), None);
    }

    #[test]
    fn a_month_from_the_thirty_first_ends_on_the_months_last_day() {
        let start: DateTime<Utc> = "2026-01-31T10:00:00Z".parse().unwrap();
        assert_eq!(period_end(start, Cycle::Month).to_rfc3339(), "2026-02-28T10:00:00+00:00");
        assert_eq!(period_end(start, Cycle::Year).to_rfc3339(), "2027-01-31T10:00:00+00:00");
    }
}
