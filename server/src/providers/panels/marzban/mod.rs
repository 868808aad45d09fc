//! Marzban 0.8.4.
//!
//! Every change is absolute and read back, so that a lost answer, a repeated job or somebody else's
//! hand on the panel all end in the same account.

mod check;
#[cfg(test)]
mod comparison;
mod login;
mod wire;

#[cfg(test)]
mod tests;

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use domain::{
    clock::Clock,
    faults,
    ids::SubscriptionId,
    ports::{
        AccountPage, AccountTarget, Capabilities, CheckedLine, Inbound, PanelAccess, PanelAccount,
        PanelError, PanelSystem, SubscriptionBody, VpnPanel,
    },
    units::Bytes,
};
use reqwest::{Method, StatusCode, header};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::sync::mpsc::UnboundedSender;
use url::Url;

use self::{
    login::Logins,
    wire::{Inbounds, Page, System, Tags, Token, Usages, User},
};
use crate::providers::http::{self, PanelHttp};

/// Somebody's app waits, and there is an answer of before.
const SUBSCRIPTION_TIMEOUT: Duration = Duration::from_secs(5);

/// The adapter for every Marzban panel of every tenant.
#[derive(Debug)]
pub struct Marzban {
    http: PanelHttp,
    logins: Logins,
}

/// What the panel said, before we make anything of it.
#[derive(Debug)]
struct Said {
    status: StatusCode,
    body: Value,
}

impl Marzban {
    /// `clock` is the real one: it spaces logins.
    pub fn new(http: PanelHttp, clock: Arc<dyn Clock>) -> Self {
        Self { http, logins: Logins::new(clock) }
    }

    async fn find(&self, access: &PanelAccess, username: &str) -> Result<Option<User>, PanelError> {
        let said = self.call(access, Method::GET, &format!("api/user/{username}"), None).await?;
        match said.status {
            StatusCode::OK => said.read().map(Some),
            // Another server's 404 says nothing about the account.
            StatusCode::NOT_FOUND if said.body["detail"] == "User not found" => Ok(None),
            _ => Err(said.refusal_of_account()),
        }
    }

    /// Asks for the account; when it is there already, it was us whose answer got lost, or somebody else.
    async fn create(
        &self,
        access: &PanelAccess,
        target: &AccountTarget,
        tags: &Tags,
        inbounds: &Inbounds,
    ) -> Result<User, PanelError> {
        let body = wire::new_user(target, tags, inbounds);
        let said = self.call(access, Method::POST, "api/user", Some(&body)).await?;
        match said.status {
            StatusCode::OK => said.read(),
            StatusCode::CONFLICT => self.find(access, &target.username).await?.ok_or(PanelError::Taken),
            _ => Err(said.refusal()),
        }
    }

    async fn change(&self, access: &PanelAccess, username: &str, body: &Value) -> Result<(), PanelError> {
        let said = self.call(access, Method::PUT, &format!("api/user/{username}"), Some(body)).await?;
        match said.status {
            StatusCode::OK => Ok(()),
            _ => Err(said.refusal_of_account()),
        }
    }

    async fn read_inbounds(&self, access: &PanelAccess) -> Result<Inbounds, PanelError> {
        self.call(access, Method::GET, "api/inbounds", None).await?.ok()
    }

