//! One filled model of each page, with values as long as real ones.

use app::{
    AccountSummary, Assets, BotSummary, Flash, FormState, Page, PageContext, SandboxStrip, Theme,
    components::{
        Bar, Change, CheckState, Choice, Cycle, KeyAction, KeyStyle, PackageCard, PackageCode, PhoneKey,
        PhoneMessage, Problem, SpanKind, StepState, TextSpan, TimelineStep, Tone, WizardPreview, WizardStep,
    },
    context::IslandAssets,
    pages::{auth::*, dashboard::*, public::*, sandbox::*, start::*},
    ssr,
};
use domain::{
    entities::tenant::order::OrderState,
    locale::{Locale, format},
    money::{Currency, Money},
    units::Bytes,
};

/// Name and document of each page.
pub fn documents(locale: Locale) -> Vec<(&'static str, String)> {
    let mut pages = public(locale);
    pages.extend(wizard(locale));
    pages.extend(dashboard(locale));
    pages.extend(sandbox(locale));
    pages
}

fn public(locale: Locale) -> Vec<(&'static str, String)> {
    let wrong = FormState::filled([("email", "arash@fastline")])
        .with_error("email", "This does not look like an e-mail address.")
        .with_error("password", "At least 10 characters.");
    let error = |kind| ErrorPage { kind, request_id: Some("E-7F3K".into()) };
    vec![
        ("landing", show(locale, LandingPage { packages: packages(), cycle: Cycle::Month })),
        ("landing-year", show(locale, LandingPage { packages: packages(), cycle: Cycle::Year })),
        ("signup", show(locale, SignUpPage { package: Some("starter".into()), ..SignUpPage::default() })),
        ("signup-wrong", show(locale, SignUpPage { form: wrong, ..SignUpPage::default() })),
        ("login", show(locale, LoginPage { next: Some("/app".into()), ..LoginPage::default() })),
        ("error-404", show(locale, error(ErrorKind::NotFound))),
        ("error-400", show(locale, error(ErrorKind::BadRequest))),
        ("error-403", show(locale, error(ErrorKind::Forbidden))),
        ("error-403-origin", show(locale, error(ErrorKind::OtherSite))),
        ("error-413", show(locale, error(ErrorKind::TooLarge { limit: Bytes(65_536) }))),
        ("error-429", show(locale, error(ErrorKind::TooMany))),
        ("error-500", show(locale, error(ErrorKind::Internal))),
        ("error-503", show(locale, error(ErrorKind::Unavailable))),
    ]
}

fn wizard(locale: Locale) -> Vec<(&'static str, String)> {
    let package = |state| PackagePage {
        done: vec![WizardStep::Shop],
        preview: Some(preview(locale)),
        form: FormState::default(),
        packages: packages(),
        chosen: PackageCode::Professional,
        cycle: Cycle::Month,
        state,
    };
    let until = || "4 December 2026".to_owned();
    let paid = PackageState::Paid { package: PackageCode::Starter, until: until() };
    let back = |state| ReturnPage { done: vec![WizardStep::Shop], state, events: "/events/payment".into() };
    vec![
        ("start-shop", show(locale, shop(locale))),
        ("start-package", show(locale, package(PackageState::None))),
        ("start-package-trial", show(locale, package(PackageState::Trial { until: until() }))),
        ("start-package-waiting", show(locale, package(PackageState::Waiting))),
        ("start-package-paid", show(locale, package(paid))),
        ("start-return", show(locale, back(PaymentState::Waiting { long: false }))),
        ("start-return-paid", show(locale, back(PaymentState::Paid { package: PackageCode::Starter }))),
        ("start-package-disputed", show(locale, package(PackageState::Disputed))),
        ("start-return-mismatch", show(locale, back(PaymentState::Mismatch))),
        ("start-return-failed", show(locale, back(PaymentState::Failed))),
        ("start-bot", show(locale, bot_page(locale, TokenCheck::Missing, OwnerCheck::Locked))),
        ("start-bot-checked", show(locale, bot_page(locale, accepted(), open_owner()))),
        ("start-bot-refused", show(locale, bot_page(locale, refused(), OwnerCheck::Locked))),
        ("start-panel", show(locale, PanelPage { sandbox_offered: true, ..PanelPage::default() })),
        ("start-panel-checked", show(locale, panel_page(locale))),
        ("start-panel-again", show(locale, panel_again(locale))),
        ("start-plans", show(locale, plans(locale))),
        ("start-live", show(locale, live_page(locale, None))),
        ("start-live-running", show(locale, live_page(locale, Some(DeploymentState::Running)))),
        ("start-live-done", show(locale, live_page(locale, Some(DeploymentState::Live)))),
        ("start-live-failed", show(locale, live_page(locale, Some(DeploymentState::Failed)))),
    ]
}

