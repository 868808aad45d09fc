//! Thin components over the recipes of `style/main.css`; no page logic here.

mod chart;
mod check;
mod choice;
mod copy;
mod field;
mod flash;
mod fold;
mod icon;
mod kpi;
mod live;
mod pager;
mod phone;
mod plan_card;
mod shell;
mod site;
mod state;
mod status;
mod switches;
mod timeline;
mod wizard;

pub use chart::{Bar, BarChart};
pub use check::{Check, CheckList, CheckRow, CheckState};
pub use choice::Choice;
pub use copy::CopyValue;
pub use field::{ErrorLine, ErrorSummary, Field, Select, TextArea};
pub use flash::FlashNote;
pub use fold::Fold;
pub use icon::{Icon, Logo};
pub use kpi::{Change, Kpi};
pub use live::LiveUpdates;
pub use pager::Pager;
pub use phone::{
    KeyAction, KeyStyle, PaymentSheet, Phone, PhoneKey, PhoneLog, PhoneMessage, SpanKind, TextSpan,
    message_html,
};
pub use plan_card::{Cycle, PackageCard, PackageCards, PackageCode};
pub use shell::{AppShell, Area, BackLink};
pub use site::{BrandRow, SiteFooter, SiteHeader};
pub use state::{EmptyState, Problem, ProblemNote};
pub use status::{Pip, Tag, Tone};
pub use switches::{LocaleButtons, LocaleSwitch, SandboxNotice, ThemeSwitch};
pub use timeline::{StepState, Timeline, TimelineStep};
pub use wizard::{Wizard, WizardPreview, WizardStep};