    /// One call with a token; a token that the panel no longer takes is replaced once.
    async fn call(
        &self,
        access: &PanelAccess,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Said, PanelError> {
        let token = self.logins.token(access, None, || self.log_in(access)).await?;
        let said = self.send(access, &method, path, body, &token).await?;
        if said.status != StatusCode::UNAUTHORIZED {
            return Ok(said);
        }
        let fresh = self.logins.token(access, Some(&token), || self.log_in(access)).await?;
        let said = self.send(access, &method, path, body, &fresh).await?;
        if said.status == StatusCode::UNAUTHORIZED { Err(PanelError::Credentials) } else { Ok(said) }
    }

    async fn send(
        &self,
        access: &PanelAccess,
        method: &Method,
        path: &str,
        body: Option<&Value>,
        token: &SecretString,
    ) -> Result<Said, PanelError> {
        let request = self.request(access, method.clone(), path)?.bearer_auth(token.expose_secret());
        let request = match body {
            Some(body) => request.json(body),
            None => request,
        };
        said(request).await
    }

    /// The login is a form; JSON would be refused.
    async fn log_in(&self, access: &PanelAccess) -> Result<SecretString, PanelError> {
        let form = [
            ("grant_type", "password"),
            ("username", access.username.as_str()),
            ("password", access.password.expose_secret()),
        ];
        let said = said(self.request(access, Method::POST, "api/admin/token")?.form(&form)).await?;
        match said.status {
            StatusCode::OK => said.read::<Token>().map(|token| SecretString::from(token.access_token)),
            StatusCode::UNAUTHORIZED => Err(PanelError::Credentials),
            status if status.is_client_error() && status != StatusCode::TOO_MANY_REQUESTS => {
                Err(PanelError::NotAPanel)
            }
            _ => Err(said.refusal()),
        }
    }

    fn request(
        &self,
        access: &PanelAccess,
        method: Method,
        path: &str,
    ) -> Result<reqwest::RequestBuilder, PanelError> {
        let client = self.http.client(&access.base_url, access.sandboxed)?;
        let base = access.base_url.as_str().trim_end_matches('/');
        Ok(client.request(method, format!("{base}/{path}")))
    }
}

#[async_trait]
impl VpnPanel for Marzban {
    async fn ensure(&self, access: &PanelAccess, target: &AccountTarget) -> Result<PanelAccount, PanelError> {
        let inbounds = self.read_inbounds(access).await?;
        let tags = inbounds.choose(&target.inbounds)?;
        let (account, is_new) = match self.find(access, &target.username).await? {
            Some(account) => (account, false),
            None => (self.create(access, target, &tags, &inbounds).await?, true),
        };
        if !account.belongs_to(target.subscription) {
            return Err(PanelError::Taken);
        }
        let is_done = account.is_at(target, &tags) && (is_new || !account.may_lag(target));
        if !is_done {
            self.change(access, &target.username, &account.change(target, &tags, &inbounds)).await?;
        }
        faults::hit(faults::PANEL_READ_BACK_BEFORE);
        // Read back: an answer shows what was understood, not what was kept.
        let kept = self.find(access, &target.username).await?.ok_or(PanelError::NotFound)?;
        if !kept.is_at(target, &tags) || !kept.belongs_to(target.subscription) {
            return Err(PanelError::NotHeld);
        }
        Ok(kept.into_domain(&access.base_url))
    }

    async fn account(
        &self,
        access: &PanelAccess,
        username: &str,
    ) -> Result<Option<PanelAccount>, PanelError> {
        Ok(self.find(access, username).await?.map(|user| user.into_domain(&access.base_url)))
    }

    /// An account of the panel's environment administrator is deleted with answer 500: what counts is
    /// whether it is still there.
    async fn delete(&self, access: &PanelAccess, username: &str) -> Result<(), PanelError> {
        let said = self.call(access, Method::DELETE, &format!("api/user/{username}"), None).await?;
        match said.status {
            StatusCode::OK => Ok(()),
            StatusCode::NOT_FOUND if said.body["detail"] == "User not found" => Ok(()),
            StatusCode::INTERNAL_SERVER_ERROR => match self.find(access, username).await? {
                None => Ok(()),
                Some(_) => Err(said.refusal()),
            },
            _ => Err(said.refusal_of_account()),
        }
    }

    /// In the order of names, because they are unique: otherwise accounts of one second could change
    /// places between two pages. Never without a limit, which would have links made for everybody.
    async fn list(&self, access: &PanelAccess, offset: u64, limit: u64) -> Result<AccountPage, PanelError> {
        let path = format!("api/users?offset={offset}&limit={limit}&sort=username");
        let page: Page = self.call(access, Method::GET, &path, None).await?.ok()?;
        Ok(page.into_domain(&access.base_url))
    }

    async fn revoke_link(
        &self,
        access: &PanelAccess,
        username: &str,
        subscription: SubscriptionId,
    ) -> Result<PanelAccount, PanelError> {
        let account = self.find(access, username).await?.ok_or(PanelError::NotFound)?;
        if !account.belongs_to(subscription) {
            return Err(PanelError::Taken);
        }
        let path = format!("api/user/{username}/revoke_sub");
        let said = self.call(access, Method::POST, &path, None).await?;
        match said.status {
            StatusCode::OK => Ok(said.read::<User>()?.into_domain(&access.base_url)),
            _ => Err(said.refusal_of_account()),
        }
    }

