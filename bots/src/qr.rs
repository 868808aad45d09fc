//! A QR code as a picture that phones read from a screen.

use qrcode::{Color, EcLevel, QrCode};

/// Light modules around the code (ISO/IEC 18004 asks for four).
const QUIET_ZONE: usize = 4;
/// Telegram shows pictures scaled: fewer pixels than this blur the modules.
const AT_LEAST_PIXELS: usize = 640;

/// Why a text has no QR code.
#[derive(Debug, thiserror::Error)]
pub enum QrError {
    #[error("the text does not fit a QR code: {0}")]
    TooLong(#[from] qrcode::types::QrError),
    #[error("the picture could not be written: {0}")]
    Png(#[from] png::EncodingError),
}

/// A PNG, one bit a pixel, with whole pixels for each module.
///
/// # Errors
/// [`QrError`].
pub fn png(text: &str) -> Result<Vec<u8>, QrError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)?;
    let modules = code.width() + 2 * QUIET_ZONE;
    let scale = AT_LEAST_PIXELS.div_ceil(modules);
    let side = modules * scale;

    let colors = code.to_colors();
    let is_dark = |row: usize, column: usize| {
        let inside = QUIET_ZONE..QUIET_ZONE + code.width();
        inside.contains(&row)
            && inside.contains(&column)
            && colors[(row - QUIET_ZONE) * code.width() + column - QUIET_ZONE] == Color::Dark
    };

    let stride = side.div_ceil(8);
    let mut pixels = Vec::with_capacity(stride * side);
    for row in 0..modules {
        let mut line = vec![0_u8; stride];
        for x in (0..side).filter(|x| !is_dark(row, x / scale)) {
            line[x / 8] |= 0x80 >> (x % 8);
        }
        for _ in 0..scale {
            pixels.extend_from_slice(&line);
        }
    }

    let side = u32::try_from(side).unwrap_or(u32::MAX);
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, side, side);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    encoder.write_header()?.write_image_data(&pixels)?;
    Ok(png)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn decode(png: &[u8]) -> String {
        let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
        let mut buffer = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut buffer).unwrap();
        let is_light = |x: usize, y: usize| buffer[y * info.line_size + x / 8] & (0x80 >> (x % 8)) != 0;
        // The quiet zone is there, and light.
        assert!((0..info.width as usize).all(|x| is_light(x, 0)));
        let mut image =
            rqrr::PreparedImage::prepare_from_greyscale(info.width as usize, info.height as usize, |x, y| {
                if is_light(x, y) { 255 } else { 0 }
            });
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1);
        grids[0].decode().unwrap().1
    }

    #[rstest]
    #[case("https://panel.example.com/sub/dXNlcjE2MyxiMTc2ODU2NDgwMHg")]
    #[case(
        "vless://8c0f1f2e-6b53-4f0c-8a43-0d4f1f0a6f11@203.0.113.7:443?security=reality&type=tcp&flow=xtls-rprx-vision&sni=example.com&fp=chrome&pbk=xyz&sid=01#Fastline"
    )]
    #[case("نشانی")]
    fn a_code_reads_back_as_its_text(#[case] text: &str) {
        assert_eq!(decode(&png(text).unwrap()), text);
    }

    #[test]
    fn a_text_that_does_not_fit_is_an_error() {
        assert!(matches!(png(&"x".repeat(5_000)), Err(QrError::TooLong(_))));
    }
}
