//! State shown by icon, word and colour together, never by colour alone.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::Icon;

/// What a state means for the reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tone {
    Ok,
    Warn,
    Bad,
    #[default]
    Info,
    Mute,
}

impl Tone {
    pub const fn class(self) -> &'static str {
        match self {
            Self::Ok => "t-ok",
            Self::Warn => "t-warn",
            Self::Bad => "t-bad",
            Self::Info => "t-info",
            Self::Mute => "t-mute",
        }
    }

    pub const fn icon(self) -> &'static str {
        match self {
            Self::Ok => "circle-check",
            Self::Warn => "triangle-alert",
            Self::Bad => "circle-x",
            Self::Info => "info",
            Self::Mute => "clock",
        }
    }
}

/// A pill with an icon and a word.
#[component]
pub fn Tag(
    tone: Tone,
    #[prop(optional)] icon: Option<&'static str>,
    #[prop(into)] text: String,
) -> impl IntoView {
    view! {
        <span class=format!("tag {}", tone.class())>
            <Icon name=icon.unwrap_or(tone.icon()) class="i-s"/>
            {text}
        </span>
    }
}

/// A round mark at the start of a row.
#[component]
pub fn Pip(tone: Tone, icon: &'static str) -> impl IntoView {
    let spinning = if icon == "loader-circle" { "spin" } else { "" };
    view! {
        <span class=format!("pip {}", tone.class())>
            <Icon name=icon class=spinning/>
        </span>
    }
}
