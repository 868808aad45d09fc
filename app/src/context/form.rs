//! What a form shows again after the server refused it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Typed values and errors of one form. The server fills it from the refused POST, keeps it in the
/// session and takes it out on the next GET. Never put a secret into `values`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormState {
    pub values: BTreeMap<String, String>,
    pub errors: Vec<FieldError>,
}

/// What is wrong with one field, in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldError {
    pub field: String,
    pub message: String,
}

impl FormState {
    /// A form that shows `values`, without errors: the first visit to a page that has saved values.
    pub fn filled<K: Into<String>, V: Into<String>>(values: impl IntoIterator<Item = (K, V)>) -> Self {
        Self {
            values: values.into_iter().map(|(key, value)| (key.into(), value.into())).collect(),
            errors: Vec::new(),
        }
    }

    #[must_use]
    pub fn with_error(mut self, field: impl Into<String>, message: impl Into<String>) -> Self {
        self.errors.push(FieldError { field: field.into(), message: message.into() });
        self
    }

    pub fn value(&self, field: &str) -> String {
        self.values.get(field).cloned().unwrap_or_default()
    }

    pub fn value_or(&self, field: &str, default: &str) -> String {
        self.values.get(field).cloned().unwrap_or_else(|| default.to_owned())
    }

    pub fn error(&self, field: &str) -> Option<String> {
        self.errors.iter().find(|error| error.field == field).map(|error| error.message.clone())
    }
}