fn dashboard(locale: Locale) -> Vec<(&'static str, String)> {
    let cards = vec![BotCard { bot: bot(), state: BotState::Live, today: Some("1 240 ₽".into()) }];
    vec![
        ("app", show(locale, HomePage { bots: cards, ..HomePage::default() })),
        ("app-empty", show(locale, HomePage::default())),
        ("overview", show(locale, overview(locale, BotState::Live))),
        ("overview-paused", show(locale, overview(locale, BotState::Paused))),
        ("overview-first", show(locale, first_day(locale))),
        ("orders", show(locale, orders(true))),
        (
            "orders-nothing",
            show(locale, OrdersPage { rows: vec![], search: "@nobody".into(), ..orders(true) }),
        ),
        ("orders-none", show(locale, OrdersPage { rows: vec![], chips: vec![], ..orders(false) })),
        ("order", show(locale, order(RefundOffer::Part(left())))),
        ("order-by-hand", show(locale, order(RefundOffer::ByHand))),
        ("methods", show(locale, methods())),
        ("methods-none", show(locale, MethodsPage { methods: vec![], ..methods() })),
        ("method", show(locale, method(true))),
        ("method-new", show(locale, method(false))),
        ("preview", show(locale, preview_page(locale))),
    ]
}

fn orders(any: bool) -> OrdersPage {
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
        method: "YooKassa".into(),
        amount: "1 240 ₽".into(),
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
        newer: None,
        older: Some("/app/b/1/orders?before=1".into()),
        events: Some("/live/shop".into()),
        fragment: "/app/b/1/orders?fragment=orders".into(),
    }
}

fn left() -> Left {
    Left { minor: 29_900, amount: "299 ₽".into() }
}

