//! A code in the reader's words.

use app::pages::dashboard::{PromoRow, PromoState};
use chrono::{DateTime, FixedOffset, Utc};
use domain::{
    args,
    locale::{self, Locale, format},
    shop::{
        plan::service::name_of,
        promo::{rules::Effect, service::Listed},
    },
};

use super::Sale;

/// What a code gives.
pub(in crate::web::dashboard) fn gift(locale: Locale, effect: Effect) -> String {
    let (key, args) = match effect {
        Effect::Percent(percent) => ("bot-promo-gift-percent", args!["percent" => percent]),
        Effect::Amount(money) => ("bot-promo-gift-amount", args!["amount" => money]),
        Effect::Days(days) => {
            let period = format::duration(locale, chrono::Duration::days(days.0));
            ("bot-promo-gift-days", args!["period" => period])
        }
        Effect::Traffic(bytes) => ("bot-promo-gift-traffic", args!["traffic" => bytes]),
    };
    locale::text(locale, key, &args)
}

/// A code in the reader's words.
pub(super) struct Words {
    pub locale: Locale,
    pub zone: FixedOffset,
    pub now: DateTime<Utc>,
}

impl Words {
    pub fn row(&self, listed: &Listed, sale: &Sale) -> PromoRow {
        let Listed { code, held } = listed;
        let say = |key: &str, args: &locale::Args| locale::text(self.locale, key, args);
        let day = |at: DateTime<Utc>| format::date(self.locale, at, self.zone);
        let last = code.valid_until.map(|until| until - chrono::Duration::seconds(1));
        let meant = code.plan_ids();
        let plans = sale.offers.iter().filter(|offer| meant.contains(&offer.plan.id));
        let plans: Vec<String> = plans.map(|offer| name_of(&offer.plan, self.locale)).collect();
        let plans = plans.join(&say("web-list-separator", &args![]));
        let terms = [
            code.valid_from.map(|from| say("web-promos-term-from", &args!["at" => day(from)])),
            last.map(|last| say("web-promos-term-until", &args!["at" => day(last)])),
            code.per_user.map(|most| say("web-promos-term-per-user", &args!["count" => most])),
            code.first_purchase.then(|| say("web-promos-term-first", &args![])),
            (!meant.is_empty() && !plans.is_empty())
                .then(|| say("web-promos-term-plans", &args!["plans" => plans])),
            (!meant.is_empty() && sale.offers.iter().all(|offer| !meant.contains(&offer.plan.id)))
                .then(|| say("web-promos-term-no-plan", &args![])),
        ];
        let counted = args!["paid" => held.paid, "open" => held.open];
        let uses = match code.max_uses {
            Some(most) => say("web-promos-uses-of", &counted.with("max", most)),
            None => say("web-promos-uses", &counted),
        };
        let state = match () {
            () if !code.active => PromoState::Off,
            () if code.valid_from.is_some_and(|from| from > self.now) => PromoState::NotYet,
            () if code.valid_until.is_some_and(|until| until <= self.now) => PromoState::Ended,
            () if code.max_uses.is_some_and(|most| held.paid + held.open >= most) => PromoState::UsedUp,
            () => PromoState::Works,
        };
        PromoRow {
            id: code.id.to_string(),
            code: code.code.clone(),
            gift: code.effect().map(|effect| gift(self.locale, effect)).unwrap_or_default(),
            terms: terms.into_iter().flatten().collect(),
            uses,
            state,
            on: code.active,
        }
    }
}
