//! Pages that stand in for others' in the sandbox: the hosted checkout, a shop's card page, BotFather.
//! And the knobs that make these others fail.

mod botfather;
mod card;
mod checkout;
mod faults;
mod outcome;

pub use botfather::{BotFatherPage, SandboxBot};
pub use card::{CardPage, CardResult};
pub use checkout::CheckoutPage;
pub use faults::{Emulator, EmulatorFaults, FaultKind, FaultsPage, SetFault};
