//! Promo codes.

use super::*;

pub(super) fn promos() -> PromosPage {
    let states =
        [PromoState::Works, PromoState::NotYet, PromoState::Ended, PromoState::UsedUp, PromoState::Off];
    PromosPage { bot: bot(), rows: states.map(row).into() }
}

pub(super) fn promo() -> PromoPage {
    let values = [("code", "WELCOME10"), ("kind", "percent"), ("value", "100"), ("plan_1", "on")];
    let kinds = ["percent", "amount", "days", "traffic"];
    PromoPage {
        bot: bot(),
        stored: Some(row(PromoState::Works)),
        link: Some("https://t.me/fastline_bot?start=promo_WELCOME10".into()),
        kinds: kinds.map(|kind| Choice::new(kind, kind)).into(),
        currencies: vec![Choice::new("RUB", "Rouble"), Choice::new("XTR", "Stars")],
        plans: vec![("plan_1".into(), "1 month".into()), ("plan_2".into(), "3 months".into())],
        form: FormState::filled(values)
            .with_error("value", "From 1 to 99 percent.")
            .with_error("max_uses", "A limit is at least one use."),
    }
}

fn row(state: PromoState) -> PromoRow {
    PromoRow {
        id: format!("{state:?}").to_lowercase(),
        code: "WELCOME10".into(),
        gift: "10% off".into(),
        terms: vec!["Until 31 December 2026".into(), "For: 1 month, 3 months".into()],
        uses: "1,204 paid, 3 waiting for payment".into(),
        state,
        on: state != PromoState::Off,
    }
}
