//! Tells the pages of whoever paid that they should look again.

use domain::{
    db::{MasterDb, StoreError},
    events::{EventKind, Events},
    ids::PackagePaymentId,
    platform::billing::service,
};

/// # Errors
/// [`StoreError::Database`].
pub(super) async fn tell_payer(
    master: &MasterDb,
    events: &Events,
    payment: PackagePaymentId,
) -> Result<(), StoreError> {
    let Some(row) = service::find_payment(master, payment).await? else { return Ok(()) };
    for shop in service::shops_of(master, row.customer_id).await? {
        events.publish(shop, EventKind::Billing, Some(payment.to_string()));
    }
    Ok(())
}
