//! Pictures as Enhanced Metafiles (MS-EMF): rectangles and words that Word and LibreOffice draw
//! sharp at any size.

use crate::export::report::drawing::{Align, Drawing, Shape};

/// Units of a picture's pixel, so that letters need not stand on whole pixels.
const SCALE: u32 = 10;
/// Hundredths of a millimetre of a picture's pixel, times a hundred: 96 pixels are an inch.
const HUNDREDTHS: u32 = 2646;

const HEADER: u32 = 1;
const END: u32 = 14;
const SET_BACKGROUND: u32 = 18;
const SET_ALIGN: u32 = 22;
const SET_COLOUR: u32 = 24;
const SELECT: u32 = 37;
const MAKE_BRUSH: u32 = 39;
const DELETE: u32 = 40;
const RECTANGLE: u32 = 43;
const MAKE_FONT: u32 = 82;
const WORDS: u32 = 84;

/// The system's pen that draws nothing.
const NO_PEN: u32 = 0x8000_0008;
/// The one object that is made at a time.
const OBJECT: u32 = 1;
/// The ink of words on the page.
const INK: &str = "16202A";

/// Writes a picture.
pub(super) fn write(drawing: &Drawing) -> Vec<u8> {
    let mut file = Metafile::default();
    file.record(SET_BACKGROUND, &[1]);
    file.record(SELECT, &[NO_PEN]);
    for shape in &drawing.shapes {
        match shape {
            Shape::Rect {
                x, y, w, h, tone, ..
            } => {
                file.record(MAKE_BRUSH, &[OBJECT, 0, colour(tone.paper()), 0]);
                file.record(SELECT, &[OBJECT]);
                let edges = [*x, *y, x + w, y + h].map(|it| it * SCALE);
                file.record(RECTANGLE, &edges);
                file.record(DELETE, &[OBJECT]);
            }
            Shape::Words {
                x,
                y,
                size,
                align,
                on,
                is_turned,
                text,
                ..
            } => {
                file.font(*size, *is_turned);
                let ink = on.map_or(INK, |it| it.ink());
                file.record(SET_COLOUR, &[colour(ink)]);
                // At the base line, and where they begin or in the middle.
                let middle = if *align == Align::Middle { 6 } else { 0 };
                file.record(SET_ALIGN, &[24 | middle]);
                file.words(x * SCALE, y * SCALE, *size, text);
                file.record(DELETE, &[OBJECT]);
            }
        }
    }
    file.record(END, &[0, 16, 20]);
    file.finish(drawing)
}

/// A colour as metafiles have it: blue, green, red.
fn colour(rgb: &str) -> u32 {
    let rgb = u32::from_str_radix(rgb, 16).unwrap_or_default();
    (rgb & 0xFF) << 16 | rgb & 0xFF00 | rgb >> 16
}

#[derive(Default)]
struct Metafile {
    bytes: Vec<u8>,
    n_records: u32,
}

impl Metafile {
    /// A record of numbers only.
    fn record(&mut self, kind: u32, numbers: &[u32]) {
        let bytes: Vec<u8> = numbers.iter().flat_map(|it| it.to_le_bytes()).collect();
        self.raw(kind, &bytes);
    }

    fn raw(&mut self, kind: u32, content: &[u8]) {
        let size = u32::try_from(content.len() + 8).unwrap_or(u32::MAX);
        self.bytes.extend(kind.to_le_bytes());
        self.bytes.extend(size.to_le_bytes());
        self.bytes.extend(content);
        self.n_records += 1;
    }

    /// Makes a font of this size the one to write with.
    fn font(&mut self, size: u32, is_turned: bool) {
        let mut content = Vec::with_capacity(324);
        let height = 0_u32.wrapping_sub(size * SCALE);
        let turn = if is_turned { 900 } else { 0 };
        for number in [OBJECT, height, 0, turn, turn, 400] {
            content.extend(number.to_le_bytes());
        }
        // Not italic, underlined or struck out; any character set; the best quality there is.
        content.extend([0, 0, 0, 1, 0, 0, 4, 0x22]);
        let name = "Arial".encode_utf16().chain(std::iter::repeat(0)).take(32);
        content.extend(name.flat_map(u16::to_le_bytes));
        // The rest of an extended font says nothing more.
        content.resize(324, 0);
        self.raw(MAKE_FONT, &content);
        self.record(SELECT, &[OBJECT]);
    }

    fn words(&mut self, x: u32, y: u32, size: u32, text: &str) {
        let units: Vec<u16> = text.encode_utf16().collect();
        let n = u32::try_from(units.len()).unwrap_or_default();
        let padded = units.len().next_multiple_of(2);
        let after = 76 + u32::try_from(padded * 2).unwrap_or_default();
        let mut content = Vec::new();
        // The bounds, which nobody reads; compatible mode, with a scale of one.
        for number in [0, 0, 0, 0, 1, 1_f32.to_bits(), 1_f32.to_bits()] {
            content.extend(number.to_le_bytes());
        }
        for number in [x, y, n, 76, 0, 0, 0, 0, 0, after] {
            content.extend(number.to_le_bytes());
        }
        content.extend(units.iter().flat_map(|it| it.to_le_bytes()));
        content.resize(76 - 8 + padded * 2, 0);
        for letter in text.chars() {
            let step = advance(letter) * size * SCALE / 1000;
            content.extend(step.to_le_bytes());
            // The second half of a character of two units moves nothing.
            for _ in 1..letter.len_utf16() {
                content.extend(0_u32.to_le_bytes());
            }
        }
        self.raw(WORDS, &content);
    }

    fn finish(self, drawing: &Drawing) -> Vec<u8> {
        let (width, height) = (drawing.width, drawing.height);
        let size = u32::try_from(self.bytes.len() + 108).unwrap_or(u32::MAX);
        let millimetres = |pixels: u32| pixels * HUNDREDTHS / 100;
        let header = [
            0,
            0,
            width * SCALE - 1,
            height * SCALE - 1,
            0,
            0,
            millimetres(width),
            millimetres(height),
            u32::from_le_bytes(*b" EMF"),
            0x0001_0000,
            size,
            self.n_records + 1,
            // Two handles: the metafile's own and the one object.
            2,
            0,
            0,
            0,
            // The device that it was drawn on, in its units and in millimetres.
            19_200,
            10_800,
            508,
            286,
            0,
            0,
            0,
            // The same in thousandths of a millimetre.
            508_000,
            285_750,
        ];
        let mut out = Self::default();
        out.record(HEADER, &header);
        out.bytes.extend(self.bytes);
        out.bytes
    }
}

/// How far a letter of Arial moves the next one, in thousandths of its size.
fn advance(letter: char) -> u32 {
    match letter {
        'i' | 'j' | 'l' | '\'' => 222,
        ' ' | '!' | ',' | '.' | '/' | ':' | ';' | 'I' | '[' | ']' | 'f' | 't' => 278,
        '(' | ')' | '-' | 'r' => 333,
        'J' | 'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' => 500,
        'F' | 'T' | 'Z' => 611,
        'A' | 'B' | 'E' | 'K' | 'P' | 'S' | 'V' | 'X' | 'Y' | '&' => 667,
        'C' | 'D' | 'H' | 'N' | 'R' | 'U' | 'w' => 722,
        'G' | 'O' | 'Q' => 778,
        'M' | 'm' => 833,
        'W' => 944,
        '%' => 889,
        '@' | '\u{2026}' => 1000,
        '\u{2e80}'.. => 1000,
        _ => 556,
    }
}
