//! Any colour as one of ours: the one with the nearest hue.

use crate::mindmap::schema::Colour;

/// Our colours' places on the circle, in degrees.
const HUES: [(i32, Colour); 6] = [
    (0, Colour::Red),
    (26, Colour::Orange),
    (50, Colour::Yellow),
    (140, Colour::Green),
    (215, Colour::Blue),
    (280, Colour::Purple),
];
/// With less between its strongest and its weakest part, a colour is a grey.
const GREY: i32 = 24;

/// Our colour for `#rrggbb`, or for a word of ours; none for greys and what is no colour.
pub(super) fn colour(text: &str) -> Option<Colour> {
    let Some(digits) = text.trim().strip_prefix('#') else {
        return Colour::parse(text);
    };
    let value = u32::from_str_radix(digits, 16).ok()?;
    if digits.len() != 6 {
        return None;
    }
    let part = |shift: u32| i32::try_from((value >> shift) & 0xff).unwrap_or(0);
    let (red, green, blue) = (part(16), part(8), part(0));
    let (high, low) = (red.max(green).max(blue), red.min(green).min(blue));
    let span = high - low;
    if span < GREY {
        return None;
    }
    let hue = if high == red {
        60 * (green - blue) / span
    } else if high == green {
        120 + 60 * (blue - red) / span
    } else {
        240 + 60 * (red - green) / span
    };
    let away = |own: i32| {
        let apart = (hue - own).rem_euclid(360);
        apart.min(360 - apart)
    };
    let nearest = HUES.into_iter().min_by_key(|(own, _)| away(*own));
    nearest.map(|(_, colour)| colour)
}
