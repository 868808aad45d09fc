//! From card to card: the buyer sends money to the shop's own card, and a receipt to the bot. Nobody
//! outside knows of the payment, so what is true a person says ([`crate::shop::receipt`]).

pub(in crate::shop) mod expiry;
pub mod number;
pub mod settings;
pub mod tail;

use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

use crate::{
    db::{StoreError, TenantConn},
    entities::tenant::order,
    money::Currency,
};

/// The method's name in rows and addresses.
pub const NAME: &str = "card";

/// The currencies in which people send money from card to card.
pub const CURRENCIES: [Currency; 4] = [Currency::Irr, Currency::Rub, Currency::Usd, Currency::Eur];

/// The buyer of this open order was shown the card of this account.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn shown(tx: &impl TenantConn, order: order::Model, account: &str) -> Result<(), StoreError> {
    let mut row = order.into_active_model();
    row.provider_account = Set(account.to_owned());
    row.update(tx.raw()).await?;
    Ok(())
}
