//! A shop's own panel in the emulator of Marzban, on the shop's clock.

use std::sync::Arc;

use domain::{
    db::{StoreError, TenantDb, TenantStore},
    entities::master::tenant::TenantKind,
    ids::TenantId,
    platform::tenant::panel::NewPanel,
};
use url::Url;

use super::marzban::MarzbanEmulator;

const ADMIN: &str = "admin";

/// The shop's first emulated panel, made when it is not there yet; `None` when it has no usable address.
pub fn of_shop(marzban: &MarzbanEmulator, db: &TenantDb) -> Option<NewPanel> {
    numbered(marzban, db, 1)
}

/// As [`of_shop`], the shop's second, third, …
pub fn numbered(marzban: &MarzbanEmulator, db: &TenantDb, number: usize) -> Option<NewPanel> {
    let name = name(db.tenant(), number);
    let password = password(db);
    marzban.add_panel(&name, ADMIN, &password, Arc::new(db.clock().clone()));
    Some(NewPanel {
        base_url: Url::parse(&marzban.base_url(&name)).ok()?,
        username: ADMIN.to_owned(),
        password: password.into(),
        inbounds: Vec::new(),
        version: None,
    })
}

/// After a restart: gives the panels that were read from disk the clocks of their shops.
///
/// # Errors
/// A tenant's database does not open.
pub async fn take_up_clocks(marzban: &MarzbanEmulator, store: &TenantStore) -> Result<(), StoreError> {
    let panels = marzban.panels();
    for tenant in store.ids().await? {
        let own = (1..).take_while(|number| panels.contains(&name(tenant, *number))).count();
        if own == 0 {
            continue;
        }
        let db = store.open(tenant).await?;
        if db.kind() != TenantKind::Live {
            (1..=own).for_each(|number| drop(numbered(marzban, &db, number)));
        }
    }
    Ok(())
}

fn name(tenant: TenantId, number: usize) -> String {
    if number == 1 { tenant.to_string() } else { format!("{tenant}-{number}") }
}

/// Always the same one for a shop, and nobody else's.
fn password(db: &TenantDb) -> String {
    db.sealer().fingerprint("sandbox-panel", b"admin")[..24].to_owned()
}
