//! Which language a page is in.

use super::Locale;

pub(super) fn negotiate(cookie: Option<&str>, accept_language: Option<&str>) -> Locale {
    cookie.and_then(Locale::from_code).or_else(|| accept_language.and_then(best_of)).unwrap_or_default()
}

/// The acceptable language with the highest weight; the first of equals (RFC 9110 §12.5.4).
fn best_of(header: &str) -> Option<Locale> {
    let mut best: Option<(Locale, f32)> = None;
    for range in header.split(',') {
        let mut parts = range.split(';');
        let Some(locale) = parts.next().and_then(Locale::from_code) else { continue };
        let weight = parts
            .find_map(|part| part.trim().strip_prefix("q="))
            .map_or(1.0, |weight| weight.trim().parse().unwrap_or(0.0));
        if weight > best.map_or(0.0, |(_, highest)| highest) {
            best = Some((locale, weight));
        }
    }
    best.map(|(locale, _)| locale)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(None, None, Locale::En)]
    #[case(Some("fa"), Some("ru"), Locale::Fa)]
    #[case(Some("de"), Some("ru"), Locale::Ru)]
    #[case(None, Some("fa-IR,fa;q=0.9,en-US;q=0.8"), Locale::Fa)]
    #[case(None, Some("de-DE, de;q=0.9, ru;q=0.4, en;q=0.3"), Locale::Ru)]
    #[case(None, Some("en;q=0.2, fa; q=0.7"), Locale::Fa)]
    #[case(None, Some("ru;q=0, *;q=0.1"), Locale::En)]
    #[case(None, Some("ru;q=NaN"), Locale::En)]
    #[case(None, Some(";;,,q=1"), Locale::En)]
    fn the_cookie_wins_then_the_heaviest_language(
        #[case] cookie: Option<&str>,
        #[case] header: Option<&str>,
        #[case] locale: Locale,
    ) {
        assert_eq!(negotiate(cookie, header), locale);
    }
}
