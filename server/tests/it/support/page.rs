//! Reading pages: what a form would send, where a link leads.

use super::Answer;

impl Answer {
    /// What the page's forms hold: names and values of inputs, unchecked boxes and buttons left out.
    pub fn inputs(&self) -> Vec<(String, String)> {
        self.tags("input")
            .filter(|tag| {
                !matches!(attribute(tag, "type").as_deref(), Some("checkbox" | "radio"))
                    || tag.contains(" checked")
            })
            .filter_map(|tag| {
                Some((attribute(tag, "name")?, attribute(tag, "value").unwrap_or_else(|| "on".into())))
            })
            .collect()
    }

    /// The addresses of all links.
    pub fn links(&self) -> Vec<String> {
        self.tags("a").filter_map(|tag| attribute(tag, "href")).collect()
    }

    fn tags<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.body
            .split(&format!("<{name} "))
            .skip(1)
            .filter_map(|rest| rest.split('>').next())
            .collect::<Vec<_>>()
            .into_iter()
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = format!(" {tag}").split_once(&format!(" {name}=\""))?.1.split('"').next()?.to_owned();
    Some(value.replace("&amp;", "&").replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">"))
}
