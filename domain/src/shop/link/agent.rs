//! Who asks for a subscription. Panels choose the format by the name that an app gives itself.

/// The longest name that is passed on.
const LONGEST: usize = 200;

/// Apps that panels tell apart, by how their names begin; what else there is gets one format. A fixed
/// list, so that nobody fills the database by making up names. Marzban's own is in `app/routers/subscription.py`
/// (v0.8.4); longer names stand before those that they begin with.
const KNOWN: [&str; 22] = [
    "clash-verge",
    "clash-meta",
    "clashmeta",
    "clash.meta",
    "clash",
    "flclash",
    "mihomo",
    "stash",
    "sfa",
    "sfi",
    "sfm",
    "sft",
    "karing",
    "hiddifynext",
    "outline",
    "shadowrocket",
    "v2rayng",
    "v2rayn",
    "v2raytun",
    "streisand",
    "happ",
    "ss",
];
const OTHER: &str = "other";

/// An app, by its `User-Agent`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agent {
    name: String,
}

impl Agent {
    pub fn new(user_agent: &str) -> Self {
        Self {
            name: user_agent.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').take(LONGEST).collect(),
        }
    }

    /// As the panel is told.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The apps that are given the same.
    pub fn format(&self) -> &'static str {
        let name = self.name.to_ascii_lowercase();
        KNOWN.into_iter().find(|known| name.starts_with(known)).unwrap_or(OTHER)
    }

    /// Whether these apps take plain share links, so that some can be made of the links that we know.
    pub fn takes_links(&self) -> bool {
        matches!(
            self.format(),
            OTHER | "v2rayng" | "v2rayn" | "v2raytun" | "streisand" | "happ" | "shadowrocket"
        )
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("v2rayNG/1.9.5", "v2rayng", true)]
    #[case("v2rayN/6.0", "v2rayn", true)]
    #[case("ClashMeta/1.18", "clashmeta", false)]
    #[case("clash-verge/v2", "clash-verge", false)]
    #[case("Stash/2.4", "stash", false)]
    #[case("SFA/1.9 (sing-box 1.9)", "sfa", false)]
    #[case("HiddifyNext/2.0", "hiddifynext", false)]
    #[case("curl/8", "other", true)]
    #[case("", "other", true)]
    fn apps_are_told_apart_as_panels_do(#[case] agent: &str, #[case] format: &str, #[case] links: bool) {
        let agent = Agent::new(agent);
        assert_eq!((agent.format(), agent.takes_links()), (format, links));
    }

    #[test]
    fn a_name_is_passed_on_without_what_does_not_belong_in_a_header() {
        assert_eq!(Agent::new("a\r\nb\u{1f600}c").name(), "abc");
        assert_eq!(Agent::new(&"x".repeat(5_000)).name().len(), LONGEST);
    }
}
