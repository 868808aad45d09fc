//! Pages that stand in for others' in the sandbox: the hosted checkout, a shop's card page, BotFather.

mod botfather;
mod card;
mod checkout;
mod outcome;

pub use botfather::{BotFatherPage, SandboxBot};
pub use card::{CardPage, CardResult};
pub use checkout::CheckoutPage;
