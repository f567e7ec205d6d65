//! What an exported file is called, wherever it lands.

use super::format::Format;
use super::sheet::Sheet;
use crate::base::text::on_one_line;

/// Longest title in a file name, in characters: with four bytes each it fits every file system.
const TITLE_CHARS: usize = 50;

/// The name of the file: the map's title, how far it may travel, and the format's ending.
///
/// Without what some system does not take in a name. The label keeps it from being one of the
/// names that Windows has taken, such as `CON`.
pub fn file_name(sheet: &Sheet, format: Format) -> String {
    let title = match (&sheet.parts.branch, sheet.nodes.first()) {
        (Some(_), Some(top)) => &top.text,
        _ => &sheet.title,
    };
    let short = plain_name(title, "map");
    let label = sheet.tlp.as_str();
    format!("{short} TLP-{label}.{}", format.file_type().extension)
}

/// Words as a part of a file name: without what some system does not take in one, not too long, and
/// something else where nothing is left.
pub(super) fn plain_name(title: &str, otherwise: &str) -> String {
    let is_odd = |it: char| {
        it.is_control()
            || matches!(it, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
            // Marks that turn the direction of text could make one ending look like another.
            || matches!(it, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let plain: String = title.replace(is_odd, " ");
    let short: String = on_one_line(&plain).chars().take(TITLE_CHARS).collect();
    let short = short.trim_matches(['.', ' ']);
    let short = if short.is_empty() { otherwise } else { short };
    short.to_owned()
}

/// The `Content-Disposition` of a download with this name (RFC 6266).
///
/// The plain name is for clients that know no other; it is ASCII, with `_` for what is not.
pub fn content_disposition(name: &str) -> String {
    let ascii = name.replace(|it: char| !it.is_ascii() || it == '%', "_");
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{encoded}")
}
