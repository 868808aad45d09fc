//! `GET /api/users`: filters, sorting and pages (transcript 2).

use std::sync::Arc;

use axum::{
    Json,
    extract::{RawQuery, State},
    http::StatusCode,
};
use serde_json::{Value, json};

use super::{
    answer::Refusal,
    auth::Caller,
    links,
    panel::{Panel, Status, User},
};

/// Filters, sorts, then cuts the page; `total` counts before the cut.
pub(super) async fn list(
    State(panel): State<Arc<Panel>>,
    caller: Caller,
    RawQuery(query): RawQuery,
) -> Result<Json<Value>, Refusal> {
    let query = query.unwrap_or_default();
    let all = |name: &str| -> Vec<String> {
        let pairs = url::form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| key == name);
        pairs.map(|(_, value)| value.into_owned()).collect()
    };
    let number = |name: &str| -> Result<Option<usize>, Refusal> {
        let text = all(name).into_iter().next();
        let parsed = text.map(|text| {
            text.parse().map_err(|_| {
                Refusal::field(name, "Input should be a valid integer, unable to parse string as an integer")
            })
        });
        parsed.transpose()
    };
    let status = match all("status").first() {
        Some(name) => Some(Status::from_name(name).ok_or_else(|| {
            Refusal::field(
                "status",
                "Input should be 'active', 'disabled', 'limited', 'expired' or 'on_hold'",
            )
        })?),
        None => None,
    };
    let sort = all("sort").into_iter().next();
    let (names, search) =
        (all("username"), all("search").into_iter().next().unwrap_or_default().to_lowercase());
    let now = panel.now();
    let state = panel.state();
    let mut users: Vec<&User> = state
        .by_age()
        .filter(|user| caller.may_see(user.owner.as_deref()))
        .filter(|user| status.is_none_or(|status| user.status == status))
        .filter(|user| names.is_empty() || names.contains(&user.username))
        .filter(|user| {
            let note = user.note.as_deref().unwrap_or_default();
            user.username.to_lowercase().contains(&search) || note.to_lowercase().contains(&search)
        })
        .collect();
    for option in sort.iter().flat_map(|sort| sort.split(',')).rev() {
        order(&mut users, option)?;
    }
    let total = users.len();
    let page =
        users.into_iter().skip(number("offset")?.unwrap_or(0)).take(number("limit")?.unwrap_or(usize::MAX));
    let page = page.map(|user| links::user(&panel, &state, user, now)).collect::<Result<Vec<_>, _>>()?;
    Ok(Json(json!({ "users": page, "total": total })))
}

fn order(users: &mut [&User], option: &str) -> Result<(), Refusal> {
    let (name, descending) = option.strip_prefix('-').map_or((option, false), |name| (name, true));
    match name {
        "username" => users.sort_by(|a, b| a.username.cmp(&b.username)),
        "used_traffic" => users.sort_by_key(|user| user.used_traffic),
        "data_limit" => users.sort_by_key(|user| user.data_limit),
        "expire" => users.sort_by_key(|user| user.expire),
        "created_at" => users.sort_by_key(|user| user.created_at),
        _ => {
            let text = format!("\"{option}\" is not a valid sort option");
            return Err(Refusal::Text(StatusCode::BAD_REQUEST, text));
        }
    }
    if descending {
        users.reverse();
    }
    Ok(())
}
