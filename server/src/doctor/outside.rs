//! What the server will speak to, asked without changing anything there.

use std::sync::Arc;

use domain::clock::SystemClock;
use http::StatusCode;
use reqwest::{Client, RequestBuilder};
use secrecy::ExposeSecret;
use serde_json::Value;
use url::Url;

use super::Finding;
use crate::{
    config::Config,
    providers::{http as clients, mail::SmtpMailer},
};

pub(super) async fn all(config: &Config) -> Vec<Finding> {
    let client = match clients::client() {
        Ok(client) => client,
        Err(error) => return vec![Finding::Fail(format!("outside: there is no TLS: {error}"))],
    };
    let (telegram, stripe, mail, own) = tokio::join!(
        telegram(&client, config),
        stripe(&client, config),
        mail(config),
        own_address(&client, config)
    );
    vec![telegram, stripe, mail, own]
}

/// Asks with a token that is none: whoever answers like the Bot API is it.
async fn telegram(client: &Client, config: &Config) -> Finding {
    let base = &config.telegram.base_url;
    match ask(client.get(below(base, "bot0:doctor/getMe"))).await {
        Ok((_, said)) if said["ok"].is_boolean() => Finding::Ok(format!("telegram: {base} answers")),
        Ok((status, _)) => Finding::Fail(format!(
            "telegram: {base} answers with {status} and not as the Bot API does: check `telegram.base_url`"
        )),
        Err(reason) => Finding::Fail(format!("telegram: {base} cannot be reached: {reason}")),
    }
}

/// Whether the key opens the account that is configured.
async fn stripe(client: &Client, config: &Config) -> Finding {
    let stripe = &config.stripe;
    let (Some(key), Some(account)) = (&stripe.api_key, &stripe.account) else {
        return Finding::Warn("stripe: no key is set, packages can be tried and not paid".into());
    };
    let asked = client.get(below(&stripe.base_url, "v1/account")).bearer_auth(key.expose_secret());
    match ask(asked).await {
        Ok((StatusCode::OK, said)) if said["id"] == account.as_str() => {
            Finding::Ok(format!("stripe: the key opens {account}"))
        }
        Ok((StatusCode::OK, said)) => Finding::Fail(format!(
            "stripe: the key opens {} and `stripe.account` is {account}: payments would be refused",
            said["id"].as_str().unwrap_or("another account")
        )),
        Ok((StatusCode::UNAUTHORIZED, _)) => Finding::Fail("stripe: the key is refused".into()),
        Ok((StatusCode::FORBIDDEN, _)) => {
            Finding::Warn("stripe: the key may not read its account, so it was not compared".into())
        }
        Ok((status, _)) => Finding::Fail(format!("stripe: {} answers with {status}", stripe.base_url)),
        Err(reason) => Finding::Fail(format!("stripe: {} cannot be reached: {reason}", stripe.base_url)),
    }
}

/// Whether the mail server answers and takes the login. Nothing is sent.
async fn mail(config: &Config) -> Finding {
    let Some(server) = config.mail.server() else {
        return Finding::Warn(
            "mail: none is configured, users whom Telegram does not reach hear of nothing: set `mail.host`"
                .into(),
        );
    };
    let (host, port) = (server.host, server.port);
    let mailer = match SmtpMailer::new(server, Arc::new(SystemClock)) {
        Ok(mailer) => mailer,
        Err(error) => return Finding::Fail(format!("mail: {host} cannot be used: {error}")),
    };
    match mailer.check().await {
        Ok(()) => Finding::Ok(format!("mail: {host}:{port} answers and takes the login")),
        Err(reason) => Finding::Fail(format!("mail: {host}:{port} cannot be used: {reason}")),
    }
}

/// Whether people who come by the public address come to a Botyard.
async fn own_address(client: &Client, config: &Config) -> Finding {
    let Some(public) = &config.server.public_url else {
        return Finding::Warn(format!(
            "address: `server.public_url` is not set, only this machine reaches http://{}",
            config.server.listen
        ));
    };
    match client.get(below(public, "healthz")).send().await {
        Ok(answer) => match (answer.status(), answer.text().await.as_deref()) {
            (StatusCode::OK, Ok("ok")) => Finding::Ok(format!("address: {public} leads to a Botyard")),
            (status, _) => Finding::Fail(format!(
                "address: something else answers at {public} (status {status}): check the proxy and the name"
            )),
        },
        Err(error) => Finding::Warn(format!(
            "address: {public} does not answer ({}), which is right only while the server is not running",
            reason(&error)
        )),
    }
}

/// Status and body; null when that is no JSON.
async fn ask(request: RequestBuilder) -> Result<(StatusCode, Value), String> {
    let answer = request.send().await.map_err(|error| reason(&error))?;
    let status = answer.status();
    Ok((status, answer.json().await.unwrap_or(Value::Null)))
}

/// Without the address, which is named already and may hold a token.
fn reason(error: &reqwest::Error) -> String {
    let mut inmost: &dyn std::error::Error = error;
    while let Some(source) = inmost.source() {
        inmost = source;
    }
    inmost.to_string()
}

fn below(base: &Url, path: &str) -> String {
    format!("{}/{path}", base.as_str().trim_end_matches('/'))
}
