//! Styles must not say left or right: Persian pages run the other way.
//!
//! Classes in `app/src` and properties in `style/` are read. A line that is right to name a side (the
//! chat, charts and codes always run left to right) says so: it carries the word `physical:` in a
//! comment, with its reason.

use std::{fs, path::Path};

use anyhow::bail;

use crate::{assets::files, workspace::root};

const EXCUSE: &str = "physical:";
/// Tailwind's classes that name a side, without variants and sign. Those that end in a hyphen take a
/// value.
const CLASSES: [&str; 26] = [
    "border-l",
    "border-l-",
    "border-r",
    "border-r-",
    "clear-left",
    "clear-right",
    "float-left",
    "float-right",
    "left-",
    "ml-",
    "mr-",
    "pl-",
    "pr-",
    "right-",
    "rounded-bl",
    "rounded-br",
    "rounded-l",
    "rounded-l-",
    "rounded-r",
    "rounded-r-",
    "rounded-tl",
    "rounded-tr",
    "scroll-ml-",
    "scroll-mr-",
    "text-left",
    "text-right",
];
const PROPERTIES: [&str; 12] = [
    "border-left",
    "border-right",
    "clear: left",
    "clear: right",
    "float: left",
    "float: right",
    "margin-left",
    "margin-right",
    "padding-left",
    "padding-right",
    "text-align: left",
    "text-align: right",
];

/// # Errors
/// Names every line that says left or right without an excuse.
pub fn check() -> anyhow::Result<()> {
    let mut found = read("app/src", "rs", class_with_side)?;
    found.extend(read("style", "css", property_with_side)?);
    if found.is_empty() {
        return Ok(());
    }
    bail!("use logical directions (ms, me, ps, pe, start, end) here:\n  {}", found.join("\n  "))
}

fn read(
    folder: &str,
    extension: &str,
    fault: fn(&str) -> Option<&'static str>,
) -> anyhow::Result<Vec<String>> {
    let folder = root().join(folder);
    let mut found = Vec::new();
    if !folder.is_dir() {
        return Ok(found);
    }
    let built = folder.join("dist");
    for file in files(&folder)? {
        if file.extension().is_none_or(|is| is != extension) || file.starts_with(&built) {
            continue;
        }
        for (number, line) in fs::read_to_string(&file)?.lines().enumerate() {
            if let Some(side) = fault(line).filter(|_| !line.contains(EXCUSE)) {
                found.push(format!("{}:{}: {side}", shown(&file), number + 1));
            }
        }
    }
    Ok(found)
}

fn class_with_side(line: &str) -> Option<&'static str> {
    line.split(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`')).find_map(|word| {
        let class = word.rsplit(':').next().unwrap_or(word).trim_start_matches('-');
        CLASSES.into_iter().find(|side| match side.strip_suffix('-') {
            Some(_) => class.strip_prefix(side).is_some_and(is_value),
            None => class == *side,
        })
    })
}

/// What follows a class's last hyphen: a number, a named size, or a bracketed one.
fn is_value(rest: &str) -> bool {
    rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '[' | '('))
        || matches!(rest, "auto" | "full" | "px")
}

fn property_with_side(line: &str) -> Option<&'static str> {
    let line = line.trim();
    let starts = |side: &str| line.split(['{', ';']).any(|part| part.trim_start().starts_with(side));
    PROPERTIES.into_iter().find(|side| starts(side) || starts(&side.replace(": ", ":")))
}

fn shown(file: &Path) -> String {
    file.strip_prefix(root()).unwrap_or(file).display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_that_name_a_side_are_found_behind_variants_and_signs() {
        assert_eq!(class_with_side(r#"<p class="mt-2 lg:-ml-4">"#), Some("ml-"));
        assert_eq!(class_with_side(r#"class="sm:text-left""#), Some("text-left"));
        assert_eq!(class_with_side(r#"class="absolute left-[3px]""#), Some("left-"));
    }

    #[test]
    fn logical_classes_and_ordinary_words_pass() {
        assert_eq!(class_with_side(r#"class="ms-2 me-auto ps-4 start-0 text-start border-s""#), None);
        assert_eq!(class_with_side("// the left-most column, days left, right-to-left"), None);
    }

    #[test]
    fn properties_that_name_a_side_are_found() {
        assert_eq!(property_with_side("  margin-left: 2px;"), Some("margin-left"));
        assert_eq!(property_with_side(".a { color: red; text-align:right }"), Some("text-align: right"));
        assert_eq!(property_with_side("  margin-inline-start: 2px;"), None);
    }
}
