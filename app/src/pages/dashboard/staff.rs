//! `/app/b/{bot}/staff`: who helps to run the shop in its bot, and what they did.

use leptos::prelude::*;

use crate::{
    components::{AppShell, Area, Choice, CopyValue, EmptyState, Fold, Icon},
    context::{BotSummary, t},
    islands::CopyButtons,
    ssr::{Head, Page},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffPage {
    pub bot: BotSummary,
    /// In the order in which they came; the owner is not among them.
    pub members: Vec<StaffRow>,
    /// The links that nobody has used yet.
    pub invites: Vec<StaffInvite>,
    /// The newest first.
    pub acts: Vec<StaffAct>,
    /// The roles that can be given, each with what it may do.
    pub roles: Vec<Choice>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffRow {
    pub id: String,
    /// @username or name.
    pub name: String,
    pub telegram_id: String,
    /// A value of [`StaffPage::roles`].
    pub role: String,
    pub since: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffInvite {
    pub id: String,
    /// In words.
    pub role: String,
    pub link: String,
    pub until: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffAct {
    pub name: String,
    pub deed: String,
    pub time: String,
}

impl StaffPage {
    fn href(&self) -> String {
        format!("{}/staff", self.bot.href())
    }
}

impl Page for StaffPage {
    fn head(&self) -> Head {
        Head::in_shell(format!("{}: {}", self.bot.name, t("web-staff-title")))
    }

    fn body(self) -> AnyView {
        let parts = view! {
            {members(&self)}
            {invites(&self)}
            {invite(&self)}
            {acts(&self)}
        };
        view! {
            <AppShell area=Area::Staff title=t("web-staff-title")>
                <p class="text-sm text-muted mb-5 -mt-3">{t("web-staff-lead")}</p>
                <div class="grid gap-5 max-w-2xl">{parts}</div>
                <CopyButtons copied=t("web-copied")/>
            </AppShell>
        }
        .into_any()
    }
}

fn members(page: &StaffPage) -> AnyView {
    if page.members.is_empty() {
        return view! {
            <EmptyState icon="users" title=t("web-staff-none") text=t("web-staff-none-text")/>
        }
        .into_any();
    }
    let rows = page.members.iter().map(|row| member(page, row)).collect_view();
    view! { <ul class="grid gap-3">{rows}</ul> }.into_any()
}

fn member(page: &StaffPage, row: &StaffRow) -> AnyView {
    let href = page.href();
    let options = page.roles.iter().map(|role| {
        let selected = role.value == row.role;
        view! { <option value=role.value.clone() selected=selected>{role.label.clone()}</option> }
    });
    let options = options.collect_view();
    let removal = removal(href.clone(), row.clone());
    view! {
        <li class="sheet p-4.5 grid gap-3">
            <div class="flex flex-wrap items-center gap-3">
                <div class="flex-1 min-w-52">
                    <h2 class="text-base">
                        <bdi>{row.name.clone()}</bdi>
                    </h2>
                    <p class="text-sm text-muted">
                        <bdi class="code">{row.telegram_id.clone()}</bdi>
                        " · "
                        {row.since.clone()}
                    </p>
                </div>
                <form method="post" action=href class="flex flex-wrap items-center gap-3">
                    <input type="hidden" name="id" value=row.id.clone()/>
                    <select
                        name="role"
                        class="select w-full"
                        autocomplete="off"
                        aria-label=format!("{}: {}", t("web-staff-role"), row.name)
                    >
                        {options}
                    </select>
                    <button class="btn btn-line max-sm:w-full" name="act" value="role">
                        {t("web-staff-save")}
                    </button>
                </form>
            </div>
            {removal}
        </li>
    }
    .into_any()
}

fn removal(href: String, row: StaffRow) -> AnyView {
    view! {
        <Fold icon="log-out" title=t("web-staff-remove")>
            <form method="post" action=href class="grid gap-3">
                <p class="text-sm text-muted">{t("web-staff-remove-text")}</p>
                <input type="hidden" name="id" value=row.id/>
                <button class="btn btn-error justify-self-start max-sm:w-full" name="act" value="remove">
                    {t("web-staff-remove-yes")}
                    <span class="sr-only">" " {row.name}</span>
                </button>
            </form>
        </Fold>
    }
    .into_any()
}

fn invites(page: &StaffPage) -> Option<AnyView> {
    let href = page.href();
    let rows = page.invites.iter().map(|invite| {
        view! {
            <li class="sheet p-4.5 grid gap-3">
                <p class="text-sm">
                    <span class="font-medium">{invite.role.clone()}</span>
                    " · "
                    <span class="text-muted">{invite.until.clone()}</span>
                </p>
                <CopyValue value=invite.link.clone()/>
                <form method="post" action=href.clone()>
                    <input type="hidden" name="id" value=invite.id.clone()/>
                    <button class="btn btn-line max-sm:w-full" name="act" value="withdraw">
                        {t("web-staff-withdraw")}
                    </button>
                </form>
            </li>
        }
    });
    let rows = rows.collect_view();
    (!page.invites.is_empty()).then(|| {
        view! {
            <section class="grid gap-3" aria-labelledby="open-invites">
                <h2 id="open-invites" class="text-base">{t("web-staff-open")}</h2>
                <p class="text-sm text-muted">{t("web-staff-open-text")}</p>
                <ul class="grid gap-3">{rows}</ul>
            </section>
        }
        .into_any()
    })
}

fn invite(page: &StaffPage) -> AnyView {
    let roles = page.roles.iter().enumerate().map(|(index, role)| {
        let (value, label, hint) = (role.value.clone(), role.label.clone(), role.hint.clone());
        view! {
            <label class="flex gap-3 items-center text-sm min-h-11">
                <input
                    type="radio"
                    class="radio radio-primary radio-sm"
                    name="role"
                    value=value
                    autocomplete="off"
                    checked=index == 0
                />
                <span>
                    <span class="font-medium">{label}</span>
                    {hint.map(|hint| view! { <span class="text-muted">": " {hint}</span> })}
                </span>
            </label>
        }
    });
    let roles = roles.collect_view();
    view! {
        <form method="post" action=page.href() class="sheet p-4.5 grid gap-4">
            <fieldset class="grid">
                <legend class="text-base font-medium mb-2">{t("web-staff-invite")}</legend>
                <p class="hint">{t("web-staff-invite-text")}</p>
                {roles}
            </fieldset>
            <button class="btn btn-primary justify-self-start max-sm:w-full" name="act" value="invite">
                <Icon name="plus"/>
                {t("web-staff-invite-make")}
            </button>
        </form>
    }
    .into_any()
}

fn acts(page: &StaffPage) -> Option<AnyView> {
    let rows = page.acts.iter().cloned().map(|act| {
        view! {
            <tr>
                <th scope="row">
                    <bdi>{act.name}</bdi>
                </th>
                <td>{act.deed}</td>
                <td class="e text-muted num whitespace-nowrap">{act.time}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    (!page.acts.is_empty()).then(|| {
        view! {
            <section class="sheet overflow-hidden" aria-labelledby="staff-acts">
                <div class="sheet-h">
                    <h2 id="staff-acts">{t("web-staff-acts")}</h2>
                </div>
                <div class="overflow-x-auto">
                    <table class="tbl cards">
                        <thead>
                            <tr>
                                <th scope="col">{t("web-staff-who")}</th>
                                <th scope="col">{t("web-staff-deed")}</th>
                                <th scope="col" class="e">{t("web-sale-time")}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </section>
        }
        .into_any()
    })
}
