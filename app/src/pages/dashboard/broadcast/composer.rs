//! A broadcast that is written: to whom, what in each language, below which buttons, when. Each step is
//! saved by a form; what is saved is shown as users will see it.

use domain::args;
use leptos::prelude::*;

use crate::{
    components::{
        AppShell, Area, BackLink, Choice, ErrorSummary, Field, Fold, Icon, Phone, PhoneMessage, Select,
        TextArea,
    },
    context::{BotSummary, FormState, t, t_with},
    ssr::{Head, Page},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BroadcastDraftPage {
    pub bot: BotSummary,
    /// `None` for one that is begun.
    pub id: Option<String>,
    /// Each with how many belong to it now.
    pub segments: Vec<Choice>,
    /// Code and name, the shop's own first: that one is needed.
    pub languages: Vec<(String, String)>,
    /// Where a button can lead.
    pub targets: Vec<Choice>,
    pub form: FormState,
    pub pictures: Vec<PictureSlot>,
    pub review: Option<BroadcastReview>,
}

/// One place for a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureSlot {
    /// A language's code, or `all`.
    pub code: String,
    pub label: String,
    /// The address of the one that is there.
    pub src: Option<String>,
}

/// What is saved, before it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BroadcastReview {
    pub messages: Vec<PhoneMessage>,
    /// To how many it goes, and how long that takes.
    pub reach: String,
    /// `None` when there is nobody.
    pub confirm: Option<String>,
    /// Languages that are not written, and who reads what instead.
    pub missing: Option<String>,
    /// The owner's Telegram is known, so that he can be sent a sample.
    pub can_test: bool,
    /// `UTC+03:30`
    pub zone: String,
}

impl BroadcastDraftPage {
    fn href(&self) -> String {
        format!("{}/broadcasts/{}", self.bot.href(), self.id.as_deref().unwrap_or("new"))
    }

    fn title(&self) -> String {
        t(if self.id.is_some() { "web-broadcast-draft" } else { "web-broadcasts-new" })
    }
}

impl Page for BroadcastDraftPage {
    fn head(&self) -> Head {
        Head::in_shell(format!("{}: {}", self.bot.name, self.title()))
    }

    fn body(self) -> AnyView {
        let back = format!("{}/broadcasts", self.bot.href());
        let parts = view! {
            {writing(&self)}
            {pictures(&self)}
            {review(&self)}
            {removal(&self)}
        };
        view! {
            <AppShell area=Area::Broadcasts title=self.title()>
                <BackLink href=back text=t("web-broadcasts-title")/>
                <div class="grid grid-cols-1 gap-5 max-w-2xl">{parts}</div>
            </AppShell>
        }
        .into_any()
    }
}

fn writing(page: &BroadcastDraftPage) -> AnyView {
    let form = || page.form.clone();
    let texts = page.languages.iter().cloned().enumerate().map(|(index, (code, name))| {
        let hint = t(if index == 0 { "web-broadcast-text-needed" } else { "web-broadcast-text-hint" });
        let label = t_with("web-broadcast-text", &args!["language" => name]);
        view! { <TextArea form=form() name=format!("text_{code}") label hint rows=5 required=index == 0/> }
    });
    let buttons = ["button1", "button2"].map(|name| button(page, name)).collect_view();
    view! {
        <form method="post" action=page.href() class="sheet p-4.5 grid gap-4">
            <ErrorSummary form=form()/>
            <Select
                form=form()
                name="segment"
                label=t("web-broadcast-segment")
                hint=t("web-broadcast-segment-hint")
                choices=page.segments.clone()
            />
            {texts.collect_view()}
            {buttons}
            <button class="btn btn-primary justify-self-start max-sm:w-full" name="act" value="save">
                {t("web-broadcast-save")}
            </button>
            {page.id.is_none().then(|| view! { <p class="hint">{t("web-broadcast-save-hint")}</p> })}
        </form>
    }
    .into_any()
}

fn button(page: &BroadcastDraftPage, name: &'static str) -> AnyView {
    let form = || page.form.clone();
    let (target, title) = match name {
        "button1" => ("button1_to", t("web-broadcast-button-first")),
        _ => ("button2_to", t("web-broadcast-button-second")),
    };
    let labels = page.languages.iter().cloned().map(|(code, language)| {
        let label = t_with("web-broadcast-button-label", &args!["language" => language]);
        view! { <Field form=form() name=format!("{name}_label_{code}") label maxlength=64/> }
    });
    view! {
        <fieldset class="grid gap-3">
            <legend class="text-sm font-medium mb-2">{title}</legend>
            <div class="grid sm:grid-cols-2 gap-4">
                <Select form=form() name=target label=t("web-broadcast-button-to") choices=page.targets.clone()/>
                <Field
                    form=form()
                    name=format!("{name}_link")
                    label=t("web-broadcast-button-link")
                    placeholder="https://example.com/sale"
                    maxlength=2000
                    ltr=true
                />
            </div>
            <div class="grid sm:grid-cols-2 gap-4">{labels.collect_view()}</div>
            <p class="hint">{t("web-broadcast-button-hint")}</p>
        </fieldset>
    }
    .into_any()
}

