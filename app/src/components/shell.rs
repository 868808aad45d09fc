//! The frame of the signed-in pages: side bar, bot switcher, account. It lists only areas that exist.

use leptos::prelude::*;

use super::{FlashNote, Icon, LocaleButtons, LocaleSwitch, Logo, SandboxNotice, ThemeSwitch};
use crate::context::{AccountSummary, BotSummary, PageContext, page_context, t};

/// The page that the side bar marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// All bots.
    Home,
    Overview,
    Orders,
    Promos,
    Traffic,
    Tickets,
    Broadcasts,
    Panels,
    Methods,
    Invites,
    Faq,
    Texts,
    Entry,
    Preview,
    Notices,
    Staff,
}

impl Area {
    /// What a bot's page leads to, by what it is for.
    const OF_BOT: [(&str, &[Self]); 3] = [
        (
            "web-nav-sell",
            &[Self::Overview, Self::Orders, Self::Promos, Self::Traffic, Self::Tickets, Self::Broadcasts],
        ),
        ("web-nav-run", &[Self::Panels, Self::Methods, Self::Preview]),
        ("web-nav-set-up", &[Self::Notices, Self::Invites, Self::Faq, Self::Texts, Self::Entry, Self::Staff]),
    ];
    /// What a thumb reaches; the rest is in the menu.
    const IN_DOCK: [Self; 4] = [Self::Overview, Self::Orders, Self::Methods, Self::Preview];

    const fn look(self) -> (&'static str, &'static str) {
        match self {
            Self::Home => ("bot", "web-area-home"),
            Self::Overview => ("layout-dashboard", "web-area-overview"),
            Self::Orders => ("receipt", "web-area-orders"),
            Self::Promos => ("tags", "web-area-promos"),
            Self::Traffic => ("plus", "web-area-traffic"),
            Self::Tickets => ("life-buoy", "web-area-tickets"),
            Self::Broadcasts => ("send-horizontal", "web-area-broadcasts"),
            Self::Panels => ("server", "web-area-panels"),
            Self::Methods => ("credit-card", "web-area-methods"),
            Self::Invites => ("gift", "web-area-invites"),
            Self::Faq => ("circle-question-mark", "web-area-faq"),
            Self::Texts => ("message-square", "web-area-texts"),
            Self::Entry => ("key-round", "web-area-entry"),
            Self::Preview => ("smartphone", "web-area-preview"),
            Self::Notices => ("send", "web-area-notices"),
            Self::Staff => ("users", "web-area-staff"),
        }
    }

    fn href(self, context: &PageContext, bot: &BotSummary) -> Option<String> {
        match self {
            Self::Home => Some("/app".to_owned()),
            Self::Overview => Some(bot.href()),
            Self::Orders => Some(format!("{}/orders", bot.href())),
            Self::Promos => Some(format!("{}/promos", bot.href())),
            Self::Traffic => Some(format!("{}/traffic", bot.href())),
            Self::Tickets => Some(format!("{}/tickets", bot.href())),
            Self::Broadcasts => Some(format!("{}/broadcasts", bot.href())),
            Self::Panels => Some(format!("{}/panels", bot.href())),
            Self::Methods => Some(format!("{}/methods", bot.href())),
            Self::Invites => Some(format!("{}/invites", bot.href())),
            Self::Faq => Some(format!("{}/faq", bot.href())),
            Self::Texts => Some(format!("{}/texts", bot.href())),
            Self::Entry => Some(format!("{}/entry", bot.href())),
            Self::Preview => context.phone_of(bot),
            Self::Notices => Some(format!("{}/notifications", bot.href())),
            Self::Staff => Some(format!("{}/staff", bot.href())),
        }
    }
}