fn order(refund: RefundOffer) -> OrderPage {
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

fn methods() -> MethodsPage {
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

fn method(stored: bool) -> MethodPage {
    let input = |name, label: &str, secret| AccountInput { name, label: label.into(), secret };
    MethodPage {
        bot: bot(),
        provider: "yookassa".into(),
        title: "YooKassa".into(),
        hint: Some("Both are in the merchant profile.".into()),
        stored,
        made_up: false,
        fields: vec![input("account_id", "shopId", false), input("api_key", "Secret key", true)],
        labels: vec![("label_en", "In English".into()), ("label_fa", "In Persian".into())],
        limits_hint: "In rubles.".into(),
        no_price: Some("No plan has a price in rubles.".into()),
        webhook_url: Some("https://botyard.example/pay/01998f2c0a177c0a9f2c8f2c0a17/yookassa".into()),
        form: FormState::filled([("account_id", "54401")]),
    }
}

fn sandbox(locale: Locale) -> Vec<(&'static str, String)> {
    let checkout = CheckoutPage {
        product: "Professional".into(),
        description: Some("3 bots, 500 users, 5 panels".into()),
        cycle: Cycle::Month,
        amount: Money::new(10_000, Currency::Usd),
        back: "/start/package".into(),
        form: FormState::filled([("email", "arash@fastline.example")]),
    };
    let hosted = |result| HostedPage {
        title: "1 month, 100 GB".into(),
        amount: Money::new(29_900, Currency::Rub),
        form: FormState::default(),
        result,
        back: Some("http://127.0.0.1:3000/app/b/1/preview".into()),
    };
    let father = BotFatherPage {
        bots: vec![SandboxBot {
            id: "1".into(),
            name: "Fastline".into(),
            username: "fastline_bot".into(),
            token: "7204118822:AAF1q0sWc2b3nVyT5uKk9LmZpXrJdHeQ3w".into(),
        }],
        back: Some("/start/bot".into()),
        ..BotFatherPage::default()
    };
    vec![
        ("checkout", show(locale, checkout)),
        ("hosted", show(locale, hosted(None))),
        ("hosted-paid", show(locale, hosted(Some(HostedResult::Paid)))),
        ("hosted-declined", show(locale, hosted(Some(HostedResult::Declined)))),
        ("hosted-closed", show(locale, hosted(Some(HostedResult::Closed)))),
        ("botfather", show(locale, father)),
        ("botfather-empty", show(locale, BotFatherPage::default())),
        ("faults", show(locale, faults())),
    ]
}

fn faults() -> FaultsPage {
    let set = |kind, pattern: &str, left| SetFault { kind, pattern: pattern.into(), left };
    let of = |emulator, faults| EmulatorFaults { emulator, faults };
    FaultsPage {
        form: FormState::filled([("pattern", "*"), ("times", "0")]).with_error("times", "From 1 to 1000."),
        platform_time: "27 November, 05:10".into(),
        emulators: vec![
            of(Emulator::Telegram, vec![set(FaultKind::Fail, "sendMessage", Some(2))]),
            of(Emulator::Panel, vec![set(FaultKind::Down, "*", None)]),
            of(Emulator::Stripe, vec![]),
            of(Emulator::Bank, vec![]),
            of(Emulator::YooKassa, vec![]),
        ],
    }
}

fn show(locale: Locale, page: impl Page) -> String {
    ssr::document(context(locale), page)
}

fn context(locale: Locale) -> PageContext {
    PageContext {
        locale,
        theme: if locale == Locale::Fa { Theme::Dark } else { Theme::Light },
        path: "/app/b/1".into(),
        nonce: "the-nonce".into(),
        assets: Assets {
            stylesheet: "/app.css?v=1".into(),
            islands: Some(IslandAssets {
                script: "/pkg/botyard.js".into(),
                wasm: "/pkg/botyard_bg.wasm".into(),
            }),
        },
        flash: Some(Flash { tone: Tone::Ok, title: "Saved.".into(), detail: None }),
        account: Some(AccountSummary { email: "arash@fastline.example".into(), home: "/app".into() }),
        bots: vec![bot()],
        bot: Some(bot()),
        sandbox: Some(SandboxStrip { botfather: Some("/sandbox/botfather".into()) }),
    }
}

fn bot() -> BotSummary {
    BotSummary { id: "1".into(), name: "Fastline VPN".into(), username: Some("fastline_bot".into()) }
}

fn packages() -> Vec<PackageCard> {
    let package = |code, dollars: i64, bots, users, panels, more, api| PackageCard {
        code,
        per_month: Money::new(dollars * 100, Currency::Usd),
        per_year: Money::new(dollars * 1000, Currency::Usd),
        bots,
        users,
        panels,
        advanced_analytics: more,
        white_label: more,
        api,
    };
    vec![
        package(PackageCode::Starter, 50, Some(1), Some(100), Some(1), false, false),
        package(PackageCode::Professional, 100, Some(3), Some(500), Some(5), true, false),
        package(PackageCode::Enterprise, 200, None, None, None, true, true),
    ]
}

fn preview(locale: Locale) -> WizardPreview {
    WizardPreview { shop: "Fastline VPN".into(), messages: conversation(locale), remark: None }
}

fn conversation(locale: Locale) -> Vec<PhoneMessage> {
    let (welcome, bold) = match locale {
        Locale::Fa => ("👋 به Fastline خوش آمدید!\nسرورهای پرسرعت، ۷ روز اول رایگان است.", (6, 8)),
        Locale::Ru => ("👋 Добро пожаловать в Fastline!\nБыстрые серверы, 7 дней бесплатно.", (20, 8)),
        Locale::En => ("👋 Welcome to Fastline!\nFast servers, the first 7 days are free.", (14, 8)),
    };
    let key = |label: &str, style, action| PhoneKey { label: label.into(), style, action };
    vec![
        PhoneMessage {
            id: 1,
            from_me: true,
            text: "/start".into(),
            time: "14:08".into(),
            notice: Some("20 November".into()),
            ..PhoneMessage::default()
        },
        PhoneMessage {
            id: 2,
            text: welcome.into(),
            spans: vec![TextSpan { offset: bold.0, length: bold.1, kind: SpanKind::Bold }],
            time: "14:08".into(),
            edited: true,
            keyboard: vec![
                vec![key("🧪 Start free trial", KeyStyle::Primary, KeyAction::Press)],
                vec![
                    key("🛒 Plans", KeyStyle::Plain, KeyAction::Press),
                    key("📋 Copy link", KeyStyle::Plain, KeyAction::Copy("vless://8f2c".into())),
                ],
                vec![key("💳 Pay", KeyStyle::Success, KeyAction::Open("http://localhost:3000/x".into()))],
            ],
            ..PhoneMessage::default()
        },
    ]
}

fn shop(locale: Locale) -> ShopPage {
    ShopPage {
        done: vec![],
        preview: Some(preview(locale)),
        form: FormState::filled([
            ("name", "Fastline"),
            ("language", "fa"),
            ("currency", "IRR"),
            ("pack", "iran"),
        ]),
        packs: Pack::ALL.to_vec(),
        refills: true,
        currencies: vec![Choice::new("IRR", "Toman"), Choice::new("USD", "US dollar")],
        time_zones: vec![Choice::new("Asia/Tehran", "Tehran (UTC+3:30)")],
    }
}

fn bot_page(locale: Locale, token: TokenCheck, owner: OwnerCheck) -> BotPage {
    BotPage {
        done: vec![WizardStep::Shop, WizardStep::Package],
        preview: Some(preview(locale)),
        form: FormState::default(),
        token,
        owner,
        replacing: false,
        channel: None,
        events: Some("/events/checks".into()),
        botfather: Some("/sandbox/botfather".into()),
    }
}

fn accepted() -> TokenCheck {
    TokenCheck::Accepted {
        masked: "7204…kQ3w".into(),
        name: "Fastline VPN".into(),
        username: "fastline_bot".into(),
    }
}

fn refused() -> TokenCheck {
    TokenCheck::Refused { problem: "Telegram did not accept this token. It was probably revoked.".into() }
}

fn open_owner() -> OwnerCheck {
    OwnerCheck::Open { deep_link: Some("https://t.me/fastline_bot?start=own_x".into()) }
}

fn panel_page(locale: Locale) -> PanelPage {
    let check = |kind, state, detail: Option<&str>| PanelCheck {
        kind,
        state,
        detail: detail.map(str::to_owned),
        took: Some("0.2 s".into()),
    };
    PanelPage {
        done: vec![WizardStep::Shop, WizardStep::Package, WizardStep::Bot],
        preview: Some(preview(locale)),
        saved: Some(SavedPanel {
            url: "https://de1.fastline.example:8000".into(),
            username: "admin".into(),
            version: Some("0.8.4".into()),
        }),
        checks: vec![
            check(PanelCheckKind::Address, CheckState::Passed, Some("203.0.113.7")),
            check(PanelCheckKind::Tls, CheckState::Warned, None),
            check(PanelCheckKind::Login, CheckState::Passed, None),
            check(PanelCheckKind::Version, CheckState::Warned, Some("The panel runs version 0.9.1.")),
            check(PanelCheckKind::Inbounds, CheckState::Failed, Some("The panel has no inbounds.")),
            check(PanelCheckKind::TestUser, CheckState::Waiting, None),
        ],
        inbounds: vec![Inbound { tag: "VLESS TCP REALITY".into(), protocol: "vless".into(), chosen: true }],
        ..PanelPage::default()
    }
}

fn panel_again(locale: Locale) -> PanelPage {
    PanelPage { run: CheckRun::Again, interrupted: true, inbounds: Vec::new(), ..panel_page(locale) }
}

fn plans(locale: Locale) -> PlansPage {
    let plan = |name: &str, days, price: &str| PlanRow {
        name: name.into(),
        days,
        traffic: 100,
        price: price.into(),
        on: true,
    };
    PlansPage {
        done: vec![WizardStep::Shop, WizardStep::Package, WizardStep::Bot, WizardStep::Panel],
        preview: Some(preview(locale)),
        form: FormState::default(),
        plans: vec![plan("1 month", 30, "299"), plan("3 months", 90, "799"), plan("1 year", 365, "2999")],
        currency: "RUB".into(),
        trial: true,
        trial_days: 7,
        trial_traffic: 5,
    }
}

fn deployment(state: DeploymentState) -> Deployment {
    let last = match state {
        DeploymentState::Running => StepState::Running,
        DeploymentState::Live => StepState::Done,
        DeploymentState::Failed => StepState::Failed,
    };
    let step = |kind, state| DeploymentStep {
        kind,
        state,
        detail: Some("@fastline_bot".into()),
        fix: (state == StepState::Failed).then_some(WizardStep::Bot),
        at: (state == StepState::Done).then(|| "14:31:37".into()),
    };
    Deployment {
        state,
        steps: vec![
            step(DeploymentStepKind::OrderPlaced, StepState::Done),
            step(DeploymentStepKind::PaymentVerified, StepState::Done),
            step(DeploymentStepKind::InformationCollected, StepState::Done),
            step(DeploymentStepKind::InstanceCreated, StepState::Done),
            step(DeploymentStepKind::BotRunning, last),
            step(DeploymentStepKind::LinkSent, if last == StepState::Done { last } else { StepState::Ahead }),
        ],
        took: Some("36 s".into()),
    }
}

fn live_page(locale: Locale, state: Option<DeploymentState>) -> LivePage {
    let item = |step, ready| ReadyItem { step, ready, detail: ready.then(|| "Fastline".into()) };
    let live = state == Some(DeploymentState::Live);
    LivePage {
        done: WizardStep::ALL[..5].to_vec(),
        preview: Some(preview(locale)),
        form: FormState::default(),
        ready: vec![
            item(WizardStep::Shop, true),
            item(WizardStep::Package, true),
            item(WizardStep::Bot, true),
            item(WizardStep::Panel, true),
            item(WizardStep::Plans, false),
        ],
        deployment: state.map(deployment),
        bot_link: live.then(|| "https://t.me/fastline_bot".into()),
        overview: live.then(|| "/app/b/1".into()),
        phone: live.then(|| "/app/b/1/preview".into()),
        live_in: live.then(|| "2 min 41 s".into()),
        events: Some("/events/deployment".into()),
    }
}

fn overview(locale: Locale, state: BotState) -> OverviewPage {
    let revenue = [84, 76, 104, 118, 90, 137, 126, 113, 142, 158, 131, 150, 177, 98];
    let days = revenue
        .into_iter()
        .zip(7_u32..)
        .map(|(dollars, day)| Bar {
            iso: format!("2026-11-{day:02}"),
            label: format!("{day} Nov"),
            revenue: Money::new(dollars * 100, Currency::Usd),
            sales: 3,
            partial: day == 20,
        })
        .collect();
    let sale = |id: &str, state| SaleRow {
        id: id.into(),
        user: "@nima_f".into(),
        plan: "1 month, 50 GB".into(),
        amount: format::money(locale, Money::new(490, Currency::Usd)),
        state,
        time: "14:03".into(),
    };
    OverviewPage {
        bot: bot(),
        open_link: Some("https://t.me/fastline_bot".into()),
        owner: Some("700100200".into()),
        owner_link: Some("https://t.me/fastline_bot?start=own_x".into()),
        state,
        reason: Some("for 12 days, restarted once".into()),
        problems: vec![Problem {
            tone: Tone::Warn,
            title: "Panel DE-2 stopped answering at 14:05".into(),
            detail: Some("New sales wait and are finished by themselves.".into()),
            action: Some(("Check panel".into(), "/start/panel".into())),
        }],
        figures: Figures {
            revenue: format::money(locale, Money::new(170_400, Currency::Usd)),
            revenue_change: Some(Change::Up("12% up on the 14 before".into())),
            active: "387".into(),
            active_note: Some(Change::Note("of 500 in your package".into())),
            trial_to_paid: "31%".into(),
            trial_note: Some(Change::Down("2 points down".into())),
            sales_today: "14".into(),
            sales_note: None,
        },
        currency: Currency::Usd,
        days,
        sales: vec![
            sale("FL-2045", SaleState::Granted),
            sale("FL-2044", SaleState::Paid),
            sale("FL-2043", SaleState::Pending),
            sale("FL-2042", SaleState::Failed),
            sale("FL-2041", SaleState::Refunded),
        ],
        deployment: Some(deployment(DeploymentState::Live)),
        masked_token: Some("7204…kQ3w".into()),
        form: FormState::default(),
        events: Some("/events/bot".into()),
    }
}

fn first_day(locale: Locale) -> OverviewPage {
    let mut page = overview(locale, BotState::Live);
    page.problems.clear();
    page.sales.clear();
    for day in &mut page.days {
        day.revenue.minor = 0;
        day.sales = 0;
    }
    page
}

fn preview_page(locale: Locale) -> PreviewPage {
    PreviewPage {
        bot: bot(),
        messages: conversation(locale),
        toast: Some("Copied".into()),
        personas: vec![Choice::new("buyer", "Sara"), Choice::new("owner", "You")],
        persona: "buyer".into(),
        clock: Some("20 November, 14:09".into()),
        start: Some("own_x".into()),
        last_update: Some("{\n  \"update_id\": 90412277\n}".into()),
        events: Some("/events/phone".into()),
    }
}
