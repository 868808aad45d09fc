//! Bars as a picture. Written as SVG and painted by resvg, which shapes and joins letters and knows which
//! lines run from the right: a painter without a shaper would show Persian as single letters.

use std::sync::{Arc, LazyLock};

use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree, fontdb::Database},
};

const WIDTH: f32 = 1_080.0;
const HEIGHT: f32 = 640.0;
/// Around everything.
const EDGE: f32 = 48.0;
/// Where bars may reach, and on what they stand.
const TOP: f32 = 200.0;
const GROUND: f32 = 560.0;
/// Of a bar's share of the width, what stays empty.
const GAP: f32 = 0.28;
/// A bar of nothing is a line.
const LEAST: f32 = 3.0;

/// The letters of our pages in one file, because a text of two scripts cannot be put together out of two
/// fonts when one of them joins letters. `public/LICENSES.md` says how it was made.
const FONT: &[u8] = include_bytes!("../fonts/chart.ttf");
const FAMILY: &str = "Botyard Chart";

static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    fonts.load_font_data(FONT.to_vec());
    Arc::new(fonts)
});

/// What is to be painted; all texts are finished.
#[derive(Clone, Debug)]
pub struct Drawing {
    pub title: String,
    pub subtitle: String,
    /// The oldest first.
    pub bars: Vec<Bar>,
    /// Read from the right: the oldest is there.
    pub from_right: bool,
}

#[derive(Clone, Debug)]
pub struct Bar {
    /// Below it.
    pub label: Option<String>,
    pub value: i64,
    /// Above it.
    pub shown: Option<String>,
}

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    #[error("the drawing is not one: {0}")]
    Drawing(#[from] resvg::usvg::Error),
    #[error("the picture could not be written: {0}")]
    Png(#[from] png::EncodingError),
    #[error("there is no room for the picture")]
    Room,
}

/// A PNG.
///
/// # Errors
/// [`ChartError`].
pub fn png(drawing: &Drawing) -> Result<Vec<u8>, ChartError> {
    let options = Options { fontdb: FONTS.clone(), font_family: FAMILY.into(), ..Options::default() };
    let tree = Tree::from_str(&svg(drawing), &options)?;
    let (width, height) = (WIDTH as u32, HEIGHT as u32);
    let mut pixels = Pixmap::new(width, height).ok_or(ChartError::Room)?;
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, width, height);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    // The ground is opaque, so nothing has to be undone of the premultiplied colours.
    encoder.write_header()?.write_image_data(pixels.data())?;
    Ok(png)
}

fn svg(drawing: &Drawing) -> String {
    let mut svg = format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" font-family="{FAMILY}"><rect width="100%" height="100%" fill="#ffffff"/>"##
    );
    // The painter takes every line for one that runs from the left, unless it says otherwise itself.
    let line = |text: &str| match drawing.from_right {
        true => format!("\u{2067}{}\u{2069}", paintable(text)),
        false => paintable(text),
    };
    let (edge, anchor) = match drawing.from_right {
        true => (WIDTH - EDGE, "end"),
        false => (EDGE, "start"),
    };
    text(&mut svg, (edge, 92.0), (40.0, "#111827", anchor), &line(&drawing.title));
    text(&mut svg, (edge, 146.0), (28.0, "#4b5563", anchor), &line(&drawing.subtitle));
    let most = drawing.bars.iter().map(|bar| bar.value).max().unwrap_or(0).max(1) as f32;
    let share = (WIDTH - 2.0 * EDGE) / drawing.bars.len().max(1) as f32;
    for (index, bar) in drawing.bars.iter().enumerate() {
        let place = match drawing.from_right {
            true => drawing.bars.len() - 1 - index,
            false => index,
        };
        let left = EDGE + share * place as f32;
        let height = ((GROUND - TOP) * bar.value.max(0) as f32 / most).max(LEAST);
        let (x, y, width) = (left + share * GAP / 2.0, GROUND - height, share * (1.0 - GAP));
        // Today is the last one, and not over.
        let fill = if index + 1 == drawing.bars.len() { "#93c5fd" } else { "#2563eb" };
        svg.push_str(&format!(
            r#"<rect x="{x}" y="{y}" width="{width}" height="{height}" rx="4" fill="{fill}"/>"#
        ));
        let middle = left + share / 2.0;
        if let Some(shown) = &bar.shown {
            text(&mut svg, (middle, y - 12.0), (19.0, "#111827", "middle"), &line(shown));
        }
        if let Some(label) = &bar.label {
            text(&mut svg, (middle, GROUND + 40.0), (21.0, "#4b5563", "middle"), &line(label));
        }
    }
    svg.push_str("</svg>");
    svg
}

