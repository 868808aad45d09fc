//! People who came to a full shop and are told when there is room again. Whoever waits is a notice that
//! is written down and not sent yet, so that the list is kept, moved and erased as all notices are.

pub mod service;
#[cfg(test)]
mod tests;
