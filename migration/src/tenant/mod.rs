//! A tenant's tables.

mod m20261120_000001_initial;
mod m20261127_000001_receipts;
mod m20261127_000002_wallet;
mod m20261127_000010_promo;
mod m20261127_000020_top_ups;
mod m20261127_000021_standing_payments;
mod m20261127_000030_support;
mod m20261127_000031_faq;
mod m20261127_000032_referrals;
mod m20261127_000040_reminders;
mod m20261127_000050_broadcasts;
mod m20261127_000060_staff;
mod m20261127_000070_links;
mod m20261127_000071_gifts;
mod m20261127_000080_texts;
mod m20261127_000081_user_choices;
mod m20261127_000110_accesses;
mod m20261128_000120_mail;

use sea_orm_migration::prelude::MigrationTrait;

pub(crate) fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(m20261120_000001_initial::Migration),
        Box::new(m20261127_000001_receipts::Migration),
        Box::new(m20261127_000002_wallet::Migration),
        Box::new(m20261127_000010_promo::Migration),
        Box::new(m20261127_000020_top_ups::Migration),
        Box::new(m20261127_000021_standing_payments::Migration),
        Box::new(m20261127_000040_reminders::Migration),
        Box::new(m20261127_000030_support::Migration),
        Box::new(m20261127_000031_faq::Migration),
        Box::new(m20261127_000032_referrals::Migration),
        Box::new(m20261127_000050_broadcasts::Migration),
        Box::new(m20261127_000060_staff::Migration),
        Box::new(m20261127_000070_links::Migration),
        Box::new(m20261127_000071_gifts::Migration),
        Box::new(m20261127_000080_texts::Migration),
        Box::new(m20261127_000081_user_choices::Migration),
        Box::new(m20261127_000110_accesses::Migration),
        Box::new(m20261128_000120_mail::Migration),
    ]
}
