//! The machine-readable contract of the Bot API, for tests: are a call's arguments, and an answer's
//! fields, what the documentation says? Reads the JSON of PaulSonOfLars/telegram-bot-api-spec.

use std::{collections::BTreeMap, fs, io, path::Path};

use serde::Deserialize;
use serde_json::{Map, Value};

/// Methods and types of the documented Bot API.
#[derive(Debug, Deserialize)]
pub struct Contract {
    pub version: String,
    methods: BTreeMap<String, MethodSpec>,
    types: BTreeMap<String, TypeSpec>,
}

#[derive(Debug, Deserialize)]
struct MethodSpec {
    returns: Vec<String>,
    #[serde(default)]
    fields: Vec<FieldSpec>,
}

#[derive(Debug, Deserialize)]
struct TypeSpec {
    #[serde(default)]
    fields: Vec<FieldSpec>,
    #[serde(default)]
    subtypes: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct FieldSpec {
    name: String,
    types: Vec<String>,
    required: bool,
    #[serde(default)]
    description: String,
}

/// Scalars of a call may come as text; those of an answer may not.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Call,
    Answer,
}

impl Contract {
    /// Reads the contract.
    ///
    /// # Errors
    /// An unreadable or malformed file.
    pub fn load(path: &Path) -> io::Result<Self> {
        Ok(serde_json::from_slice(&fs::read(path)?)?)
    }

    /// Checks that a method exists and takes these arguments: required ones there, none unknown, right types.
    ///
    /// # Errors
    /// What is wrong, with its place.
    pub fn check_call(&self, method: &str, params: &Value) -> Result<(), String> {
        let spec = self.methods.get(method).ok_or_else(|| format!("{method}: no such method"))?;
        let params = params.as_object().ok_or_else(|| format!("{method}: arguments are no object"))?;
        self.check_fields(Side::Call, &spec.fields, params, method)
    }

    /// Checks the `result` of an answer, with everything in it.
    ///
    /// # Errors
    /// What is wrong, with its place.
    pub fn check_answer(&self, method: &str, result: &Value) -> Result<(), String> {
        let spec = self.methods.get(method).ok_or_else(|| format!("{method}: no such method"))?;
        self.check_any(Side::Answer, &spec.returns, result, method)
    }

    /// Checks an update as a webhook delivers it: an id and exactly one kind.
    ///
    /// # Errors
    /// What is wrong, with its place.
    pub fn check_update(&self, update: &Value) -> Result<(), String> {
        self.check_type(Side::Answer, "Update", update, "Update")?;
        match update.as_object().map(Map::len) {
            Some(2) => Ok(()),
            _ => Err("Update: not exactly one kind".to_owned()),
        }
    }

    fn check_any(&self, side: Side, types: &[String], value: &Value, at: &str) -> Result<(), String> {
        let mut complaints = Vec::new();
        for kind in types {
            match self.check_type(side, kind, value, at) {
                Ok(()) => return Ok(()),
                Err(complaint) => complaints.push(complaint),
            }
        }
        Err(complaints.join("; or "))
    }

    fn check_type(&self, side: Side, kind: &str, value: &Value, at: &str) -> Result<(), String> {
        if let Some(item) = kind.strip_prefix("Array of ") {
            let items = value.as_array().ok_or_else(|| format!("{at}: no array"))?;
            return items.iter().enumerate().try_for_each(|(index, value)| {
                self.check_type(side, item, value, &format!("{at}[{index}]"))
            });
        }
        let text = value.as_str().filter(|_| side == Side::Call);
        let fits = match kind {
            "Integer" => value.is_i64() || text.is_some_and(|text| text.parse::<i64>().is_ok()),
            "Float" => value.is_number() || text.is_some_and(|text| text.parse::<f64>().is_ok()),
            "Boolean" => value.is_boolean() || text.is_some_and(|text| matches!(text, "true" | "false")),
            "String" => value.is_string(),
            "InputFile" => value.is_string() || value.get("file_name").is_some(),
            _ => return self.check_named(side, kind, value, at),
        };
        if fits { Ok(()) } else { Err(format!("{at}: {value} is no {kind}")) }
    }

    fn check_named(&self, side: Side, kind: &str, value: &Value, at: &str) -> Result<(), String> {
        let spec = self.types.get(kind).ok_or_else(|| format!("{at}: no such type {kind}"))?;
        if !spec.subtypes.is_empty() {
            return self.check_any(side, &spec.subtypes, value, at);
        }
        let fields = value.as_object().ok_or_else(|| format!("{at}: no object"))?;
        self.check_fields(side, &spec.fields, fields, &format!("{at}({kind})"))
    }

    fn check_fields(
        &self,
        side: Side,
        specs: &[FieldSpec],
        fields: &Map<String, Value>,
        at: &str,
    ) -> Result<(), String> {
        if let Some(missing) = specs.iter().find(|spec| spec.required && !fields.contains_key(&spec.name)) {
            return Err(format!("{at}: {} is missing", missing.name));
        }
        for (name, value) in fields {
            let spec = specs.iter().find(|spec| spec.name == *name);
            let spec = spec.ok_or_else(|| format!("{at}: {name} is unknown"))?;
            self.check_any(side, &spec.types, value, &format!("{at}.{name}"))?;
            if let Some(constant) = spec.constant()
                && value.as_str() != Some(constant)
            {
                return Err(format!("{at}.{name}: {value} is not {constant}"));
            }
        }
        Ok(())
    }
}

impl FieldSpec {
    /// The one value of a field that tells subtypes apart: `always “member”`, `must be default`.
    fn constant(&self) -> Option<&str> {
        if !matches!(self.name.as_str(), "status" | "type" | "source") {
            return None;
        }
        let (_, rest) =
            self.description.split_once("always ").or_else(|| self.description.split_once("must be "))?;
        let constant = rest.trim_matches(|c: char| matches!(c, '“' | '”' | '"' | '.' | '*'));
        let is_word = constant.chars().all(|c| c.is_ascii_lowercase() || c == '_');
        (is_word && !constant.is_empty()).then_some(constant)
    }
}
