//! What the bot says, and whom it lets in.

use app::{
    FormState,
    components::{Choice, SpanKind, TextSpan},
    pages::dashboard::{EntryPage, TextChip, TextPage, TextRow, TextState, TextsFilePage, TextsPage},
};
use domain::locale::Locale;

use super::bot;

fn chips() -> Vec<TextChip> {
    let chip = |locale: Locale| TextChip {
        label: locale.native_name().into(),
        href: "/app/b/1/texts?lang=en".into(),
        chosen: locale == Locale::En,
        count: (locale == Locale::Ru).then(|| "12".into()),
    };
    Locale::ALL.map(chip).into()
}

pub(super) fn texts(any: bool) -> TextsPage {
    let row = |state| TextRow {
        key: "bot-start-welcome-trial-body".into(),
        href: "/app/b/1/texts/bot-start-welcome-trial-body?lang=fa".into(),
        text: "👋 { $name }".into(),
        dir: "rtl",
        state,
    };
    let states =
        [TextState::Ours, TextState::Changed, TextState::Missing, TextState::TooLong, TextState::Ignored];
    TextsPage {
        bot: bot(),
        languages: chips(),
        filters: chips(),
        areas: chips(),
        keeps: vec![("lang", "en".into())],
        query: "\"<b>".into(),
        rows: if any { states.map(row).into() } else { Vec::new() },
        more: any,
        file: "/app/b/1/texts/file?lang=en".into(),
    }
}

pub(super) fn texts_file(refused: bool) -> TextsFilePage {
    let form = FormState::default()
        .with_error("bot-start-returning-body", "There is no value { $nick } in this text.")
        .with_error("form", "And 3 more.");
    TextsFilePage {
        bot: bot(),
        languages: chips(),
        back: "/app/b/1/texts?lang=en".into(),
        address: "/app/b/1/texts/file?lang=en".into(),
        count: "2 texts in English are in your own words.".into(),
        file: refused.then(|| "/app/b/1/texts/file/en".into()),
        hint: "A Fluent file (.ftl) of at most 512 KB.".into(),
        form: if refused { form } else { FormState::default() },
    }
}

pub(super) fn entry() -> EntryPage {
    EntryPage {
        bot: bot(),
        required: true,
        rules: false,
        source_link: Some("https://t.me/fastline_bot?start=src_channel".into()),
        sources: vec![("instagram".into(), "1,204".into())],
        entries: vec![Choice::new("open", "Everybody"), Choice::new("closed", "Nobody")],
        form: FormState::filled([("channel", "@fastline"), ("entry", "closed")])
            .with_error("channel", "Telegram knows no channel of this name."),
    }
}

pub(super) fn text(ignored: bool) -> TextPage {
    let bold = TextSpan { offset: 3, length: 4, kind: SpanKind::Bold };
    TextPage {
        bot: bot(),
        key: "bot-start-returning-body".into(),
        locale: "en",
        dir: "ltr",
        languages: chips(),
        back: "/app/b/1/texts?lang=en".into(),
        ours: "Good to see you,\n{ $name }!".into(),
        values: vec!["{ $name }".into()],
        limit: "At most 2,048 characters.".into(),
        markup: !ignored,
        changed: ignored,
        ignored: ignored.then(|| "There is no value { $nick }.".into()),
        preview: (!ignored).then(|| ("Hi Sara".into(), vec![bold])),
        form: FormState::filled([("text", "Hi { $nick }")]).with_error("text", "There is no value."),
    }
}
