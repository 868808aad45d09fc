//! Pages that stand in for others' in the sandbox: the hosted checkout, a shop's payment page, BotFather.
//! And the knobs that make these others fail.

mod botfather;
mod checkout;
mod faults;
mod frame;
mod hosted;
mod mailbox;
mod outcome;

pub use botfather::{BotFatherPage, SandboxBot};
pub use checkout::CheckoutPage;
pub use faults::{Emulator, EmulatorFaults, FaultKind, FaultsPage, SetFault};
pub use hosted::{HostedPage, HostedResult};
pub use mailbox::{MailboxPage, SandboxMail};
