//! Where the outside world begins: small traits, each implemented by a real adapter in the server
//! and by nothing else; tests run the adapters against emulators.

mod billing;
mod notifier;
mod panel;
mod payment;

pub use billing::*;
pub use notifier::*;
pub use panel::*;
pub use payment::*;
