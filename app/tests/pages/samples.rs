//! One filled model of each page, with values as long as real ones.

mod broadcasts;
mod orders;
mod panels;
mod phone;
mod promos;
mod staff;
mod texts;
mod tickets;
mod wizard;

use app::{
    AccountSummary, Assets, BotSummary, Flash, FormState, Page, PageContext, SandboxStrip, Theme,
    components::{
        Bar, Change, CheckState, Choice, Cycle, KeyAction, KeyStyle, PackageCard, PackageCode, PaymentSheet,
        PhoneKey, PhoneMessage, Problem, SpanKind, StepState, TextSpan, TimelineStep, Tone, WizardPreview,
        WizardStep,
    },
    context::IslandAssets,
    pages::{auth::*, dashboard::*, panel::*, public::*, sandbox::*, start::*},
    ssr,
};
use domain::{
    entities::tenant::{order::OrderState, panel::PanelState, referral::ReferralState, ticket::TicketState},
    locale::{Locale, format},
    money::{Currency, Money},
    units::Bytes,
};

use self::{
    broadcasts::*, orders::*, panels::*, phone::*, promos::*, staff::*, texts::*, tickets::*, wizard::*,
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
        ("mail-on", show(locale, mail(true))),
        ("mail-off", show(locale, mail(false))),
        ("mail-gone", show(locale, MailGonePage)),
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

fn mail(is_on: bool) -> MailPage {
    MailPage {
        shop: "Fastline".into(),
        address: "s•••@example.com".into(),
        is_on,
        bot: Some("https://t.me/fastline_bot".into()),
    }
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
        ("faq", show(locale, faq())),
        ("faq-new", show(locale, faq_entry(FaqKind::New))),
        ("faq-ours", show(locale, faq_entry(FaqKind::Ours))),
        ("faq-changed", show(locale, faq_entry(FaqKind::Changed))),
        ("faq-own", show(locale, faq_entry(FaqKind::Own))),
        ("entry", show(locale, entry())),
        ("texts", show(locale, texts(true))),
        ("texts-none", show(locale, texts(false))),
        ("texts-file", show(locale, texts_file(false))),
        ("texts-file-refused", show(locale, texts_file(true))),
        ("text-ours", show(locale, text(false))),
        ("text-ignored", show(locale, text(true))),
        ("invites", show(locale, invites(true))),
        ("invites-none", show(locale, InvitesPage { rows: vec![], ..invites(false) })),
        ("staff", show(locale, staff())),
        ("staff-nobody", show(locale, nobody())),
        ("tickets", show(locale, tickets(true))),
        ("tickets-nothing", show(locale, TicketsPage { rows: vec![], ..tickets(true) })),
        ("tickets-none", show(locale, TicketsPage { rows: vec![], ..tickets(false) })),
        ("ticket", show(locale, ticket(TicketState::Waiting))),
        ("ticket-closed", show(locale, ticket(TicketState::Closed))),
        (
            "orders-nothing",
            show(locale, OrdersPage { rows: vec![], search: "@nobody".into(), ..orders(true) }),
        ),
        ("orders-review", show(locale, review(FormState::default()))),
        (
            "orders-review-refused",
            show(locale, review(FormState::default().with_error("words", "Write the reason."))),
        ),
        ("notices", show(locale, notices())),
        ("orders-none", show(locale, OrdersPage { rows: vec![], chips: vec![], ..orders(false) })),
        ("order", show(locale, order(RefundOffer::Part(left())))),
        ("order-by-hand", show(locale, order(RefundOffer::ByHand))),
        ("order-record", show(locale, order(RefundOffer::Record(left())))),
        ("order-receipt", show(locale, order(RefundOffer::None))),
        ("panels", show(locale, panels())),
        ("panels-none", show(locale, PanelsPage { panels: vec![], ..panels() })),
        ("panel-new", show(locale, new_panel(locale, None))),
        ("panel-new-full", show(locale, new_panel(locale, Some("Your package includes 1 panel.")))),
        ("panel", show(locale, panel(locale, PanelState::Up))),
        ("panel-away", show(locale, panel(locale, PanelState::Down))),
        ("broadcasts", show(locale, broadcasts())),
        ("broadcasts-none", show(locale, BroadcastsPage { rows: vec![], ..broadcasts() })),
        ("broadcast-new", show(locale, BroadcastDraftPage { id: None, review: None, ..draft() })),
        ("broadcast-draft", show(locale, draft())),
        ("broadcast", show(locale, broadcast())),
        ("promos", show(locale, promos())),
        ("promos-none", show(locale, PromosPage { rows: vec![], ..promos() })),
        ("promo", show(locale, promo())),
        ("promo-new", show(locale, PromoPage { stored: None, link: None, ..promo() })),
        ("methods", show(locale, methods())),
        ("methods-none", show(locale, MethodsPage { methods: vec![], ..methods() })),
        ("method", show(locale, method(true))),
        ("method-new", show(locale, method(false))),
        ("preview", show(locale, preview_page(locale))),
    ]
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
        ("mailbox", show(locale, mailbox())),
        ("mailbox-empty", show(locale, MailboxPage::default())),
    ]
}

fn mailbox() -> MailboxPage {
    let mail = SandboxMail {
        from: "فست‌لاین".into(),
        to: "sara@example.com".into(),
        at: "27 November, 05:10".into(),
        subject: "⏳ اشتراک شما فردا تمام می‌شود".into(),
        lines: vec!["سلام".into(), "Hello".into()],
        unsubscribe: Some("http://127.0.0.1:3000/m/token".into()),
    };
    MailboxPage { mails: vec![mail] }
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
    let sale = |number: &str, state| OrderRow {
        number: number.into(),
        href: "/app/b/1/orders/1".into(),
        buyer: "@nima_f".into(),
        plan: "1 month, 50 GB".into(),
        method: None,
        amount: format::money(locale, Money::new(490, Currency::Usd)),
        state,
        review: false,
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
            sale("FL-2045", OrderState::Provisioned),
            sale("FL-2044", OrderState::Paid),
            sale("FL-2043", OrderState::Pending),
            sale("FL-2042", OrderState::Failed),
            sale("FL-2041", OrderState::Refunded),
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
        sheet: Some(PaymentSheet {
            title: "BY-A1B2C3 · 1 month".into(),
            description: "BY-A1B2C3 · 1 month".into(),
            amount: "150 Stars".into(),
            repeats: true,
            refused: Some("This order is no longer open.".into()),
        }),
        may_reactivate: true,
        last_update: Some("{\n  \"update_id\": 90412277\n}".into()),
        events: Some("/events/phone".into()),
    }
}
