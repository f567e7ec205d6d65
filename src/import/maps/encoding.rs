//! A whole file as text: what it says of its letters is believed, and what it does not say is UTF-8.

use crate::import::text::{Decoder, Encoding};
use crate::import::trouble::FileRefused;

/// Bytes in which an XML declaration must end.
const DECLARATION_BYTES: usize = 200;

/// The text of a file that says nothing of its encoding but by its first bytes.
pub(super) fn text(bytes: &[u8]) -> Result<String, FileRefused> {
    let text = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest)?,
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => {
            return Err(FileRefused::new("the file is UTF-32: save it as UTF-8"));
        }
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes)?,
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes)?,
        _ => utf8(bytes)?,
    };
    if let Some(at) = text.find('\0') {
        return Err(FileRefused::new(format!(
            "line {}: there is a zero byte: the file is no text",
            line_at(text.as_bytes(), at)
        )));
    }
    Ok(text)
}

/// The text of an XML file, which may declare its encoding.
pub(super) fn xml(bytes: &[u8]) -> Result<String, FileRefused> {
    let head = &bytes[..bytes.len().min(DECLARATION_BYTES)];
    let head: String = head.iter().map(|it| char::from(*it)).collect();
    let declared = head
        .strip_prefix("<?xml")
        .and_then(|it| it.split_once("?>"))
        .and_then(|(it, _)| it.split_once("encoding"))
        .and_then(|(_, it)| it.split(['"', '\'']).nth(1))
        .map(str::to_lowercase);
    match declared.as_deref() {
        None | Some("utf-8" | "utf8" | "us-ascii" | "ascii") => text(bytes),
        Some("iso-8859-1" | "latin1" | "latin-1" | "windows-1252" | "cp1252") => {
            let decoded = Decoder::new(Encoding::Windows1252).decode(bytes);
            Ok(decoded.unwrap_or_default().into_owned())
        }
        Some(other) => {
            let other: String = other.chars().take(40).collect();
            let words =
                format!("line 1: the encoding {other:?} is not read: save the file as UTF-8");
            Err(FileRefused::new(words))
        }
    }
}

/// The line on which a byte of a text stands, from 1.
pub(super) fn line_at(text: &[u8], at: usize) -> usize {
    let before = &text[..at.min(text.len())];
    1 + before.iter().filter(|it| **it == b'\n').count()
}

fn utf8(bytes: &[u8]) -> Result<String, FileRefused> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let line = line_at(bytes, error.valid_up_to());
        FileRefused::new(format!("line {line} is not UTF-8: save the file as UTF-8"))
    })?;
    Ok(text.to_owned())
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, FileRefused> {
    let refused = || FileRefused::new("the file begins as UTF-16 and is none: save it as UTF-8");
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(refused());
    }
    let units: Vec<u16> = pairs.iter().map(|it| unit(*it)).collect();
    String::from_utf16(&units).map_err(|_| refused())
}
