//! A conversation on the phone page.

use super::*;

pub(super) fn conversation(locale: Locale) -> Vec<PhoneMessage> {
    let (welcome, bold) = match locale {
        Locale::Fa => ("👋 به Fastline خوش آمدید!\nسرورهای پرسرعت، ۷ روز اول رایگان است.", (6, 8)),
        Locale::Ru => ("👋 Добро пожаловать в Fastline!\nБыстрые серверы, 7 дней бесплатно.", (20, 8)),
        Locale::En => ("👋 Welcome to Fastline!\nFast servers, the first 7 days are free.", (14, 8)),
    };
    let key = |label: &str, style, action| PhoneKey { label: label.into(), style, action };
    vec![
        PhoneMessage {
            id: 1,
            from_me: true,
            text: "/start".into(),
            time: "14:08".into(),
            notice: Some("20 November".into()),
            ..PhoneMessage::default()
        },
        PhoneMessage {
            id: 2,
            text: welcome.into(),
            spans: vec![TextSpan { offset: bold.0, length: bold.1, kind: SpanKind::Bold }],
            time: "14:08".into(),
            edited: true,
            keyboard: vec![
                vec![key("🧪 Start free trial", KeyStyle::Primary, KeyAction::Press)],
                vec![
                    key("🛒 Plans", KeyStyle::Plain, KeyAction::Press),
                    key("📋 Copy link", KeyStyle::Plain, KeyAction::Copy("vless://8f2c".into())),
                ],
                vec![key("💳 Pay", KeyStyle::Success, KeyAction::Open("http://localhost:3000/x".into()))],
            ],
            ..PhoneMessage::default()
        },
    ]
}
