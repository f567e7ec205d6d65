//! Glyphs drawn into a file.

use krilla::color::rgb;
use krilla::geom::Point;
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::text::{Font, GlyphId, KrillaGlyph};

use crate::text::{Glyph, Ink, Run, Text};

/// Draws a run of a text whose left edge and line of writing are here.
pub(crate) fn draw(
    surface: &mut Surface<'_>,
    fonts: &[Font],
    (text, run): (&Text, &Run),
    (x, y): (f32, f32),
) {
    let glyph = |it: &Glyph| {
        let letters = it.from as usize..it.to as usize;
        let id = GlyphId::new(it.id);
        KrillaGlyph::new(id, it.advance, it.dx, it.dy, 0.0, letters, None)
    };
    let glyphs: Vec<KrillaGlyph> = run.glyphs.iter().map(glyph).collect();
    let Some(font) = fonts.get(usize::from(run.font)) else {
        return;
    };
    if glyphs.is_empty() {
        return;
    }
    let start = Point::from_xy(x + run.x, y);
    surface.set_fill(Some(fill(text.ink(run))));
    surface.draw_glyphs(
        start,
        &glyphs,
        font.clone(),
        &text.letters,
        text.size,
        false,
    );
}

/// A colour to fill with.
pub(crate) fn fill(ink: Ink) -> Fill {
    let [red, green, blue] = ink;
    Fill {
        paint: rgb::Color::new(red, green, blue).into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::NonZero,
    }
}
