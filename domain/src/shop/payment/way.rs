//! Who takes a method's money: a provider outside, or the shop itself.

use super::{Provider, Providers, card};
use crate::{
    money::Currency,
    ports::{AccountField, Refunds},
};

/// A way to pay behind which no provider stands: the shop knows by itself what came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum House {
    /// Users send money to the shop's card, and a person looks at the receipt.
    Card,
    /// Users pay with what lies in their wallets.
    Wallet,
}

impl House {
    /// Those that shops can use.
    const ALL: [Self; 2] = [Self::Card, Self::Wallet];

    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|house| house.name() == name)
    }

    /// The name in rows, addresses and texts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Card => card::NAME,
            Self::Wallet => "wallet",
        }
    }

    const fn currencies(self) -> &'static [Currency] {
        match self {
            Self::Card => &card::CURRENCIES,
            Self::Wallet => &Currency::ALL,
        }
    }

    const fn fields(self) -> &'static [AccountField] {
        match self {
            Self::Card => &card::settings::FIELDS,
            Self::Wallet => &[],
        }
    }

    const fn refunds(self) -> Refunds {
        match self {
            Self::Card => Refunds::ByHand,
            Self::Wallet => Refunds::Partial,
        }
    }
}

/// What a method is, whoever stands behind it.
#[derive(Clone, Copy)]
pub enum Way<'a> {
    Provider(&'a Provider),
    House(House),
}

impl<'a> Way<'a> {
    /// The name in rows, addresses and texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Provider(provider) => provider.gateway.name(),
            Self::House(house) => house.name(),
        }
    }

    /// The currencies in which it collects.
    pub fn currencies(self) -> &'static [Currency] {
        match self {
            Self::Provider(provider) => provider.gateway.currencies(),
            Self::House(house) => house.currencies(),
        }
    }

    /// The least that it collects, in the currency's smallest unit.
    pub fn least(self, currency: Currency) -> i64 {
        match self {
            Self::Provider(provider) => provider.gateway.least(currency),
            Self::House(_) => 1,
        }
    }

    /// What a shop fills in to use it.
    pub fn fields(self) -> &'static [AccountField] {
        match self {
            Self::Provider(provider) => provider.gateway.fields(),
            Self::House(house) => house.fields(),
        }
    }

    pub fn refunds(self) -> Refunds {
        match self {
            Self::Provider(provider) => provider.gateway.refunds(),
            Self::House(house) => house.refunds(),
        }
    }

    /// Whether a shop adds and removes it. What is made with each sandbox shop stays.
    pub fn is_optional(self) -> bool {
        match self {
            Self::Provider(provider) => !provider.gateway.is_made_up(),
            Self::House(_) => true,
        }
    }

    /// The provider outside, if there is one.
    pub const fn provider(self) -> Option<&'a Provider> {
        match self {
            Self::Provider(provider) => Some(provider),
            Self::House(_) => None,
        }
    }
}

impl Providers {
    /// Every way to pay on this server.
    pub fn ways(&self) -> impl Iterator<Item = Way<'_>> {
        self.iter().map(Way::Provider).chain(House::ALL.map(Way::House))
    }

    pub fn way(&self, name: &str) -> Option<Way<'_>> {
        self.find(name).map(Way::Provider).or_else(|| House::find(name).map(Way::House))
    }
}
