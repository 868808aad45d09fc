//! `/signup`: a new account, signed in at once.

use app::{
    components::{Cycle, PackageCode},
    pages::auth::SignUpPage,
};
use axum::extract::State;
use domain::{
    args,
    platform::account::service::{self as accounts, NewAccount, SignUpError},
};

use crate::{
    middleware::client::ClientAddress,
    state::AppState,
    web::{PageRequest, Post, WebError, WebResult, explained},
};

pub async fn get(page: PageRequest) -> WebResult {
    if page.session.account().is_some() {
        return Err(WebError::GoTo("/app".into()));
    }
    let package = PackageCode::from_code(page.query("package")).map(|code| code.code().to_owned());
    let cycle = Cycle::from_code(page.query("cycle"));
    let form = page.form_or(Default::default);
    page.show(SignUpPage { form, package, cycle })
}

pub async fn post(State(state): State<AppState>, client: ClientAddress, post: Post) -> WebResult {
    let new = NewAccount {
        email: post.field("email").to_owned(),
        password: post.secret("password"),
        name: None,
        locale: post.locale,
        address: Some(client.0),
    };
    match accounts::sign_up(state.master(), &state.passwords, new).await {
        Ok(signed_up) => {
            post.session.sign_in(signed_up.account.id);
            let wanted = PackageCode::from_code(post.field("package"));
            let cycle = Cycle::from_code(post.field("cycle"));
            let next = match wanted {
                Some(package) => format!("/start/shop?package={}&cycle={}", package.code(), cycle.code()),
                None => "/start/shop".to_owned(),
            };
            Ok(post.done(&next, "web-flash-welcome", &args![]))
        }
        Err(error) => {
            let field = if matches!(error, SignUpError::Password(_)) { "password" } else { "email" };
            let (key, args) = explained(error)?;
            Ok(post.refused(&["email"], vec![post.error(field, key, &args)]))
        }
    }
}
