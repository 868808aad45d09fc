//! What went wrong, in words, with an id that support can look up.

use domain::{
    locale::{args, format},
    units::Bytes,
};
use leptos::prelude::*;

use crate::{
    components::{Icon, LocaleSwitch, Logo, SandboxNotice, ThemeSwitch},
    context::{page_context, t, t_with},
    ssr::{Head, Page},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorPage {
    pub kind: ErrorKind,
    /// The request id that the log carries too.
    pub request_id: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// 404
    NotFound,
    /// 400
    BadRequest,
    /// 403, also for a page of somebody else's shop
    Forbidden,
    /// 403: a form of another site
    OtherSite,
    /// 413
    TooLarge { limit: Bytes },
    /// 429
    TooMany,
    /// 500
    Internal,
    /// 503
    Unavailable,
}

impl ErrorKind {
    const fn look(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::NotFound => ("web-error-not-found", "web-error-not-found-text", "search-x"),
            Self::BadRequest => ("error-bad-request-title", "error-bad-request", "triangle-alert"),
            Self::Forbidden => ("web-error-forbidden", "web-error-forbidden-text", "lock"),
            Self::OtherSite => ("error-origin-title", "error-origin", "lock"),
            Self::TooLarge { .. } => ("error-too-large-title", "error-too-large", "triangle-alert"),
            Self::TooMany => ("web-error-too-many", "web-error-too-many-text", "clock"),
            Self::Internal => ("web-error-internal", "web-error-internal-text", "triangle-alert"),
            Self::Unavailable => ("web-error-unavailable", "web-error-unavailable-text", "server-off"),
        }
    }

    /// Whether opening the page again may help.
    const fn may_pass(self) -> bool {
        !matches!(self, Self::NotFound | Self::Forbidden)
    }
}

impl Page for ErrorPage {
    fn head(&self) -> Head {
        Head::titled(t(self.kind.look().0))
    }

    fn body(self) -> AnyView {
        let (title, text, icon) = self.kind.look();
        let context = page_context();
        let home = context.account.map_or_else(|| "/".to_owned(), |account| account.home);
        let again = self.kind.may_pass();
        let text = match self.kind {
            ErrorKind::TooLarge { limit } => {
                t_with(text, &args!["limit" => format::bytes(context.locale, limit)])
            }
            _ => t(text),
        };
        view! {
            <SandboxNotice/>
            <header class="max-w-6xl mx-auto px-5 lg:px-8 h-16 flex items-center gap-1">
                <a href="/" class="me-auto inline-flex items-center min-h-11 rounded-field">
                    <Logo/>
                </a>
                <LocaleSwitch/>
                <ThemeSwitch/>
            </header>
            <main id="main" tabindex="-1" class="max-w-xl mx-auto px-5 py-16 lg:py-24">
                <span class="size-11 rounded-box grid place-items-center bg-soft text-primary">
                    <Icon name=icon class="i-l"/>
                </span>
                <h1 class="text-2xl mt-5">{t(title)}</h1>
                <p class="mt-2 text-muted">{text}</p>
                <div class="mt-7 flex flex-wrap gap-2">
                    <a class="btn btn-primary max-sm:w-full" href=home>
                        {t("web-error-home")}
                    </a>
                    {again
                        .then(|| {
                            view! {
                                <a class="btn btn-line max-sm:w-full" href=context.path.clone()>
                                    <Icon name="refresh-cw"/>
                                    {t("web-error-again")}
                                </a>
                            }
                        })}
                </div>
                {self
                    .request_id
                    .map(|id| {
                        view! { <p class="mt-8 text-xs text-muted">{t_with("web-error-id", &args!["id" => id])}</p> }
                    })}
            </main>
        }
        .into_any()
    }
}
