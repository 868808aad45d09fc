//! Quantities that carry their unit in the type.

use sea_orm::DeriveValueType;
use serde::{Deserialize, Serialize};

/// Whole days of 86 400 seconds.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DeriveValueType,
)]
#[serde(transparent)]
pub struct Days(pub i64);

impl Days {
    pub const fn seconds(self) -> i64 {
        self.0 * 86_400
    }
}

/// Bytes of traffic. A gigabyte is 1024³ bytes, as the panel counts (SPEC §3).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DeriveValueType,
)]
#[serde(transparent)]
pub struct Bytes(pub i64);

impl Bytes {
    pub const GIGABYTE: i64 = 1024 * 1024 * 1024;

    pub const fn gigabytes(count: i64) -> Self {
        Self(count * Self::GIGABYTE)
    }
}
