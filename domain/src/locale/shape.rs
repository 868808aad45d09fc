//! What a text is made of: the values it shows, the plural forms it knows, and what else it refers to.

use std::collections::BTreeSet;

use fluent_syntax::ast::{self, Expression, InlineExpression, PatternElement, VariantKey};

use super::{Arg, Args, Locale};

const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// What one message shows and which plural forms it knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shape {
    /// Values that are shown; those that only choose a form may differ between languages.
    pub shown: BTreeSet<String>,
    pub chosen_by: BTreeSet<String>,
    /// The variants of each choice.
    pub choices: Vec<BTreeSet<String>>,
    /// It names a function, a term or another message.
    pub reaches_further: bool,
}

impl Shape {
    pub fn of<S: AsRef<str>>(pattern: &ast::Pattern<S>) -> Self {
        let mut shape = Self::default();
        shape.add_pattern(pattern);
        shape
    }

    /// The plural forms of the language that one of its choices lacks.
    pub fn missing_forms(&self, locale: Locale) -> Vec<&'static str> {
        let needed: &[&str] = match locale {
            Locale::En | Locale::Fa => &["one", "other"],
            Locale::Ru => &["one", "few", "many", "other"],
        };
        let is_plural = |forms: &&BTreeSet<String>| forms.iter().any(|form| FORMS.contains(&form.as_str()));
        let lacks = |forms: &BTreeSet<String>| {
            needed.iter().copied().filter(|form| !forms.contains(*form)).collect::<Vec<_>>()
        };
        self.choices
            .iter()
            .filter(is_plural)
            .map(lacks)
            .find(|missing| !missing.is_empty())
            .unwrap_or_default()
    }

    /// Sample values as long as real ones get.
    pub fn sample(&self) -> Args {
        let names = self.shown.iter().chain(&self.chosen_by);
        let value = |name: &str| match name {
            "count" | "page" | "pages" | "minutes" => Arg::Number(12_345),
            "link" | "url" => Arg::from("https://panel.example.com/sub/".to_owned() + &"x".repeat(120)),
            _ => Arg::from("Fastline, 3 months"),
        };
        names.fold(Args::default(), |args, name| args.with(name.clone(), value(name)))
    }

    fn add_pattern<S: AsRef<str>>(&mut self, pattern: &ast::Pattern<S>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.add_expression(expression);
            }
        }
    }

    fn add_expression<S: AsRef<str>>(&mut self, expression: &Expression<S>) {
        match expression {
            Expression::Inline(inline) => self.add_inline(inline),
            Expression::Select { selector, variants } => {
                match selector {
                    InlineExpression::VariableReference { id } => {
                        self.chosen_by.insert(id.name.as_ref().to_owned());
                    }
                    _ => self.reaches_further = true,
                }
                let names = variants.iter().filter_map(|variant| match &variant.key {
                    VariantKey::Identifier { name } => Some(name.as_ref().to_owned()),
                    VariantKey::NumberLiteral { .. } => None,
                });
                self.choices.push(names.collect());
                for variant in variants {
                    self.add_pattern(&variant.value);
                }
            }
        }
    }

    fn add_inline<S: AsRef<str>>(&mut self, inline: &InlineExpression<S>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.shown.insert(id.name.as_ref().to_owned());
            }
            InlineExpression::Placeable { expression } => self.add_expression(expression),
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
            _ => self.reaches_further = true,
        }
    }
}
