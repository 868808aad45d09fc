//! The markets and what they bring.

use crate::{locale::Locale, money::Currency};

/// A market's starting point: how the shop speaks, counts and prices. The plans follow from the
/// currency. The customer may choose each of these otherwise in the wizard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pack {
    /// As stored with the tenant.
    pub code: &'static str,
    pub locale: Locale,
    pub currency: Currency,
    pub utc_offset_minutes: i32,
}

const PACKS: [Pack; 3] = [
    Pack { code: "international", locale: Locale::En, currency: Currency::Usd, utc_offset_minutes: 0 },
    // Tehran has kept +03:30 all year since 2022.
    Pack { code: "iran", locale: Locale::Fa, currency: Currency::Irr, utc_offset_minutes: 210 },
    Pack { code: "russia", locale: Locale::Ru, currency: Currency::Rub, utc_offset_minutes: 180 },
];

pub fn list() -> [Pack; 3] {
    PACKS
}

pub fn find(code: &str) -> Option<Pack> {
    PACKS.into_iter().find(|pack| pack.code == code)
}
