//! What kind of picture some bytes are, and its size: enough for `PhotoSize` and for refusing the rest.

/// The MIME type and (width, height) of a PNG or JPEG.
pub fn inspect(bytes: &[u8]) -> Option<(&'static str, (u32, u32))> {
    png(bytes).map(|size| ("image/png", size)).or_else(|| jpeg(bytes).map(|size| ("image/jpeg", size)))
}

/// Signature, then the IHDR chunk with width and height: <https://www.w3.org/TR/png-3/#11IHDR>.
fn png(bytes: &[u8]) -> Option<(u32, u32)> {
    let header = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    if header.get(4..8)? != b"IHDR" {
        return None;
    }
    let number = |at: usize| Some(u32::from_be_bytes(header.get(at..at + 4)?.try_into().ok()?));
    Some((number(8)?, number(12)?))
}

/// Segments up to a start of frame: ITU-T T.81, B.2.2.
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut rest = bytes.strip_prefix(b"\xff\xd8")?;
    loop {
        let marker = *rest.get(1).filter(|_| rest[0] == 0xff)?;
        let length = usize::from(u16::from_be_bytes(rest.get(2..4)?.try_into().ok()?));
        if matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc) {
            let number =
                |at: usize| Some(u32::from(u16::from_be_bytes(rest.get(at..at + 2)?.try_into().ok()?)));
            return Some((number(7)?, number(5)?));
        }
        rest = rest.get(2 + length..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_and_other_bytes_are_no_picture() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x01\x2c\0\0\0\xc8";
        assert_eq!(inspect(png), Some(("image/png", (300, 200))));
        let jpeg = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x0b\x08\0\xc8\x01\x2c\x01";
        assert_eq!(inspect(jpeg), Some(("image/jpeg", (300, 200))));
        assert_eq!(inspect(b"<svg/>"), None);
        assert_eq!(inspect(b""), None);
    }
}
