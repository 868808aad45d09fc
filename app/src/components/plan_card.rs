//! The three packages with their price, limits and what they hold.

use domain::{
    locale::{args, format},
    money::Money,
};
use leptos::prelude::*;

use super::Icon;
use crate::context::{reader_locale, t, t_with};

/// How often a customer pays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Cycle {
    #[default]
    Month,
    Year,
}

impl Cycle {
    pub fn from_code(code: &str) -> Self {
        if code == "year" { Self::Year } else { Self::Month }
    }

    pub const fn code(self) -> &'static str {
        match self {
            Self::Month => "month",
            Self::Year => "year",
        }
    }
}

/// The packages that have texts of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackageCode {
    Starter,
    Professional,
    Enterprise,
}

impl PackageCode {
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "starter" => Some(Self::Starter),
            "professional" => Some(Self::Professional),
            "enterprise" => Some(Self::Enterprise),
            _ => None,
        }
    }

    pub const fn code(self) -> &'static str {
        match self {
            Self::Starter => "starter",
            Self::Professional => "professional",
            Self::Enterprise => "enterprise",
        }
    }

    pub fn name(self) -> String {
        t(&format!("web-package-{}", self.code()))
    }
}

/// A package as its row says. A limit of `None` means none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageCard {
    pub code: PackageCode,
    pub per_month: Money,
    pub per_year: Money,
    pub bots: Option<u32>,
    pub users: Option<u32>,
    pub panels: Option<u32>,
    pub advanced_analytics: bool,
    pub white_label: bool,
    pub api: bool,
}

impl PackageCard {
    pub const fn price(&self, cycle: Cycle) -> Money {
        match cycle {
            Cycle::Month => self.per_month,
            Cycle::Year => self.per_year,
        }
    }

    /// What a year costs less than twelve months.
    pub fn saved(&self) -> Money {
        Money::new(self.per_month.minor * 12 - self.per_year.minor, self.per_month.currency)
    }

    /// The price in the reader's language, with "per month" or "per year" beside it.
    pub fn price_text(&self, cycle: Cycle) -> (String, String) {
        let per = match cycle {
            Cycle::Month => t("web-package-per-month"),
            Cycle::Year => t("web-package-per-year"),
        };
        (format::money(reader_locale(), self.price(cycle)), per)
    }

    /// The line below the price.
    pub fn remark(&self, cycle: Cycle) -> String {
        match cycle {
            Cycle::Month => t("web-package-monthly-remark"),
            Cycle::Year => {
                let saved = format::money(reader_locale(), self.saved());
                t_with("web-package-yearly-remark", &args!["saved" => saved])
            }
        }
    }

    /// Limits in one line: "3 bots, 500 users, 5 panels".
    pub fn limits(&self) -> String {
        [self.bots_text(), self.users_text(), self.panels_text()].join(&t("web-list-separator"))
    }

    fn bots_text(&self) -> String {
        limit("web-package-bots", self.bots)
    }

    fn users_text(&self) -> String {
        limit("web-package-users", self.users)
    }

    fn panels_text(&self) -> String {
        limit("web-package-panels", self.panels)
    }

    /// What is in it and what is not.
    fn features(&self) -> Vec<(bool, String)> {
        let support = t(&format!("web-package-{}-support", self.code.code()));
        let mut features = vec![
            (true, self.bots_text()),
            (true, self.users_text()),
            (true, self.panels_text()),
            (true, support),
            (self.advanced_analytics, t("web-package-analytics")),
            (self.white_label, t("web-package-white-label")),
        ];
        if self.api {
            features.push((true, t("web-package-api")));
        }
        features
    }
}

/// Cards that lead to sign-up.
#[component]
pub fn PackageCards(packages: Vec<PackageCard>, cycle: Cycle) -> impl IntoView {
    view! {
        <div class="mt-10 grid gap-6 lg:grid-cols-3">
            {packages.into_iter().map(|package| package_card(&package, cycle)).collect_view()}
        </div>
    }
}

fn package_card(package: &PackageCard, cycle: Cycle) -> AnyView {
    let recommended = package.code == PackageCode::Professional;
    let (price, per) = package.price_text(cycle);
    let code = package.code.code();
    let features = package
        .features()
        .into_iter()
        .map(|(included, text)| {
            if included {
                view! {
                    <li class="flex gap-2.5">
                        <Icon name="check" class="text-primary mt-0.5"/>
                        <span class="inline-block first-letter:uppercase">{text}</span>
                    </li>
                }
                .into_any()
            } else {
                view! {
                    <li class="flex gap-2.5 text-muted">
                        <Icon name="minus" class="mt-0.5"/>
                        <span>
                            <span class="sr-only">{t("web-package-not-included")} " "</span>
                            {text}
                        </span>
                    </li>
                }
                .into_any()
            }
        })
        .collect_view();
    let border = if recommended {
        "sheet p-6 flex flex-col border-primary! ring-1 ring-primary relative"
    } else {
        "sheet p-6 flex flex-col"
    };
    view! {
        <article class=border>
            {recommended
                .then(|| {
                    view! {
                        <p class="absolute -top-3 start-6 h-6 px-2.5 rounded-full bg-primary text-primary-content text-xs font-medium inline-flex items-center">
                            {t("web-package-recommended")}
                        </p>
                    }
                })}
            <h3 class="text-lg">{package.code.name()}</h3>
            <p class="text-sm text-muted mt-1 lg:min-h-12">{t(&format!("web-package-{code}-for"))}</p>
            <p class="mt-5">
                <span class="fig text-3xl! leading-none!">{price}</span>
                " "
                <span class="text-muted text-sm">{per}</span>
            </p>
            <p class="text-xs text-muted mt-2">{package.remark(cycle)}</p>
            <a
                class=if recommended { "btn btn-primary mt-5" } else { "btn btn-line mt-5" }
                href=format!("/signup?package={code}&cycle={}", cycle.code())
            >
                {t_with("web-package-choose", &args!["package" => package.code.name()])}
            </a>
            <ul class="mt-6 grid gap-2.5 text-sm">{features}</ul>
        </article>
    }
    .into_any()
}

fn limit(key: &str, count: Option<u32>) -> String {
    match count {
        Some(count) => t_with(key, &args!["count" => i64::from(count)]),
        None => t(&format!("{key}-unlimited")),
    }
}
