//! What the next page has to show once: a message, and a form that was refused.
//!
//! Kept in the session on the server: addresses stay clean, and nobody can make a page say something.

use std::collections::BTreeMap;

use app::{Flash, FormState};
use serde::{Deserialize, Serialize};

/// Refused forms that are kept at most, one for each page.
const FORMS: usize = 4;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    pub flash: Option<Flash>,
    forms: BTreeMap<String, FormState>,
}

impl Kept {
    /// Keeps a refused form for the page at `path`.
    pub fn keep_form(&mut self, path: &str, form: FormState) {
        while self.forms.len() >= FORMS && !self.forms.contains_key(path) {
            self.forms.pop_first();
        }
        self.forms.insert(path.to_owned(), form);
    }

    pub fn take_form(&mut self, path: &str) -> Option<FormState> {
        self.forms.remove(path)
    }

    pub fn has_form(&self, path: &str) -> bool {
        self.forms.contains_key(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_form_is_shown_once_on_its_own_page() {
        let mut kept = Kept::default();
        kept.keep_form("/signup", FormState::filled([("email", "a@b")]));
        assert!(kept.take_form("/login").is_none());
        assert_eq!(kept.take_form("/signup").unwrap().value("email"), "a@b");
        assert!(!kept.has_form("/signup"));
    }

    #[test]
    fn a_session_does_not_grow_without_end() {
        let mut kept = Kept::default();
        for page in 0..20 {
            kept.keep_form(&format!("/{page}"), FormState::default());
        }
        assert_eq!(kept.forms.len(), FORMS);
    }
}
