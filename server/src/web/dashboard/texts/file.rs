//! `/app/b/{bot}/texts/file`: a language's own words as one Fluent file, and back.

use app::{Flash, FormState, components::Tone, context::FieldError, pages::dashboard::TextsFilePage};
use axum::{
    extract::{DefaultBodyLimit, Multipart, Path, RawQuery, State},
    response::{IntoResponse as _, Redirect, Response},
};
use domain::{
    args,
    error::Explain,
    locale::{self, Locale},
    shop::text::{
        file::{self, LARGEST, Taken},
        service as texts,
    },
};
use http::{HeaderMap, header};

use super::{address, language, languages};
use crate::{
    middleware::session::Session,
    state::AppState,
    web::{PageRequest, WebError, WebResult, dashboard::overview, guard::ShopBot, page_context},
};

/// Refused texts that are named: a session keeps them until the page has shown them.
const NAMED: usize = 40;

/// What the form may have: more than the largest file, so that one that is a little too large is told so.
pub fn limit() -> DefaultBodyLimit {
    DefaultBodyLimit::max(4 * LARGEST)
}

pub async fn get(State(state): State<AppState>, bot: ShopBot, mut page: PageRequest) -> WebResult {
    let shown = language(page.query("lang"), &bot);
    let tx = bot.shop.db.read().await?;
    let count = texts::all(&tx).await?.iter().filter(|row| row.locale == shown).count();
    drop(tx);
    overview::place(&mut page, &state, &bot).await?;
    let (list, name) = (address(&bot), shown.native_name());
    let words = page.text("web-texts-file-count", &args!["count" => count, "language" => name]);
    let hint = page.text("web-texts-file-in-text", &args!["size" => LARGEST / 1024, "language" => name]);
    let form = page.form_or(FormState::default);
    page.show(TextsFilePage {
        bot: overview::summary_of(&bot.bot),
        languages: languages(shown, |locale| href(&bot, locale)),
        back: format!("{list}?lang={}", shown.code()),
        address: href(&bot, shown),
        count: words,
        file: (count > 0).then(|| format!("{list}/file/{}", shown.code())),
        hint,
        form,
    })
}

/// The file.
pub async fn save(bot: ShopBot, Path((_, lang)): Path<(String, String)>) -> WebResult {
    let found = Locale::ALL.into_iter().find(|locale| locale.code() == lang).ok_or(WebError::NotFound)?;
    let tx = bot.shop.db.read().await?;
    let file = file::write(&tx, found).await?;
    drop(tx);
    let heads = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8".to_owned()),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"texts-{}.ftl\"", found.code())),
    ];
    Ok::<Response, WebError>((heads, file).into_response())
}

pub async fn post(
    bot: ShopBot,
    RawQuery(query): RawQuery,
    session: Session,
    headers: HeaderMap,
    mut form: Multipart,
) -> WebResult {
    let reader = page_context::locale(&headers);
    let query = query.unwrap_or_default();
    let lang = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "lang");
    let into = language(lang.as_ref().map_or("", |(_, code)| code), &bot);
    let mut content = None;
    while let Some(field) = form.next_field().await.map_err(|_| WebError::BadRequest)? {
        if field.name() == Some("file") {
            let sent = field.bytes().await.map_err(|_| WebError::BadRequest)?;
            content = Some(sent).filter(|sent| !sent.is_empty());
        }
    }
    let (flash, errors) = match content {
        None => (bad(reader, "error-text-file-none", &args![]), Vec::new()),
        Some(content) => {
            let tx = bot.shop.db.write().await?;
            match file::read(&tx, into, &content).await? {
                Ok(taken) => {
                    tx.commit().await?;
                    (told(reader, &taken), refused(reader, &taken))
                }
                Err(why) => {
                    let (key, args) = why.explain().unwrap_or(("error-text-file-kind", args![]));
                    (bad(reader, key, &args), Vec::new())
                }
            }
        }
    };
    session.change(|data| {
        data.kept.flash = Some(flash);
        if !errors.is_empty() {
            let path = format!("{}/file", address(&bot));
            data.kept.keep_form(&path, FormState { errors, ..FormState::default() });
        }
    });
    Ok(Redirect::to(&href(&bot, into)).into_response())
}

fn bad(reader: Locale, key: &str, args: &locale::Args) -> Flash {
    Flash { tone: Tone::Bad, title: locale::text(reader, key, args), detail: None }
}

fn told(reader: Locale, taken: &Taken) -> Flash {
    let values = args!["changed" => taken.changed, "same" => taken.same, "refused" => taken.refused.len()];
    let tone = if taken.refused.is_empty() { Tone::Ok } else { Tone::Warn };
    Flash { tone, title: locale::text(reader, "web-flash-text-file", &values), detail: None }
}

/// By key, and how many more there are.
fn refused(reader: Locale, taken: &Taken) -> Vec<FieldError> {
    let named = taken
        .refused
        .iter()
        .take(NAMED)
        .map(|(key, why)| FieldError { field: key.clone(), message: why.text(reader).unwrap_or_default() });
    let more = taken.refused.len().saturating_sub(NAMED);
    let more = (more > 0).then(|| FieldError {
        field: "form".into(),
        message: locale::text(reader, "web-texts-file-more", &args!["count" => more]),
    });
    named.chain(more).collect()
}

fn href(bot: &ShopBot, locale: Locale) -> String {
    format!("{}/file?lang={}", address(bot), locale.code())
}