fn pictures(page: &BroadcastDraftPage) -> Option<AnyView> {
    page.id.as_ref()?;
    let slot = |slot: PictureSlot| {
        let action = format!("{}/picture/{}", page.href(), slot.code);
        let shown = slot.src.clone().map(|src| {
            view! { <img class="block w-full max-w-56 rounded-lg bg-white" src=src alt=t("web-broadcast-picture-alt")/> }
        });
        let remove = slot.src.is_some().then(|| {
            view! {
                <button class="btn btn-line" name="remove" value="yes">
                    {t("web-broadcast-picture-remove")}
                    <span class="sr-only">" " {slot.label.clone()}</span>
                </button>
            }
        });
        let label = slot.label.clone();
        view! {
            <form method="post" action=action enctype="multipart/form-data" class="grid gap-3">
                <p class="text-sm font-medium">{slot.label.clone()}</p>
                {shown}
                <input type="file" name="picture" accept="image/png,image/jpeg" class="w-full text-sm" aria-label=label/>
                <div class="flex flex-wrap gap-2">
                    <button class="btn btn-line">
                        {t("web-broadcast-picture-put")}
                        <span class="sr-only">" " {slot.label}</span>
                    </button>
                    {remove}
                </div>
            </form>
        }
    };
    let open = page.pictures.iter().any(|slot| slot.src.is_some());
    let slots = page.pictures.iter().cloned().map(slot).collect_view();
    Some(
        view! {
            <Fold icon="paperclip" title=t("web-broadcast-pictures") open>
                <div class="grid gap-5">
                    <p class="text-sm text-muted">{t("web-broadcast-pictures-text")}</p>
                    {slots}
                </div>
            </Fold>
        }
        .into_any(),
    )
}

fn review(page: &BroadcastDraftPage) -> Option<AnyView> {
    let review = page.review.clone()?;
    let missing = review.missing.clone().map(|text| view! { <p class="hint">{text}</p> });
    let test = match review.can_test {
        true => view! {
            <form method="post" action=page.href()>
                <button class="btn btn-line max-sm:w-full" name="act" value="test">
                    <Icon name="send-horizontal"/>
                    {t("web-broadcast-test")}
                </button>
            </form>
        }
        .into_any(),
        false => view! {
            <p class="hint">
                {t("web-broadcast-test-nobody")} " "
                <a class="link" href=page.bot.href()>{t("web-broadcast-test-connect")}</a>
            </p>
        }
        .into_any(),
    };
    Some(
        view! {
            <section id="review" class="sheet" aria-labelledby="review-title">
                <div class="sheet-h">
                    <div class="flex-1 min-w-0">
                        <h2 id="review-title">{t("web-broadcast-review")}</h2>
                        <p class="text-sm text-muted">{review.reach.clone()}</p>
                    </div>
                </div>
                <div class="p-4.5 grid gap-4">
                    {missing}
                    <Phone
                        title=page.bot.name.clone()
                        subtitle=t("web-broadcast-preview")
                        messages=review.messages.clone()
                    />
                    {test}
                </div>
            </section>
            {schedule(page, &review)}
            {now(page, &review)}
        }
        .into_any(),
    )
}

fn schedule(page: &BroadcastDraftPage, review: &BroadcastReview) -> AnyView {
    let form = || page.form.clone();
    let open = ["day", "time"].iter().any(|field| page.form.error(field).is_some());
    let fields = view! {
        <form method="post" action=page.href() class="grid gap-3 max-w-xl">
            <div class="grid sm:grid-cols-2 gap-4">
                <Field form=form() name="day" label=t("web-broadcast-day") kind="date" ltr=true required=true/>
                <Field form=form() name="time" label=t("web-broadcast-time") kind="time" ltr=true required=true/>
            </div>
            <p class="hint">{t_with("web-broadcast-zone", &args!["zone" => review.zone.clone()])}</p>
            <button class="btn btn-primary justify-self-start max-sm:w-full" name="act" value="schedule">
                {t("web-broadcast-schedule-yes")}
            </button>
        </form>
    };
    view! {
        <Fold icon="calendar-clock" title=t("web-broadcast-schedule") open>
            {fields}
        </Fold>
    }
    .into_any()
}

fn now(page: &BroadcastDraftPage, review: &BroadcastReview) -> Option<AnyView> {
    let (label, action) = (review.confirm.clone()?, page.href());
    Some(
        view! {
            <Fold icon="send" title=t("web-broadcast-now")>
                <form method="post" action=action class="grid gap-3 max-w-xl">
                    <p class="text-sm text-muted">{t("web-broadcast-now-text")}</p>
                    <button class="btn btn-primary justify-self-start max-sm:w-full" name="act" value="send">
                        {label}
                    </button>
                </form>
            </Fold>
        }
        .into_any(),
    )
}

fn removal(page: &BroadcastDraftPage) -> Option<AnyView> {
    let action = page.href();
    page.id.is_some().then(|| {
        view! {
            <Fold icon="trash-2" title=t("web-broadcast-discard")>
                <form method="post" action=action class="grid gap-3 max-w-xl">
                    <p class="text-sm text-muted">{t("web-broadcast-discard-text")}</p>
                    <button class="btn btn-error justify-self-start max-sm:w-full" name="act" value="discard">
                        {t("web-broadcast-discard-yes")}
                    </button>
                </form>
            </Fold>
        }
        .into_any()
    })
}
