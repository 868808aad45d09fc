//! `/app/b/{bot}/entry`: whom the bot lets in.

use app::{FormState, components::Choice, pages::dashboard::EntryPage};
use axum::extract::State;
use domain::{
    args,
    events::EventKind,
    locale::format,
    platform::bot::{channel, rules},
    shop::{
        gate::service::{self as gate, Entry},
        setting::service as setting,
        user::service as users,
    },
};

use super::overview;
use crate::{
    state::AppState,
    web::{PageRequest, Post, WebError, WebResult, explained, guard::ShopBot},
};

/// Links that are listed.
const SOURCES: u64 = 20;

const KEEP: [&str; 4] = ["channel", "required", "entry", "rules"];

pub async fn get(State(state): State<AppState>, bot: ShopBot, mut page: PageRequest) -> WebResult {
    let tx = bot.shop.db.read().await?;
    let set = setting::entrance(&tx).await?;
    let sources = users::sources(&tx, SOURCES).await?;
    drop(tx);
    overview::place(&mut page, &state, &bot).await?;
    let required = set.gates.contains(&bot.bot.id);
    let stored = || {
        let on = |on: bool| if on { "on" } else { "" };
        FormState::filled([
            ("channel", bot.bot.channel.clone().unwrap_or_default()),
            ("required", on(required).to_owned()),
            ("entry", set.entry.code().to_owned()),
            ("rules", on(set.rules).to_owned()),
        ])
    };
    let form = page.form_or(stored);
    let entry =
        |entry: Entry| Choice::new(entry.code(), page.text(&format!("web-entry-{}", entry.code()), &args![]));
    let entries = Entry::ALL.map(entry).into();
    let counted = |(name, count): (String, i64)| (name, format::number(page.locale(), count));
    let sources = sources.into_iter().map(counted).collect();
    page.show(EntryPage {
        bot: overview::summary_of(&bot.bot),
        required: form.value("required") == "on",
        rules: form.value("rules") == "on",
        entries,
        source_link: bot
            .bot
            .username
            .as_deref()
            .map(|name| format!("{}?start=src_channel", rules::link(name))),
        sources,
        form,
    })
}

pub async fn post(State(state): State<AppState>, bot: ShopBot, post: Post) -> WebResult {
    match post.act() {
        "test" => test(&state, &bot, &post).await,
        "save" => save(&state, &bot, &post).await,
        _ => Err(WebError::NotFound),
    }
}

async fn save(state: &AppState, bot: &ShopBot, post: &Post) -> WebResult {
    let required = post.field("required") == "on";
    if required && post.optional("channel").is_none() {
        return Ok(post.refused(&KEEP, vec![post.error("channel", "error-required", &args![])]));
    }
    let Some(entry) = Entry::from_code(post.field("entry")) else {
        return Ok(post.refused(&KEEP, vec![post.error("entry", "error-choice", &args![])]));
    };
    if let Err(error) = channel::set(state.master(), &*state.probe, &bot.bot, post.field("channel")).await {
        let (key, args) = explained(error)?;
        return Ok(post.refused(&KEEP, vec![post.error("channel", key, &args)]));
    }
    let tx = bot.shop.db.write().await?;
    gate::require(&tx, bot.bot.id, required).await?;
    gate::set_entry(&tx, entry).await?;
    setting::ask_for_rules(&tx, post.field("rules") == "on").await?;
    tx.commit().await?;
    state.bots.poke();
    state.events.publish(bot.shop.tenant.id, EventKind::Bot, Some(bot.bot.id.to_string()));
    let own = format!("{}/entry", overview::summary_of(&bot.bot).href());
    Ok(post.done(&own, "web-flash-entry-saved", &args![]))
}

/// Whether the gate would work with what was typed; nothing is saved.
async fn test(state: &AppState, bot: &ShopBot, post: &Post) -> WebResult {
    let Some(name) = rules::read_channel(post.field("channel")) else {
        return Ok(post.refused(&KEEP, vec![post.error("channel", "error-channel-format", &args![])]));
    };
    match channel::check(state.master(), &*state.probe, &bot.bot, &name).await {
        Ok(()) => {
            post.say(app::components::Tone::Ok, "web-flash-entry-channel-ok", &args!["channel" => name]);
            Ok(post.refused(&KEEP, Vec::new()))
        }
        Err(error) => {
            let (key, args) = explained(error)?;
            Ok(post.refused(&KEEP, vec![post.error("channel", key, &args)]))
        }
    }
}
