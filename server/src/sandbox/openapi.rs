//! As much of OpenAPI 3.0's schemas as contract tests need.

use std::collections::BTreeMap;

use chrono::DateTime;
use serde_json::Value;

/// A file whose references lead into itself.
pub(crate) struct OpenApi(pub Value);

impl OpenApi {
    /// What the file says of calls of `method`, in small letters, to this path.
    pub(crate) fn operation(&self, method: &str, path: &str) -> Option<&Value> {
        let is_it = |known: &str| {
            let (known, given) = (known.split('/'), path.split('/'));
            known.clone().count() == given.clone().count()
                && known.zip(given).all(|(known, given)| known == given || known.starts_with('{'))
        };
        let (_, methods) = self.0["paths"].as_object()?.iter().find(|(known, _)| is_it(known))?;
        methods.get(method)
    }

    /// Everything that does not hold of `value`, each with the place where.
    pub(crate) fn check(&self, schema: &Value, value: &Value, place: &str) -> Vec<String> {
        let schema = self.resolved(schema);
        let all = |key: &str| schema[key].as_array().cloned().unwrap_or_default();
        let mut wrong: Vec<String> =
            all("allOf").iter().flat_map(|part| self.check(part, value, place)).collect();
        let one_of = all("oneOf");
        if !one_of.is_empty() && !one_of.iter().any(|part| self.check(part, value, place).is_empty()) {
            wrong.push(format!("{place} is none of the {} kinds", one_of.len()));
        }
        if value.is_null() && schema["nullable"] == true {
            return wrong;
        }
        let any_of = all("anyOf");
        if !any_of.is_empty() && !any_of.iter().any(|part| self.check(part, value, place).is_empty()) {
            wrong.push(format!("{place} is not any of the {} kinds", any_of.len()));
        }
        if let Some(kind) = schema["type"].as_str().filter(|kind| !is_a(value, kind)) {
            wrong.push(format!("{place} is no {kind}: {value}"));
        }
        if schema["enum"].is_array() && !all("enum").contains(value) {
            wrong.push(format!("{place} may not be {value}"));
        }
        wrong.extend(bounds(schema, value).map(|bound| format!("{place} breaks {bound}: {value}")));
        for (index, item) in value.as_array().into_iter().flatten().enumerate() {
            wrong.extend(self.check(&schema["items"], item, &format!("{place}[{index}]")));
        }
        for field in all("required").iter().filter_map(Value::as_str) {
            if value.get(field).is_none() {
                wrong.push(format!("{place}.{field} is missing"));
            }
        }
        for (name, field) in value.as_object().into_iter().flatten() {
            let known = schema["properties"].get(name).or_else(|| schema.get("additionalProperties"));
            if let Some(schema) = known {
                wrong.extend(self.check(schema, field, &format!("{place}.{name}")));
            }
        }
        wrong
    }

    /// The fields of `value` that the schema does not know: asked of requests, where a typing error
    /// would be an option that nobody hears.
    pub(crate) fn unknown(&self, schema: &Value, value: &Value, place: &str) -> Vec<String> {
        let mut fields = BTreeMap::new();
        let mut is_open = false;
        self.gather(schema, &mut fields, &mut is_open);
        let mut unknown = Vec::new();
        for (name, field) in value.as_object().into_iter().flatten() {
            let place = format!("{place}.{name}");
            match fields.get(name) {
                Some(schema) => unknown.extend(self.unknown(schema, field, &place)),
                None if is_open => {}
                None => unknown.push(format!("{place} is unknown")),
            }
        }
        unknown
    }

    /// Follows a reference.
    pub(crate) fn resolved<'a>(&'a self, schema: &'a Value) -> &'a Value {
        let Some(path) = schema["$ref"].as_str() else { return schema };
        let found = self.0.pointer(path.trim_start_matches('#'));
        self.resolved(found.unwrap_or_else(|| panic!("{path} leads nowhere")))
    }

    fn gather<'a>(
        &'a self,
        schema: &'a Value,
        fields: &mut BTreeMap<&'a String, &'a Value>,
        is_open: &mut bool,
    ) {
        let schema = self.resolved(schema);
        *is_open |= schema.get("additionalProperties").is_some();
        fields.extend(schema["properties"].as_object().into_iter().flatten());
        for part in
            ["allOf", "oneOf", "anyOf"].iter().flat_map(|key| schema[*key].as_array().into_iter().flatten())
        {
            self.gather(part, fields, is_open);
        }
    }
}

fn is_a(value: &Value, kind: &str) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64(),
        "number" => value.is_number(),
        other => panic!("the check does not know the type {other}"),
    }
}

/// The bounds that do not hold.
fn bounds(schema: &Value, value: &Value) -> impl Iterator<Item = &'static str> {
    let length = value.as_str().map(|text| text.chars().count() as i64);
    let fields = value.as_object().map(|fields| fields.len() as i64);
    let bound = |key: &'static str, size: Option<i64>, most: bool| {
        let (size, bound) = (size?, schema[key].as_i64()?);
        (if most { size > bound } else { size < bound }).then_some(key)
    };
    let is_time = schema["format"] != "date-time"
        || value.as_str().is_none_or(|text| DateTime::parse_from_rfc3339(text).is_ok());
    [
        bound("maxLength", length, true),
        bound("minLength", length, false),
        bound("maxProperties", fields, true),
        bound("maximum", value.as_i64(), true),
        bound("minimum", value.as_i64(), false),
        (!is_time).then_some("date-time"),
    ]
    .into_iter()
    .flatten()
}

#[test]
fn what_does_not_hold_is_told_with_its_place() {
    use serde_json::json;

    let api = OpenApi(json!({ "components": { "word": { "type": "string", "maxLength": 3 } } }));
    let schema = json!({
        "allOf": [{ "type": "object", "required": ["a"], "properties": {
            "a": { "$ref": "#/components/word" },
            "b": { "oneOf": [{ "enum": ["x"] }, { "type": "integer", "minimum": 2 }] },
            "at": { "type": "string", "format": "date-time" },
            "any": { "nullable": true, "anyOf": [{ "type": "integer" }, { "properties": { "c": {} } }] },
        }}],
    });
    let told = |value: Value| (api.check(&schema, &value, "$"), api.unknown(&schema, &value, "$"));
    let fine = json!({ "a": "abc", "b": 2, "at": "2026-11-27T05:00:00Z" });
    assert_eq!(told(fine), (vec![], vec![]));
    assert_eq!(told(json!({ "a": "abc", "any": null })), (vec![], vec![]));
    let any = told(json!({ "a": "abc", "any": { "c": 1, "d": 1 } }));
    assert_eq!(any, (vec![], vec!["$.any.d is unknown".to_owned()]));
    let (wrong, unknown) = told(json!({ "a": "abcd", "b": 1, "at": "noon", "c": 1 }));
    assert_eq!(wrong.len(), 3, "{wrong:?}");
    assert_eq!(unknown, ["$.c is unknown"]);
    assert_eq!(told(json!({})).0, ["$.a is missing"]);
}