/// `lead` stands beside the title (state), `actions` at the end of its row.
#[component]
pub fn AppShell(
    area: Area,
    #[prop(into)] title: String,
    #[prop(optional, into)] lead: ViewFnOnce,
    #[prop(optional, into)] actions: ViewFnOnce,
    children: Children,
) -> impl IntoView {
    let context = page_context();
    let shop = context.bot.as_ref().map_or_else(|| t("web-product-name"), |bot| bot.name.clone());
    view! {
        <SandboxNotice/>
        <div class="lg:grid lg:grid-cols-[14.5rem_minmax(0,1fr)] min-h-dvh">
            <aside class="max-lg:hidden">
                <div class="sticky top-0 h-dvh max-h-[64rem] flex flex-col p-3 overflow-y-auto">
                    <a href="/app" class="px-2 min-h-11 inline-flex items-center rounded-field">
                        <Logo class="text-base! [&>svg]:size-7"/>
                    </a>
                    {switcher(&context)}
                    <nav aria-label=t("web-nav-main")>{nav_links(&context, area)}</nav>
                    <div class="mt-auto pt-3 border-t border-base-300">{sign_out(context.account.clone())}</div>
                </div>
            </aside>
            <div class="min-w-0 lg:p-2 lg:ps-0 flex flex-col">
                <div class="flex-1 bg-base-100 lg:border border-base-300 lg:rounded-box lg:shadow-card flex flex-col">
                    <header class="flex items-center gap-1 px-3 lg:px-6 h-14 border-b border-base-300 max-lg:sticky max-lg:top-0 bg-base-100 z-10 lg:rounded-t-box">
                        <button
                            type="button"
                            class="btn btn-ghost btn-square lg:hidden"
                            popovertarget="nav"
                            aria-label=t("web-nav-menu")
                        >
                            <Icon name="menu" class="i-l"/>
                        </button>
                        <p class="font-semibold truncate me-auto lg:invisible" dir="auto">{shop}</p>
                        <ThemeSwitch/>
                        <div class="max-sm:hidden">
                            <LocaleSwitch/>
                        </div>
                    </header>
                    {menu(&context, area)}
                    <main id="main" tabindex="-1" class="flex-1 px-4 sm:px-6 py-5 max-lg:pb-28 w-full max-w-[84rem]">
                        <div class="flex flex-wrap items-center gap-x-3 gap-y-3 mb-5">
                            <h1 class="text-xl">{title}</h1>
                            {lead.run()}
                            <div class="ms-auto flex flex-wrap gap-2 max-sm:w-full max-sm:[&>*]:flex-1">{actions.run()}</div>
                        </div>
                        <FlashNote/>
                        {children()}
                    </main>
                </div>
            </div>
        </div>
        {dock(&context, area)}
    }
}

/// The way back to the list that a page belongs to.
#[component]
pub fn BackLink(#[prop(into)] href: String, #[prop(into)] text: String) -> impl IntoView {
    view! {
        <p class="mb-4 -mt-3">
            <a class="hit link link-hover text-sm inline-flex items-center gap-1 min-h-6" href=href>
                <Icon name="arrow-left" class="i-s flip"/>
                {text}
            </a>
        </p>
    }
}

fn nav_links(context: &PageContext, active: Area) -> AnyView {
    let Some(bot) = context.bot.as_ref() else {
        return nav_link(Area::Home, "/app".to_owned(), active);
    };
    let link = |area: &Area| Some(nav_link(*area, area.href(context, bot)?, active));
    let group = |(title, areas): (&str, &[Area])| {
        view! {
            <div class="mb-4">
                <h2 class="px-2.5 pb-1 text-2xs font-medium text-muted">{t(title)}</h2>
                {areas.iter().filter_map(link).collect_view()}
            </div>
        }
    };
    Area::OF_BOT.into_iter().map(group).collect_view().into_any()
}

fn nav_link(area: Area, href: String, active: Area) -> AnyView {
    let (icon, key) = area.look();
    view! {
        <a class="nav-a" href=href aria-current=(area == active).then_some("page")>
            <Icon name=icon/>
            <span class="flex-1 truncate">{t(key)}</span>
        </a>
    }
    .into_any()
}

