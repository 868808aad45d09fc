//! From an error to the text that a person reads.

use crate::locale::{self, Args, Locale};

/// An error that a person can be told about.
pub trait Explain {
    /// The key of an `error-…` text and its values. Internal failures give `None`: whoever answers
    /// logs them and says only that it was our fault.
    fn explain(&self) -> Option<(&'static str, Args)>;

    /// The text in the reader's language.
    fn text(&self, locale: Locale) -> Option<String> {
        self.explain().map(|(key, args)| locale::text(locale, key, &args))
    }
}
