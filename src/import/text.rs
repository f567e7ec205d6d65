//! Bytes as text: which encoding a file has, decided where it first matters.

use std::borrow::Cow;

use super::trouble::FileRefused;
use crate::base::invalid::Invalid;

/// How a file writes its letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// Whatever the first letters beyond ASCII are: UTF-8 where they can be, else Windows-1252.
    #[default]
    Auto,
    /// UTF-8; anything else is rejected.
    Utf8,
    /// Windows-1252, of which Latin-1 is a part.
    Windows1252,
}

impl Encoding {
    /// The word for it in the API and the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Utf8 => "utf-8",
            Self::Windows1252 => "windows-1252",
        }
    }
}

impl TryFrom<&str> for Encoding {
    type Error = Invalid;

    fn try_from(word: &str) -> Result<Self, Invalid> {
        match word {
            "" | "auto" => Ok(Self::Auto),
            "utf-8" => Ok(Self::Utf8),
            "windows-1252" | "iso-8859-1" | "latin-1" => Ok(Self::Windows1252),
            _ => Err(Invalid::new(
                "encoding",
                "must be auto, utf-8 or windows-1252",
            )),
        }
    }
}

/// Decodes piece after piece of one file.
#[derive(Debug)]
pub struct Decoder(Encoding);

impl Decoder {
    /// One for a file that is said to have this encoding.
    pub fn new(encoding: Encoding) -> Self {
        Self(encoding)
    }

    /// The text of these bytes; nothing where they are none in this file's encoding.
    pub fn decode<'a>(&mut self, bytes: &'a [u8]) -> Option<Cow<'a, str>> {
        if bytes.is_ascii() {
            return std::str::from_utf8(bytes).ok().map(Cow::Borrowed);
        }
        let as_utf8 = std::str::from_utf8(bytes).ok().map(Cow::Borrowed);
        if self.0 == Encoding::Auto {
            self.0 = match as_utf8 {
                Some(_) => Encoding::Utf8,
                None => Encoding::Windows1252,
            };
        }
        match self.0 {
            Encoding::Windows1252 => Some(bytes.iter().map(|it| windows_1252(*it)).collect()),
            _ => as_utf8,
        }
    }
}

/// What Windows-1252 has from 0x80 to 0x9F, where Latin-1 has control characters.
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
        // Latin-1 is the beginning of Unicode.
        other => char::from(other),
    }
}

/// Looks at the beginning of a file: how many bytes to leave out before the text begins.
///
/// # Errors
///
/// [`FileRefused`] for what is no text that we read.
pub fn begin(bytes: &[u8]) -> Result<usize, FileRefused> {
    let refused = |words: &str| Err(FileRefused::new(words));
    if bytes.is_empty() {
        return refused("the file is empty");
    }
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        return Ok(3);
    }
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return refused("the file is UTF-16: save it as UTF-8");
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return refused("the file is a zip or a spreadsheet: unpack it, or save the table as CSV");
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") || bytes.starts_with(b"%PDF") {
        return refused("the file is no table: save the table as CSV");
    }
    if bytes.iter().take(16).any(|it| *it == 0) {
        return refused("the file is no text: save the table as CSV in UTF-8");
    }
    Ok(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_letters_beyond_ascii_decide() {
        let mut utf8 = Decoder::new(Encoding::Auto);
        let mut latin = Decoder::new(Encoding::Auto);

        assert_eq!(utf8.decode(b"plain").as_deref(), Some("plain"));
        assert_eq!(utf8.decode("Größe".as_bytes()).as_deref(), Some("Größe"));
        assert_eq!(utf8.decode(b"Gr\xF6\xDFe"), None);
        assert_eq!(latin.decode(b"Gr\xF6\xDFe").as_deref(), Some("Größe"));
        assert_eq!(latin.decode(b"\x80 5").as_deref(), Some("€ 5"));
    }

    #[test]
    fn what_is_no_text_is_refused_in_words() {
        for odd in [
            &b""[..],
            b"\xFF\xFEa\0",
            b"PK\x03\x04",
            b"%PDF-1",
            b"a\0b\0",
        ] {
            assert!(begin(odd).is_err(), "{odd:?}");
        }
        assert_eq!(begin(b"\xEF\xBB\xBFname").unwrap(), 3);
    }
}