    /// Never as a browser, to whom the panel shows a page of its own.
    async fn subscription(
        &self,
        access: &PanelAccess,
        address: &Url,
        agent: &str,
    ) -> Result<SubscriptionBody, PanelError> {
        let client = self.http.client(address, access.sandboxed)?;
        let request = client
            .get(address.clone())
            .timeout(SUBSCRIPTION_TIMEOUT)
            .header(header::USER_AGENT, agent)
            .header(header::ACCEPT, "*/*");
        let answer = http::send(request).await?;
        match answer.status() {
            StatusCode::OK => {}
            StatusCode::NOT_FOUND => return Err(PanelError::NotFound),
            status => return Err(PanelError::Refused { status: status.as_u16() }),
        }
        let text = |name: &str| Some(answer.headers().get(name)?.to_str().ok()?.to_owned());
        let (usage, content_type) = (text("subscription-userinfo"), text("content-type"));
        let body = http::body(answer).await?;
        // An account without a server has an empty body, and whoever answers with a page is no panel.
        let content_type = content_type.filter(|said| !said.starts_with("text/html"));
        let content_type = content_type.filter(|_| !body.is_empty()).ok_or(PanelError::NotAPanel)?;
        Ok(SubscriptionBody { body, content_type, usage })
    }

    async fn usage(&self, access: &PanelAccess, username: &str) -> Result<Bytes, PanelError> {
        let said = self.call(access, Method::GET, &format!("api/user/{username}/usage"), None).await?;
        match said.status {
            StatusCode::OK => Ok(said.read::<Usages>()?.total()),
            _ => Err(said.refusal_of_account()),
        }
    }

    /// Its webhook needs a change of the panel's environment, so we do not count on it.
    fn capabilities(&self) -> Capabilities {
        Capabilities { device_limit: false, on_hold: true, revoke_link: true, webhook: false }
    }

    async fn inbounds(&self, access: &PanelAccess) -> Result<Vec<Inbound>, PanelError> {
        Ok(self.read_inbounds(access).await?.into_domain())
    }

    async fn system(&self, access: &PanelAccess) -> Result<PanelSystem, PanelError> {
        let said = self.call(access, Method::GET, "api/system", None).await?;
        Ok(said.ok::<System>()?.into_domain())
    }

    async fn check(&self, access: &PanelAccess, lines: UnboundedSender<CheckedLine>) {
        check::run(self, access, lines).await;
    }
}

impl Said {
    /// The body of an answer that must be 200.
    fn ok<T: DeserializeOwned>(self) -> Result<T, PanelError> {
        if self.status == StatusCode::OK { self.read() } else { Err(self.refusal()) }
    }

    fn read<T: DeserializeOwned>(self) -> Result<T, PanelError> {
        serde_json::from_value(self.body).map_err(|_| PanelError::NotAPanel)
    }

    /// A 403 in Marzban's own words, where an account was asked for, is about this account: another
    /// administrator owns it. The panel itself goes on serving us.
    fn refusal_of_account(&self) -> PanelError {
        match self.status {
            StatusCode::FORBIDDEN if self.body["detail"] == "You're not allowed" => PanelError::Taken,
            _ => self.refusal(),
        }
    }

    fn refusal(&self) -> PanelError {
        match self.status {
            StatusCode::UNAUTHORIZED => PanelError::Credentials,
            StatusCode::FORBIDDEN => PanelError::Forbidden,
            StatusCode::NOT_FOUND if self.body["detail"] == "User not found" => PanelError::NotFound,
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => PanelError::NotAPanel,
            StatusCode::CONFLICT => PanelError::Taken,
            StatusCode::UNPROCESSABLE_ENTITY if self.body["detail"]["inbounds"].is_string() => {
                PanelError::NoInbound
            }
            status => PanelError::Refused { status: status.as_u16() },
        }
    }
}

/// Sends and reads; what is not JSON is null, because a 500 of Marzban's is plain text.
async fn said(request: reqwest::RequestBuilder) -> Result<Said, PanelError> {
    let answer = http::send(request).await?;
    let status = answer.status();
    let body = http::body(answer).await?;
    Ok(Said { status, body: serde_json::from_slice(&body).unwrap_or(Value::Null) })
}
