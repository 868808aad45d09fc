//! Stripe's request bodies: forms whose names are paths, `line_items[0][price_data][currency]=usd`.

use serde_json::{Map, Value};

/// The tree that a form spells; every leaf is a string.
pub(super) fn parse(body: &[u8]) -> Value {
    let mut root = Value::Object(Map::new());
    for (name, value) in url::form_urlencoded::parse(body) {
        insert(&mut root, &path(&name), value.into_owned());
    }
    lists(root)
}

/// A leaf that is not empty.
pub(super) fn text(leaf: &Value) -> Option<String> {
    leaf.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

/// A leaf that is a whole number.
pub(super) fn whole(leaf: &Value) -> Option<i64> {
    leaf.as_str()?.parse().ok()
}

fn path(name: &str) -> Vec<&str> {
    name.split('[').map(|part| part.trim_end_matches(']')).collect()
}

fn insert(node: &mut Value, path: &[&str], leaf: String) {
    let Some((first, rest)) = path.split_first() else { return };
    if !node.is_object() {
        *node = Value::Object(Map::new());
    }
    let Some(map) = node.as_object_mut() else { return };
    let key = if first.is_empty() { map.len().to_string() } else { (*first).to_owned() };
    if rest.is_empty() {
        map.insert(key, Value::String(leaf));
    } else {
        insert(map.entry(key).or_insert(Value::Null), rest, leaf);
    }
}

/// Objects whose keys are all numbers are lists.
fn lists(node: Value) -> Value {
    let Value::Object(map) = node else { return node };
    let numbers: Option<Vec<usize>> = map.keys().map(|key| key.parse().ok()).collect();
    match numbers {
        Some(_) if !map.is_empty() => {
            let mut items: Vec<(usize, Value)> =
                map.into_iter().map(|(key, value)| (key.parse().unwrap_or(0), lists(value))).collect();
            items.sort_by_key(|(index, _)| *index);
            items.into_iter().map(|(_, value)| value).collect()
        }
        _ => Value::Object(map.into_iter().map(|(key, value)| (key, lists(value))).collect()),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    #[rstest]
    #[case("mode=payment", json!({ "mode": "payment" }))]
    #[case("a[b][c]=1&a[b][d]=2", json!({ "a": { "b": { "c": "1", "d": "2" } } }))]
    #[case("l[0][p]=x&l[1][p]=y", json!({ "l": [{ "p": "x" }, { "p": "y" }] }))]
    #[case("expand[]=a&expand[]=b", json!({ "expand": ["a", "b"] }))]
    #[case("l%5B0%5D%5Bq%5D=a+b", json!({ "l": [{ "q": "a b" }] }))]
    #[case("", json!({}))]
    fn a_form_spells_a_tree(#[case] body: &str, #[case] expected: Value) {
        assert_eq!(parse(body.as_bytes()), expected);
    }
}
