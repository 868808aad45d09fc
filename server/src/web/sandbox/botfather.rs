//! `/sandbox/botfather`: bots of the pretend Telegram.

use app::pages::sandbox::{BotFatherPage, SandboxBot};
use axum::extract::State;
use domain::args;
use secrecy::ExposeSecret;

use crate::{
    sandbox::{store::Sandbox, telegram::BotFatherError},
    state::AppState,
    web::{PageRequest, Post, WebError, WebResult, guard::SignedIn},
};

pub async fn get(State(state): State<AppState>, _: SignedIn, page: PageRequest) -> WebResult {
    let sandbox = state.sandbox.as_ref().ok_or(WebError::NotFound)?;
    let bots = page.session.data().bots.iter().filter_map(|id| shown(sandbox, *id)).collect();
    let form = page.form_or(Default::default);
    page.show(BotFatherPage { form, bots, back: Some("/start/bot".into()) })
}

pub async fn post(State(state): State<AppState>, _: SignedIn, post: Post) -> WebResult {
    let telegram = &state.sandbox.as_ref().ok_or(WebError::NotFound)?.telegram;
    if post.act() == "revoke" {
        let bot: i64 = post.field("bot").parse().map_err(|_| WebError::NotFound)?;
        let own = post.session.data().bots.contains(&bot);
        own.then(|| telegram.revoke_token(bot)).flatten().ok_or(WebError::NotFound)?;
        return Ok(post.done("/sandbox/botfather", "web-flash-token-revoked", &args![]));
    }
    match telegram.create_bot(post.field("name"), post.field("username")) {
        Ok((id, _)) => {
            post.session.change(|data| data.bots.push(id));
            Ok(post.done("/sandbox/botfather", "web-flash-bot-created", &args![]))
        }
        Err(error) => {
            let (field, key) = match error {
                BotFatherError::BadUsername => ("username", "web-botfather-bad-username"),
                BotFatherError::Taken => ("username", "web-botfather-taken"),
                BotFatherError::BadName => ("name", "web-botfather-bad-name"),
            };
            Ok(post.refused(&["name", "username"], vec![post.error(field, key, &args![])]))
        }
    }
}

fn shown(sandbox: &Sandbox, id: i64) -> Option<SandboxBot> {
    let username = sandbox.telegram.bots().into_iter().find(|(bot, _)| *bot == id)?.1;
    let token = sandbox.telegram.token(id)?;
    Some(SandboxBot {
        id: id.to_string(),
        name: username.clone(),
        username,
        token: token.expose_secret().to_owned(),
    })
}