fn text(svg: &mut String, (x, y): (f32, f32), (size, fill, anchor): (f32, &str, &str), text: &str) {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    svg.push_str(&format!(
        r#"<text x="{x}" y="{y}" font-size="{size}" fill="{fill}" text-anchor="{anchor}">{escaped}</text>"#
    ));
}

/// The same in signs that the font has: codes for the signs of money that it lacks, and none of the marks
/// that a painter does not need, because each text is a line of its own.
fn paintable(text: &str) -> String {
    let mut painted = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '₽' => painted.push_str("RUB"),
            '⭐' => painted.push_str("XTR"),
            '\u{202F}' => painted.push('\u{A0}'),
            '\u{200E}' | '\u{200F}' | '\u{2066}'..='\u{2069}' | '\u{FE0F}' => {}
            // XML has no way to write them.
            character if character.is_control() => {}
            character => painted.push(character),
        }
    }
    painted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing(title: &str, from_right: bool) -> Drawing {
        let labels = if from_right {
            ["۱ آذر", "۲ آذر", "۳ آذر"]
        } else {
            ["22 Nov", "23 нояб.", "24 Nov"]
        };
        let bars = labels.into_iter().zip([0, 61_240_000, 12_000_000]).map(|(label, value)| Bar {
            label: Some(label.into()),
            value,
            shown: (value > 0)
                .then(|| if from_right { "۶٬۱۲۴٬۰۰۰ تومان".into() } else { "$61.24".into() }),
        });
        let subtitle = if from_right {
            "مجموع: ۷٬۳۲۴٬۰۰۰ تومان در ۳ روز"
        } else {
            "Total: $73.24 in 3 days"
        };
        Drawing { title: title.into(), subtitle: subtitle.into(), bars: bars.collect(), from_right }
    }

    /// Which pixels are dark.
    struct Ink(Vec<u8>, usize);

    impl Ink {
        fn of(png: &[u8]) -> Self {
            let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
            let mut buffer = vec![0; reader.output_buffer_size().unwrap()];
            let line = reader.next_frame(&mut buffer).unwrap().line_size;
            Self(buffer, line)
        }

        fn is_dark(&self, x: usize, y: usize) -> bool {
            self.0[y * self.1 + x * 4] < 128
        }

        /// The columns of the title in which something is written.
        fn title(&self) -> Vec<usize> {
            (0..1_080).filter(|x| (50..110).any(|y| self.is_dark(*x, y))).collect()
        }
    }

    #[test]
    fn the_title_stands_where_its_language_begins() {
        let latin = Ink::of(&png(&drawing("Fastline", false)).unwrap()).title();
        assert!(latin.len() > 80 && latin.iter().all(|x| (40..400).contains(x)), "{latin:?}");
        let persian = Ink::of(&png(&drawing("فروش فست‌لاین", true)).unwrap()).title();
        assert!(persian.len() > 80 && persian.iter().all(|x| (680..1_040).contains(x)), "{persian:?}");
    }

    /// Letters that stand alone are wider together than letters that are joined.
    #[test]
    fn persian_letters_are_joined() {
        let width = |title: &str| {
            let title = Ink::of(&png(&drawing(title, true)).unwrap()).title();
            title.iter().max().unwrap() - title.iter().min().unwrap()
        };
        assert!(width("س\u{200C}ش\u{200C}س\u{200C}ش") > width("سشسش") + 10);
    }

    #[test]
    fn markup_in_a_shops_name_is_text() {
        assert!(png(&drawing("<b>A & B</b>", false)).is_ok());
    }

    /// Left in the folder for temporary files, to be looked at.
    #[test]
    fn a_picture_of_each_direction_is_painted() {
        for (name, title, from_right) in [("en", "Sales of Fastline", false), ("fa", "فروش فست‌لاین", true)]
        {
            let png = png(&drawing(title, from_right)).unwrap();
            std::fs::write(std::env::temp_dir().join(format!("botyard-chart-{name}.png")), &png).unwrap();
            assert!(png.len() > 5_000);
        }
    }
}
