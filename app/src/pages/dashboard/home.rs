//! `/app`: every bot of the shop with its state.

use leptos::prelude::*;

use super::overview::BotState;
use crate::{
    components::{AppShell, Area, EmptyState, Icon, Problem, ProblemNote},
    context::{BotSummary, page_context, t},
    ssr::{Head, Page},
};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HomePage {
    pub problems: Vec<Problem>,
    pub bots: Vec<BotCard>,
    /// The step of the wizard that waits, while a shop is being set up.
    pub unfinished: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BotCard {
    pub bot: BotSummary,
    pub state: BotState,
    /// What it sold today, formatted.
    pub today: Option<String>,
}

impl Page for HomePage {
    fn head(&self) -> Head {
        Head::in_shell(t("web-home-title"))
    }

    fn body(self) -> AnyView {
        let Self { problems, bots, unfinished } = self;
        let has_problems = !problems.is_empty();
        let content = if bots.is_empty() {
            let href = unfinished.clone().unwrap_or_else(|| "/start/shop".to_owned());
            view! {
                <EmptyState icon="bot" title=t("web-home-empty") text=t("web-home-empty-text")>
                    <a class="btn btn-primary" href=href>
                        {t("web-home-connect")}
                    </a>
                </EmptyState>
            }
            .into_any()
        } else {
            let cards = bots.into_iter().map(card).collect_view();
            view! { <ul class="grid gap-4 md:grid-cols-2 xl:grid-cols-3">{cards}</ul> }.into_any()
        };
        view! {
            <AppShell area=Area::Home title=t("web-home-title")>
                {has_problems
                    .then(|| {
                        view! {
                            <ul class="grid gap-3 mb-5" aria-label=t("web-overview-needs-you")>
                                {problems.into_iter().map(|problem| view! { <ProblemNote problem/> }).collect_view()}
                            </ul>
                        }
                    })}
                {content}
            </AppShell>
        }
        .into_any()
    }
}

fn card(card: BotCard) -> impl IntoView {
    view! {
        <li class="sheet p-5 flex flex-col gap-3">
            <div class="flex items-start gap-3">
                <div class="min-w-0 flex-1">
                    <h2 class="text-base truncate" dir="auto">
                        <a class="link link-hover" href=card.bot.href()>
                            {card.bot.name.clone()}
                        </a>
                    </h2>
                    {card
                        .bot
                        .username
                        .clone()
                        .map(|username| {
                            view! { <bdi class="ltr text-sm text-muted">{format!("@{username}")}</bdi> }
                        })}
                </div>
                {card.state.tag()}
            </div>
            {card
                .today
                .map(|today| {
                    view! {
                        <p class="text-sm text-muted">
                            {t("web-home-today")} " " <span class="num text-base-content font-medium">{today}</span>
                        </p>
                    }
                })}
            {page_context()
                .phone_of(&card.bot)
                .map(|href| {
                    view! {
                        <a class="btn btn-line mt-auto" href=href>
                            <Icon name="smartphone"/>
                            {t("web-home-try")}
                        </a>
                    }
                })}
        </li>
    }
}
