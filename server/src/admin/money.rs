//! The commands that check the books.

use std::{process::ExitCode, time::Duration};

use domain::{
    db::{Conn, TenantStore},
    entities::tenant::receipt,
    ids::TenantId,
    platform::{
        anchor::{self, Anchored},
        billing::verify::platform,
    },
    shop::{
        ledger::{nightly, verify, verify_online},
        receipt::service as receipts,
    },
};

use super::shops;
use crate::outside::Beside;

/// Receipts that have waited longer are named.
const LONG: chrono::Duration = chrono::Duration::hours(24);

/// A shop's panels and providers have so long to answer: somebody waits for the outcome.
const ASKING: Duration = Duration::from_secs(600);

/// Checks the books now; panels and providers are asked when there is a way to.
pub(super) async fn verify(
    store: &TenantStore,
    only: Option<TenantId>,
    outside: Option<&Beside>,
) -> anyhow::Result<ExitCode> {
    let mut found = Vec::new();
    if only.is_none() {
        let breaches = platform(store.master()).await?;
        found.extend(breaches.into_iter().map(|breach| ("platform".to_owned(), breach)));
    }
    let shops = shops(store, only).await?;
    for shop in &shops {
        let db = store.open(*shop).await?;
        let mut breaches = anchor::check(store.master(), &db).await?;
        let tx = db.read().await?;
        breaches.extend(verify::shop(&tx).await?);
        let old = receipts::waiting_since(&tx, tx.now() - LONG).await?;
        drop(tx);
        print_waiting(&shop.to_string(), &old);
        if let Some(Beside { panels, providers }) = outside {
            let asked = verify_online::shop(&db, panels, providers.of(db.kind()), ASKING).await?;
            breaches.extend(asked.breaches);
            print_silent(&shop.to_string(), &asked.silent);
        }
        found.extend(breaches.into_iter().map(|breach| (shop.to_string(), breach)));
    }
    for (whose, verify::Breach { invariant, detail }) in &found {
        println!("{invariant}  {whose}  {detail}");
    }
    Ok(end(shops.len(), found.len()))
}

/// Takes a shop's books as they are for the true ones.
pub(super) async fn accept(store: &TenantStore, shop: TenantId, reason: &str) -> anyhow::Result<ExitCode> {
    let db = store.open(shop).await?;
    match anchor::accept(store.master(), &db, reason).await? {
        Anchored::At(row) => println!("The books of shop {shop} count from row {row} on."),
        Anchored::Nothing => println!("The books of shop {shop} stand where they stood."),
        Anchored::Refused => anyhow::bail!(
            "The chain of the books of shop {shop} is broken; `botyard admin verify-money` says where. Bring the \
             shop back from a backup first."
        ),
    }
    Ok(ExitCode::SUCCESS)
}

/// What the last nightly check found.
pub(super) async fn show_last(store: &TenantStore, only: Option<TenantId>) -> anyhow::Result<ExitCode> {
    let mut breaches = 0;
    if only.is_none() {
        breaches += show("platform", store.master()).await?;
    }
    let shops = shops(store, only).await?;
    for shop in &shops {
        breaches += show(&shop.to_string(), &store.open(*shop).await?.read().await?).await?;
    }
    Ok(end(shops.len(), breaches))
}

async fn show(whose: &str, conn: &impl Conn) -> anyhow::Result<usize> {
    let Some(last) = nightly::last(conn).await? else {
        println!("{whose}  not checked yet");
        return Ok(0);
    };
    println!("{whose}  checked {}, {} breaches", last.at, last.breaches.len());
    for breach in &last.breaches {
        println!("{whose}  {breach}");
    }
    print_silent(whose, &last.silent);
    Ok(last.breaches.len())
}

/// A receipt waits for a person of the shop: no breach, but a buyer who waits too.
fn print_waiting(whose: &str, old: &[receipt::Model]) {
    for receipt in old {
        let (order, since) = (receipt.order_id.short(), receipt.created_at);
        println!("waiting  {whose}  a receipt of order {order} since {since}");
    }
}

/// Who did not answer cannot be compared, which is said and is no breach.
fn print_silent(whose: &str, silent: &[String]) {
    for silent in silent {
        println!("not asked  {whose}  {silent}");
    }
}

fn end(shops: usize, breaches: usize) -> ExitCode {
    println!("{shops} shops checked, {breaches} breaches");
    if breaches == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
