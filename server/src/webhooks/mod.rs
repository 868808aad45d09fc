//! What providers call. No cookies and no pages: the signature over the raw bytes is the only key.

pub mod pay;
pub mod stripe;
pub mod telegram;
pub mod wata;
