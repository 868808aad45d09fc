//! Sign-up, sign-in and whom an account acts for.

use std::net::IpAddr;

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, SqlErr,
};
use secrecy::{ExposeSecret, SecretString};
use serde_json::json;

use super::{
    password::{HashFailed, Passwords, Verdict},
    rules::{self, BadEmail, BadPassword},
    throttle::{self, Subjects},
};
use crate::{
    args,
    db::{Conn, MasterConn, MasterDb, MasterTx, StoreError},
    entities::master::{
        account, customer,
        membership::{self, Role},
    },
    error::Explain,
    ids::{AccountId, CustomerId, RowId},
    locale::{Args, Locale},
    platform::audit,
};

/// What a person types to get an account.
#[derive(Clone, Debug)]
pub struct NewAccount {
    pub email: String,
    pub password: SecretString,
    /// Taken from the e-mail address when there is none.
    pub name: Option<String>,
    pub locale: Locale,
    /// Where they come from.
    pub address: Option<IpAddr>,
}

/// An account and the customer that it owns.
#[derive(Clone, Debug)]
pub struct SignedUp {
    pub account: account::Model,
    pub customer: CustomerId,
}

/// Why there is no new account.
#[derive(Debug, thiserror::Error)]
pub enum SignUpError {
    #[error(transparent)]
    Email(#[from] BadEmail),
    #[error(transparent)]
    Password(#[from] BadPassword),
    #[error("there is an account with this address")]
    EmailTaken,
    #[error("too many accounts from this address: wait {minutes} min")]
    TooMany { minutes: i64 },
    #[error(transparent)]
    Internal(#[from] StoreError),
    #[error(transparent)]
    Hash(#[from] HashFailed),
}

impl Explain for SignUpError {
    fn explain(&self) -> Option<(&'static str, Args)> {
        match self {
            Self::Email(BadEmail) => Some(("error-email", args![])),
            Self::EmailTaken => Some(("error-email-taken", args![])),
            Self::TooMany { minutes } => Some(("error-signup-many", args!["count" => *minutes])),
            Self::Password(BadPassword::TooShort) => {
                Some(("error-password-short", args!["count" => rules::PASSWORD_MIN as i64]))
            }
            Self::Password(BadPassword::TooLong) => {
                Some(("error-password-long", args!["count" => rules::PASSWORD_MAX as i64]))
            }
            Self::Password(BadPassword::Common) => Some(("error-password-common", args![])),
            Self::Password(BadPassword::Personal) => Some(("error-password-personal", args![])),
            Self::Internal(_) | Self::Hash(_) => None,
        }
    }
}

/// What a person types to sign in, and where they come from.
#[derive(Clone, Debug)]
pub struct Credentials {
    pub email: String,
    pub password: SecretString,
    pub address: Option<IpAddr>,
}

/// Why somebody is not signed in. An unknown address and a wrong password are one case.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    #[error("wrong address or password")]
    Wrong,
    #[error("too many tries: wait {minutes} min")]
    TooMany { minutes: i64 },
    #[error(transparent)]
    Internal(#[from] StoreError),
    #[error(transparent)]
    Hash(#[from] HashFailed),
}

impl Explain for SignInError {
    fn explain(&self) -> Option<(&'static str, Args)> {
        match self {
            Self::Wrong => Some(("error-login", args![])),
            Self::TooMany { minutes } => Some(("error-login-many", args!["count" => *minutes])),
            Self::Internal(_) | Self::Hash(_) => None,
        }
    }
}

/// Makes an account with a customer of its own. Tries are counted before it shows whether an address
/// has an account, which could be asked for a whole list of addresses otherwise.
///
/// # Errors
/// [`SignUpError`].
pub async fn sign_up(
    master: &MasterDb,
    passwords: &Passwords,
    new: NewAccount,
) -> Result<SignedUp, SignUpError> {
    let email = rules::normalise_email(&new.email)?;
    rules::check_password(new.password.expose_secret(), &email)?;
    let tx = master.write().await?;
    let admitted = throttle::admit(&tx, &Subjects::of_sign_up(master.sealer(), new.address)).await?;
    tx.commit().await?;
    admitted.map_err(|minutes| SignUpError::TooMany { minutes })?;
    if find_by_email(master, &email).await?.is_some() {
        return Err(SignUpError::EmailTaken);
    }
    let password_hash = passwords.hash(new.password).await?;
    let name = new.name.filter(|name| !name.trim().is_empty());
    let tx = master.write().await?;
    let account = account::Model {
        id: AccountId::new(),
        name: name.unwrap_or_else(|| rules::name_from_email(&email)),
        email,
        password_hash,
        locale: new.locale.code().to_owned(),
        created_at: tx.now(),
        last_login_at: Some(tx.now()),
    };
    let inserted = account::Entity::insert(account::ActiveModel::from(account.clone()))
        .exec_without_returning(tx.raw())
        .await;
    match inserted {
        // Somebody else took the address since we looked.
        Err(error) if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) => {
            return Err(SignUpError::EmailTaken);
        }
        other => other.map_err(StoreError::from)?,
    };
    let customer = add_customer(&tx, &account).await?;
    tx.commit().await?;
    Ok(SignedUp { account, customer })
}

/// Signs a person in: counts the try, takes as long for an unknown address as for a known one, and
/// renews an old hash.
///
/// # Errors
/// [`SignInError`].
pub async fn sign_in(
    master: &MasterDb,
    passwords: &Passwords,
    typed: Credentials,
) -> Result<account::Model, SignInError> {
    let email = rules::normalise_email(&typed.email).unwrap_or_else(|_| typed.email.trim().to_lowercase());
    let subjects = Subjects::of_sign_in(master.sealer(), &email, typed.address);
    let tx = master.write().await?;
    let admitted = throttle::admit(&tx, &subjects).await?;
    tx.commit().await?;
    admitted.map_err(|minutes| SignInError::TooMany { minutes })?;

    let known = find_by_email(master, &email).await?;
    let stored = known.as_ref().map(|account| account.password_hash.clone());
    let verdict = passwords.verify(typed.password.clone(), stored).await?;
    let Some(mut account) = known.filter(|_| verdict != Verdict::Wrong) else {
        return Err(SignInError::Wrong);
    };
    if verdict == Verdict::RightButOld {
        account.password_hash = passwords.hash(typed.password).await?;
    }
    let tx = master.write().await?;
    throttle::clear(&tx, &subjects).await?;
    account.last_login_at = Some(tx.now());
    let changed = account::ActiveModel {
        id: Set(account.id),
        password_hash: Set(account.password_hash.clone()),
        last_login_at: Set(account.last_login_at),
        ..Default::default()
    };
    changed.update(tx.raw()).await.map_err(StoreError::from)?;
    tx.commit().await?;
    Ok(account)
}

/// # Errors
/// [`StoreError::Database`].
pub async fn find(conn: &impl MasterConn, id: AccountId) -> Result<Option<account::Model>, StoreError> {
    Ok(account::Entity::find_by_id(id).one(conn.raw()).await?)
}

/// The customer that the account acts for, and as what; the first one joined when there are several.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn membership_of(
    conn: &impl MasterConn,
    id: AccountId,
) -> Result<Option<membership::Model>, StoreError> {
    Ok(membership::Entity::find()
        .filter(membership::COLUMN.account_id.eq(id))
        .order_by_asc(membership::Column::Id)
        .one(conn.raw())
        .await?)
}

async fn find_by_email(conn: &impl MasterConn, email: &str) -> Result<Option<account::Model>, StoreError> {
    Ok(account::Entity::find().filter(account::COLUMN.email.eq(email)).one(conn.raw()).await?)
}

async fn add_customer(tx: &MasterTx, account: &account::Model) -> Result<CustomerId, StoreError> {
    let id = CustomerId::new();
    let row = customer::ActiveModel {
        id: Set(id),
        name: Set(account.name.clone()),
        provider_customer_id: Set(None),
        created_at: Set(tx.now()),
    };
    customer::Entity::insert(row).exec_without_returning(tx.raw()).await?;
    let membership = membership::ActiveModel {
        id: Set(RowId::new()),
        account_id: Set(account.id),
        customer_id: Set(id),
        role: Set(Role::Owner),
        created_at: Set(tx.now()),
    };
    membership::Entity::insert(membership).exec_without_returning(tx.raw()).await?;
    let entry = audit::Entry {
        account: Some(account.id),
        tenant: None,
        action: "account.sign_up",
        subject: id.to_string(),
        detail: json!({}),
    };
    audit::append(tx, entry).await?;
    Ok(id)
}