fn switcher(context: &PageContext) -> Option<AnyView> {
    let bot = context.bot.clone()?;
    let others = context
        .bots
        .iter()
        .filter(|other| other.id != bot.id)
        .map(|other| view! { <a class="nav-a" href=other.href() dir="auto">{other.name.clone()}</a> })
        .collect_view();
    let initial = bot.name.chars().next().map(|first| first.to_uppercase().to_string());
    Some(
        view! {
            <details class="relative my-2">
                <summary class="flex items-center gap-2.5 px-2 min-h-11 rounded-field hover:bg-base-300/50">
                    <span class="ava size-7! text-xs!" aria-hidden="true">{initial}</span>
                    <span class="min-w-0 flex-1">
                        <span class="block text-sm font-semibold leading-tight truncate">{bot.name}</span>
                        {bot
                            .username
                            .map(|username| {
                                view! {
                                    <span class="block text-2xs text-muted leading-tight truncate">
                                        <bdi class="ltr">{format!("@{username}")}</bdi>
                                    </span>
                                }
                            })}
                    </span>
                    <Icon name="chevrons-up-down" class="i-s text-muted"/>
                </summary>
                <div class="sheet shadow-pop p-1.5 absolute inset-x-0 top-full mt-1 z-20">
                    {others}
                    <a class="nav-a" href="/app">
                        <Icon name="bot"/>
                        {t("web-area-home")}
                    </a>
                </div>
            </details>
        }
        .into_any(),
    )
}

fn sign_out(account: Option<AccountSummary>) -> Option<AnyView> {
    let account = account?;
    Some(
        view! {
            <p class="px-2.5 text-2xs text-muted truncate">
                <bdi class="ltr">{account.email}</bdi>
            </p>
            <form method="post" action="/logout">
                <button class="nav-a w-full">
                    <Icon name="log-out" class="flip"/>
                    {t("web-nav-logout")}
                </button>
            </form>
        }
        .into_any(),
    )
}

/// The side bar of small screens.
fn menu(context: &PageContext, area: Area) -> AnyView {
    view! {
        <nav id="nav" popover="auto" class="side-pop p-3" aria-label=t("web-nav-menu")>
            <div class="flex items-center justify-between mb-2 ps-2">
                <Logo class="text-base!"/>
                <button
                    type="button"
                    class="btn btn-ghost btn-square"
                    popovertarget="nav"
                    popovertargetaction="hide"
                    aria-label=t("web-nav-close")
                >
                    <Icon name="x"/>
                </button>
            </div>
            {nav_links(context, area)}
            {(area != Area::Home)
                .then(|| {
                    view! {
                        <a class="nav-a" href="/app">
                            <Icon name="bot"/>
                            {t("web-area-home")}
                        </a>
                    }
                })}
            <hr class="border-base-300 my-3"/>
            <LocaleButtons/>
            <hr class="border-base-300 my-3"/>
            {sign_out(context.account.clone())}
        </nav>
    }
    .into_any()
}

fn dock(context: &PageContext, active: Area) -> Option<AnyView> {
    let bot = context.bot.as_ref()?;
    let links = Area::IN_DOCK
        .into_iter()
        .filter_map(|area| Some((area, area.href(context, bot)?)))
        .map(|(area, href)| {
            let (icon, key) = area.look();
            view! {
                <a href=href aria-current=(area == active).then_some("page")>
                    <Icon name=icon class="i-l"/>
                    <span class="text-2xs">{t(key)}</span>
                </a>
            }
        })
        .collect_view();
    Some(
        view! {
            <nav class="dock lg:hidden" aria-label=t("web-nav-quick")>
                {links}
                <button type="button" popovertarget="nav">
                    <Icon name="ellipsis" class="i-l"/>
                    <span class="text-2xs">{t("web-nav-more")}</span>
                </button>
            </nav>
        }
        .into_any(),
    )
}
