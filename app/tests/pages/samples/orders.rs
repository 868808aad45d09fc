//! Orders, refunds and ways to pay.

use super::*;

pub(super) fn orders(any: bool) -> OrdersPage {
    let chip = |label: &str, chosen| OrderChip {
        label: label.into(),
        count: "1,204".into(),
        href: "/app/b/1/orders?state=paid".into(),
        chosen,
    };
    let row = |state| OrderRow {
        number: "BY-8F2C0A17".into(),
        href: "/app/b/1/orders/1".into(),
        buyer: "@nima_farahani".into(),
        plan: "3 months, 150 GB".into(),
        method: Some("YooKassa".into()),
        amount: "1 240 ₽".into(),
        review: state == OrderState::New,
        state,
        time: "20 November, 14:03".into(),
    };
    OrdersPage {
        bot: bot(),
        chips: vec![chip("All", false), chip("Paid", true)],
        state: "paid".into(),
        search: String::new(),
        rows: OrderState::PAID_ONCE
            .into_iter()
            .chain([OrderState::New, OrderState::Mismatch])
            .map(row)
            .collect(),
        any,
        review: Some(ReviewLink { text: "4 receipts wait for you".into(), href: "/app/b/1/orders/2".into() }),
        strange: vec!["299 ₽ by YooKassa, 20 November, 14:03: payment 2c5d6a7f".into()],
        check: Some(OrdersCheck { tone: Tone::Bad, text: "2 things do not add up.".into() }),
        newer: None,
        older: Some("/app/b/1/orders?before=1".into()),
        events: Some("/live/shop".into()),
        address: "/app/b/1/orders".into(),
        drawer: None,
    }
}

/// The list with a receipt over it.
pub(super) fn review(form: FormState) -> OrdersPage {
    let drawer = ReceiptDrawer {
        number: "BY-8F2C0A17".into(),
        order: "/app/b/1/orders/1".into(),
        address: "/app/b/1/orders/1/review".into(),
        receipt: receipt(),
        form,
    };
    OrdersPage { drawer: Some(drawer), ..orders(true) }
}

pub(super) fn left() -> Left {
    Left { minor: 29_900, amount: "299 ₽".into() }
}

pub(super) fn order(refund: RefundOffer) -> OrderPage {
    let fact = |label: &str, value: &str, kind| Fact { label: label.into(), value: value.into(), kind };
    let step = |title: &str, state, detail: Option<&str>| TimelineStep {
        state,
        title: title.into(),
        detail: detail.map(str::to_owned),
        fix: None,
        at: Some("20 November, 14:03".into()),
    };
    OrderPage {
        bot: bot(),
        id: "1".into(),
        number: "BY-8F2C0A17".into(),
        state: OrderState::Mismatch,
        attention: vec!["$2.99 came instead of $3.00.".into()],
        receipt: matches!(refund, RefundOffer::None).then(receipt),
        payment: vec![
            fact("Plan", "3 months, 150 GB", FactKind::Words),
            fact("Payment", "pay_01998f2c0a177c0a9f2c8f2c0a17", FactKind::Code),
        ],
        access: vec![fact("Taken back", "12 days, 40 GB", FactKind::Words)],
        refunds: vec![RefundRow {
            amount: "100 ₽".into(),
            state: RefundProgress::Done,
            reason: "Asked nicely".into(),
            by: Some("arash@fastline.example".into()),
            time: "20 November, 14:03".into(),
        }],
        steps: vec![
            step("Ordered", StepState::Done, None),
            step("The payment does not match", StepState::Failed, Some("$2.99 came instead of $3.00.")),
        ],
        can_look: true,
        refund,
        form: FormState::filled([("amount", "x")]).with_error("amount", "Not an amount."),
        events: Some("/live/shop".into()),
        waiting: true,
    }
}

fn receipt() -> ReceiptReview {
    let line =
        |text: &str, href: Option<&str>| EarlierReceipt { text: text.into(), href: href.map(str::to_owned) };
    ReceiptReview {
        id: "1".into(),
        picture: ReceiptPicture::Shown("/app/b/1/orders/1/receipt/1".into()),
        facts: vec![Fact {
            label: "Amount asked for".into(),
            value: "489,037 Toman".into(),
            kind: FactKind::Words,
        }],
        twins: vec![line("for BY-8F2C0A16 on 19 November, 11:00", Some("/app/b/1/orders/0"))],
        others: vec![line("Rejected by arash@fastline.example, 20 November, 13:00: unreadable", None)],
        decision: Decision::Open,
        reasons: vec![Choice::new("amount", "The amount does not match")],
        amount: "489,037 Toman".into(),
        card: "4412".into(),
        turns: Some(Turns { place: "1 of 4".into(), previous: None, next: Some("/app/b/1/orders/2".into()) }),
    }
}

pub(super) fn methods() -> MethodsPage {
    let row = |provider: &str, on, currencies: Option<&str>| MethodRow {
        provider: provider.into(),
        title: provider.into(),
        on,
        currencies: currencies.map(str::to_owned),
        limits: Some("From 100 ₽".into()),
    };
    MethodsPage {
        bot: bot(),
        methods: vec![row("yookassa", true, Some("Collects in rubles")), row("cryptopay", false, None)],
        others: vec![OtherMethod { provider: "wata".into(), title: "Wata".into() }],
    }
}

pub(super) fn method(stored: bool) -> MethodPage {
    let input = |name, label: &str, secret: bool| AccountInput {
        name,
        label: label.into(),
        hint: (!secret).then(|| "A number.".into()),
        secret,
        optional: false,
        ltr: true,
    };
    MethodPage {
        bot: bot(),
        provider: "yookassa".into(),
        title: "YooKassa".into(),
        hint: Some("Both are in the merchant profile.".into()),
        stored,
        optional: true,
        testable: true,
        fields: vec![input("account_id", "shopId", false), input("api_key", "Secret key", true)],
        labels: vec![("label_en", "In English".into()), ("label_fa", "In Persian".into())],
        prices: vec![("price_1".into(), "1 month".into()), ("price_2".into(), "1 year".into())],
        prices_title: "Prices in Stars".into(),
        limits_hint: "In rubles.".into(),
        no_price: Some("No plan has a price in rubles.".into()),
        webhook_url: Some("https://botyard.example/pay/01998f2c0a177c0a9f2c8f2c0a17/yookassa".into()),
        form: FormState::filled([("account_id", "54401")]),
    }
}

pub(super) fn notices() -> NoticesPage {
    let kind = |code: &str, on| NoticeSwitch {
        code: code.into(),
        title: "The plan ends soon".into(),
        text: "Three days and a day ahead.".into(),
        on,
    };
    NoticesPage {
        bot: bot(),
        kinds: vec![kind("expiring", true), kind("expired", false)],
        hours: vec![Choice::new("10", "10:00"), Choice::new("21", "21:00")],
        form: FormState::filled([("from", "10"), ("until", "21")]),
    }
}
