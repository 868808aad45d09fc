//! Which steps of the wizard are finished, and the phone beside them.

use app::components::{
    KeyAction, KeyStyle, PhoneKey, PhoneMessage, SpanKind, TextSpan, WizardPreview, WizardStep,
};
use domain::{
    args,
    entities::master::deployment_step::Step,
    locale::{self, Locale},
    platform::deployment::service as deployments,
};

use crate::{
    state::AppState,
    web::{
        WebError,
        guard::{Person, Shop},
    },
};

/// The finished steps, whatever their order.
///
/// # Errors
/// The database does not answer.
pub(super) async fn done(state: &AppState, shop: &Shop) -> Result<Vec<WizardStep>, WebError> {
    let progress = deployments::of_tenant(state.master(), shop.tenant.id).await?;
    let Some(progress) = progress else { return Ok(Vec::new()) };
    let steps = [
        (WizardStep::Shop, Step::ShopCreated),
        (WizardStep::Package, Step::PaymentVerified),
        (WizardStep::Bot, Step::TokenChecked),
        (WizardStep::Panel, Step::PanelConnected),
        (WizardStep::Plans, Step::PlansReady),
        (WizardStep::Live, Step::BotRunning),
    ];
    Ok(steps.into_iter().filter(|(_, step)| progress.is_done(*step)).map(|(wizard, _)| wizard).collect())
}

/// What a visitor of the bot reads first, in the shop's language.
pub(super) fn preview(person: &Person) -> Option<WizardPreview> {
    let shop = person.tenant.as_ref()?;
    let language = Locale::from_code(&shop.locale).unwrap_or_default();
    let args = args!["shop" => shop.name.clone(), "name" => person.account.name.clone()];
    let (text, spans) = formatted(&locale::html(language, "bot-start-welcome-body", &args));
    let key = |key: &str, style| PhoneKey {
        label: locale::plain(language, key, &args![]),
        style,
        action: KeyAction::Press,
    };
    let welcome = PhoneMessage {
        id: 2,
        text,
        spans,
        keyboard: vec![
            vec![key("bot-menu-btn-trial", KeyStyle::Success)],
            vec![key("bot-menu-btn-buy", KeyStyle::Primary)],
        ],
        ..PhoneMessage::default()
    };
    let start = PhoneMessage { id: 1, from_me: true, text: "/start".into(), ..PhoneMessage::default() };
    Some(WizardPreview { shop: shop.name.clone(), messages: vec![start, welcome], remark: None })
}

/// A bot's HTML as text and bold spans, which is all that a welcome has.
fn formatted(html: &str) -> (String, Vec<TextSpan>) {
    let (mut text, mut spans) = (String::new(), Vec::new());
    let length = |text: &str| text.encode_utf16().count();
    for (index, part) in html.split("<b>").enumerate() {
        let (bold, rest) = part.split_once("</b>").unwrap_or(("", part));
        if index > 0 && !bold.is_empty() {
            let bold = unescaped(bold);
            spans.push(TextSpan { offset: length(&text), length: length(&bold), kind: SpanKind::Bold });
            text.push_str(&bold);
        }
        text.push_str(&unescaped(rest));
    }
    (text, spans)
}

fn unescaped(html: &str) -> String {
    html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bold_words_become_spans() {
        let (text, spans) = formatted("👋 Hi <b>A &amp; B</b>!");
        assert_eq!(text, "👋 Hi A & B!");
        assert_eq!(spans, [TextSpan { offset: 6, length: 5, kind: SpanKind::Bold }]);
    }
}
