//! The outside world in memory, for tests of rules that need no HTTP: a panel and a payment provider
//! that can be down, and that can apply a call and lose the answer.

mod gateway;
mod mailbox;
mod messages;
mod panel;

use std::sync::{Mutex, MutexGuard, PoisonError};

pub use gateway::{Charging, FakeGateway};
pub use mailbox::FakeMailer;
pub use messages::{FakeFiles, FakeNotifier};
pub use panel::FakePanel;

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
