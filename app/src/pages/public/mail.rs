//! Where the last link of a mail leads: mail is switched off with one button. The shop's page and not ours.

use domain::locale::args;
use leptos::prelude::*;

use crate::{
    components::Icon,
    context::{t, t_with},
    ssr::{Head, Page},
};

/// Whose mail it is, and whether it comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailPage {
    pub shop: String,
    /// The address, masked.
    pub address: String,
    pub is_on: bool,
    pub bot: Option<String>,
}

/// The link is none of ours, or its address is not the user's any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MailGonePage;

impl Page for MailPage {
    fn head(&self) -> Head {
        Head::of_shop(self.shop.clone())
    }

    fn body(self) -> AnyView {
        let values = args!["shop" => self.shop, "address" => self.address];
        let (title, text) = match self.is_on {
            true => ("web-mail-on-title", "web-mail-on-text"),
            false => ("web-mail-off-title", "web-mail-off-text"),
        };
        let form = self.is_on.then(|| {
            view! {
                <form method="post" class="mt-5">
                    <button class="btn btn-primary w-full" name="act" value="off">
                        {t("web-mail-off")}
                    </button>
                </form>
            }
        });
        let bot = self.bot.map(|href| {
            view! {
                <a class="btn btn-line w-full mt-2" href=href rel="noreferrer">
                    <Icon name="send"/>
                    {t("web-mail-bot")}
                </a>
            }
        });
        let main = view! {
            <h1 class="text-2xl">{t_with(title, &values)}</h1>
            <section class="sheet p-5 mt-4">
                <p class="text-muted" role="status">{t_with(text, &values)}</p>
                {form}
                {bot}
            </section>
        };
        frame(main.into_any())
    }
}

impl Page for MailGonePage {
    fn head(&self) -> Head {
        Head::of_shop(t("web-mail-gone-title"))
    }

    fn body(self) -> AnyView {
        let main = view! {
            <section class="sheet p-5 mt-4">
                <h1 class="text-2xl">{t("web-mail-gone-title")}</h1>
                <p class="mt-2 text-muted">{t("web-mail-gone-text")}</p>
            </section>
        };
        frame(main.into_any())
    }
}

fn frame(main: AnyView) -> AnyView {
    view! {
        <main id="main" tabindex="-1" class="max-w-xl mx-auto px-5 py-8">
            {main}
        </main>
    }
    .into_any()
}
