//! Labelled inputs that keep what was typed and say what is wrong with it.

use leptos::prelude::*;

use super::{Choice, Icon};
use crate::context::{FormState, t};

/// A text input with its label, hint and error.
#[component]
pub fn Field(
    form: FormState,
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(default = "text")] kind: &'static str,
    #[prop(default = "off")] autocomplete: &'static str,
    /// Technical values (addresses, tokens, numbers) run left to right in every language.
    #[prop(optional)]
    ltr: bool,
    #[prop(optional)] required: bool,
    #[prop(optional, into)] placeholder: Option<String>,
    #[prop(optional)] inputmode: Option<&'static str>,
    #[prop(optional)] minlength: Option<u16>,
    #[prop(optional)] maxlength: Option<u16>,
    /// Set when the page has the same field name in two forms.
    #[prop(optional)]
    id: Option<&'static str>,
) -> impl IntoView {
    let id = id.map_or_else(|| name.clone(), str::to_owned);
    let error = form.error(&name);
    let value = (kind != "password").then(|| form.value(&name));
    let described = described_by(&id, hint.is_some(), error.is_some());
    let class = match (error.is_some(), ltr) {
        (true, true) => "input input-error w-full ltr",
        (true, false) => "input input-error w-full",
        (false, true) => "input w-full ltr",
        (false, false) => "input w-full",
    };
    view! {
        <div class="fld">
            <label for=id.clone()>{label}</label>
            <input
                id=id.clone()
                name=name
                class=class
                type=kind
                value=value
                dir=if ltr { "ltr" } else { "auto" }
                autocomplete=autocomplete
                required=required
                placeholder=placeholder
                inputmode=inputmode
                minlength=minlength.map(|n| n.to_string())
                maxlength=maxlength.map(|n| n.to_string())
                aria-invalid=error.is_some().then_some("true")
                aria-describedby=described
            />
            {hint.map(|hint| view! { <p id=format!("{id}-hint") class="hint">{hint}</p> })}
            {error.map(|error| view! { <ErrorLine id=format!("{id}-error") text=error/> })}
        </div>
    }
}

/// Several lines of text with their label, hint and error.
#[component]
pub fn TextArea(
    form: FormState,
    #[prop(into)] name: String,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    #[prop(default = 5)] rows: u8,
    #[prop(optional)] required: bool,
    #[prop(optional)] maxlength: Option<u16>,
) -> impl IntoView {
    let error = form.error(&name);
    let described = described_by(&name, hint.is_some(), error.is_some());
    view! {
        <div class="fld">
            <label for=name.clone()>{label}</label>
            <textarea
                id=name.clone()
                name=name.clone()
                class=if error.is_some() { "textarea textarea-error w-full" } else { "textarea w-full" }
                rows=rows.to_string()
                dir="auto"
                autocomplete="off"
                required=required
                maxlength=maxlength.map(|n| n.to_string())
                aria-invalid=error.is_some().then_some("true")
                aria-describedby=described
            >
                {form.value(&name)}
            </textarea>
            {hint.map(|hint| view! { <p id=format!("{name}-hint") class="hint">{hint}</p> })}
            {error.map(|error| view! { <ErrorLine id=format!("{name}-error") text=error/> })}
        </div>
    }
}

/// A select with its label, hint and error.
#[component]
pub fn Select(
    form: FormState,
    name: &'static str,
    #[prop(into)] label: String,
    #[prop(optional, into)] hint: Option<String>,
    choices: Vec<Choice>,
    #[prop(optional)] id: Option<&'static str>,
    /// The id of the form when the select stands outside it.
    #[prop(optional)]
    form_id: Option<&'static str>,
) -> impl IntoView {
    let id = id.unwrap_or(name);
    let error = form.error(name);
    let chosen = form.value(name);
    let described = described_by(id, hint.is_some(), error.is_some());
    view! {
        <div class="fld">
            <label for=id>{label}</label>
            <select
                id=id
                name=name
                form=form_id
                class=if error.is_some() { "select select-error w-full" } else { "select w-full" }
                autocomplete="off"
                aria-invalid=error.is_some().then_some("true")
                aria-describedby=described
            >
                {choices
                    .into_iter()
                    .map(|choice| {
                        let selected = choice.value == chosen;
                        view! { <option value=choice.value selected=selected>{choice.label}</option> }
                    })
                    .collect_view()}
            </select>
            {hint.map(|hint| view! { <p id=format!("{id}-hint") class="hint">{hint}</p> })}
            {error.map(|error| view! { <ErrorLine id=format!("{id}-error") text=error/> })}
        </div>
    }
}

/// The list of errors on top of a form, each linked to its field. One error stands at its field only.
#[component]
pub fn ErrorSummary(form: FormState) -> impl IntoView {
    let general = form.error("form");
    let fields: Vec<_> = form.errors.into_iter().filter(|error| error.field != "form").collect();
    let listed = fields.len() > 1;
    (listed || general.is_some()).then(|| {
        view! {
            <div class="note t-bad mb-5" role="alert">
                <Icon name="circle-x"/>
                <div class="flex-1 min-w-0">
                    <p class="text-sm font-medium">{general.unwrap_or_else(|| t("web-form-errors"))}</p>
                    {listed
                        .then(|| {
                            view! {
                                <ul class="text-sm mt-1 list-disc ps-5">
                                    {fields
                                        .into_iter()
                                        .map(|error| {
                                            view! {
                                                <li>
                                                    <a class="hit link inline-block py-0.5 min-h-6" href=format!("#{}", error.field)>
                                                        {error.message}
                                                    </a>
                                                </li>
                                            }
                                        })
                                        .collect_view()}
                                </ul>
                            }
                        })}
                </div>
            </div>
        }
    })
}

/// What is wrong, where it is wrong.
#[component]
pub fn ErrorLine(
    #[prop(into)] text: String,
    #[prop(optional, into)] id: Option<String>,
    #[prop(default = "err")] class: &'static str,
    #[prop(optional)] role: Option<&'static str>,
) -> impl IntoView {
    view! {
        <p id=id class=class role=role>
            <Icon name="circle-alert" class="i-s"/>
            <span>{text}</span>
        </p>
    }
}

fn described_by(id: &str, hint: bool, error: bool) -> Option<String> {
    match (hint, error) {
        (true, true) => Some(format!("{id}-hint {id}-error")),
        (true, false) => Some(format!("{id}-hint")),
        (false, true) => Some(format!("{id}-error")),
        (false, false) => None,
    }
}
