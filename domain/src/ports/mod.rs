//! Where the outside world begins: small traits, each implemented by a real adapter in the server
//! and by nothing else; tests run the adapters against emulators.

mod billing;
mod bot_host;
mod broadcast;
mod mailer;
mod notifier;
mod panel;
mod payment;
mod telegram;

pub use billing::*;
pub use bot_host::*;
pub use broadcast::*;
pub use mailer::*;
pub use notifier::*;
pub use panel::*;
pub use payment::*;
pub use telegram::*;
