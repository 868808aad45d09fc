//! Tokens: an HS256 JWT with `sub`, `access`, `iat` and `exp`, good for 1440 minutes
//! (`JWT_ACCESS_TOKEN_EXPIRE_MINUTES`) of the panel's clock.

use std::sync::Arc;

use axum::{
    extract::FromRequestParts,
    http::{StatusCode, header, request::Parts},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL};
use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use super::{
    answer::Refusal,
    panel::{Panel, PanelState},
};

const TOKEN_SECONDS: i64 = 1440 * 60;

/// Who asks.
#[derive(Clone, Debug)]
pub(super) struct Caller {
    pub username: String,
    pub is_sudo: bool,
    /// From the environment, not from the table.
    pub is_env: bool,
}

impl Caller {
    pub(super) fn require_sudo(&self) -> Result<(), Refusal> {
        if self.is_sudo { Ok(()) } else { Err(Refusal::NOT_ALLOWED) }
    }

    /// Who will own what the caller creates.
    pub(super) fn owner(&self) -> Option<String> {
        (!self.is_env).then(|| self.username.clone())
    }

    pub(super) fn may_see(&self, owner: Option<&str>) -> bool {
        self.is_sudo || owner == Some(&self.username)
    }
}

impl FromRequestParts<Arc<Panel>> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, panel: &Arc<Panel>) -> Result<Self, Refusal> {
        let header = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let Some(token) = header.and_then(|value| value.strip_prefix("Bearer ")) else {
            return Err(Refusal::Detail(StatusCode::UNAUTHORIZED, "Not authenticated"));
        };
        let now = panel.now();
        let state = panel.state();
        read_token(&state.secret, token, now)
            .and_then(|name| caller(&state, &name))
            .ok_or(Refusal::Detail(StatusCode::UNAUTHORIZED, "Could not validate credentials"))
    }
}

/// A token for whoever knows the password.
pub(super) fn log_in(
    state: &PanelState,
    username: &str,
    password: &str,
    now: DateTime<Utc>,
) -> Option<String> {
    let expected = match state.admins.get(username) {
        _ if username == state.env_admin => &state.env_password,
        Some(admin) => &admin.password,
        None => return None,
    };
    if password != expected {
        return None;
    }
    let caller = caller(state, username)?;
    let access = if caller.is_sudo { "sudo" } else { "admin" };
    let issued = now.timestamp();
    let claims = json!({ "sub": username, "access": access, "iat": issued, "exp": issued + TOKEN_SECONDS });
    let head = BASE64URL.encode(br#"{"alg":"HS256","typ":"JWT"}"#);
    let signed = format!("{head}.{}", BASE64URL.encode(claims.to_string()));
    let signature = BASE64URL.encode(sign(&state.secret, &signed));
    Some(format!("{signed}.{signature}"))
}

fn read_token(secret: &str, token: &str, now: DateTime<Utc>) -> Option<String> {
    let (signed, signature) = token.rsplit_once('.')?;
    let signature = BASE64URL.decode(signature).ok()?;
    if !bool::from(sign(secret, signed).ct_eq(&signature)) {
        return None;
    }
    let claims = BASE64URL.decode(signed.split_once('.')?.1).ok()?;
    let claims: Value = serde_json::from_slice(&claims).ok()?;
    if claims["exp"].as_i64()? <= now.timestamp() {
        return None;
    }
    claims["sub"].as_str().map(str::to_owned)
}

fn caller(state: &PanelState, username: &str) -> Option<Caller> {
    let username = username.to_owned();
    if username == state.env_admin {
        return Some(Caller { username, is_sudo: true, is_env: true });
    }
    let is_sudo = state.admins.get(&username)?.is_sudo;
    Some(Caller { username, is_sudo, is_env: false })
}

fn sign(secret: &str, text: &str) -> Vec<u8> {
    // HMAC takes a key of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return Vec::new() };
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}
