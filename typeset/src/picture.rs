//! A map as a picture of pixels.

use std::collections::HashMap;

use resvg::tiny_skia::{FillRule, Paint, Path, PathBuilder, Pixmap, Transform};

use serde::Deserialize;
use ttf_parser::{Face, GlyphId, OutlineBuilder};

use crate::drawing::Drawing;
use crate::fonts::Fonts;
use crate::text::{Run, Text, Typist};

/// Pixels of a picture: four bytes each while it is drawn.
const MOST: f32 = 40_000_000.0;

/// What to draw.
#[derive(Deserialize)]
struct Wanted {
    /// The picture, as SVG.
    svg: String,
    /// How large: 1 is a pixel for a pixel.
    scale: f32,
}

/// Draws a picture.
pub(crate) fn draw(data: &str) -> Result<Vec<u8>, String> {
    let wanted: Wanted = serde_json::from_str(data).map_err(|error| error.to_string())?;
    let fonts = Fonts::new();
    let drawing = Drawing::read(&wanted.svg, &mut Typist::new(&fonts))?;
    let size = drawing.shapes.size().to_int_size().scale_by(wanted.scale);
    let size = size.ok_or("there is no such scale")?;
    let (width, height) = (size.width(), size.height());
    if MOST < width as f32 * height as f32 {
        return Err(format!("{width} x {height} are too many pixels"));
    }
    let mut pixels = Pixmap::new(width, height).ok_or("there is no room for the picture")?;
    let scale = Transform::from_scale(wanted.scale, wanted.scale);
    resvg::render(&drawing.shapes, scale, &mut pixels.as_mut());
    let mut shapes = Shapes::new(&fonts)?;
    for line in &drawing.lines {
        for run in line.text.runs() {
            let place = scale.pre_translate(line.x + run.x, line.y);
            shapes.draw(&mut pixels, (&line.text, run), place);
        }
    }
    pixels.encode_png().map_err(|error| error.to_string())
}

/// The shapes of glyphs, each read once.
struct Shapes<'a> {
    faces: Vec<Face<'a>>,
    /// In units of the font, upwards; none where there is nothing to be seen.
    known: HashMap<(u8, u32), Option<Path>>,
}

impl<'a> Shapes<'a> {
    fn new(fonts: &'a Fonts) -> Result<Self, String> {
        let face = |file| Face::parse(file, 0).map_err(|error| error.to_string());
        Ok(Self {
            faces: fonts.files().map(face).collect::<Result<_, _>>()?,
            known: HashMap::new(),
        })
    }

    /// Draws the glyphs of a run as one shape.
    fn draw(&mut self, pixels: &mut Pixmap, (text, run): (&Text, &Run), place: Transform) {
        let Some(face) = self.faces.get(usize::from(run.font)) else {
            return;
        };
        let unit = text.size / f32::from(face.units_per_em());
        let mut all = PathBuilder::new();
        let mut x = 0.0;
        for glyph in &run.glyphs {
            let known = self.known.entry((run.font, glyph.id));
            let shape = known.or_insert_with(|| shape(face, glyph.id)).clone();
            let (dx, dy) = (glyph.dx * text.size, glyph.dy * text.size);
            let at = Transform::from_row(unit, 0.0, 0.0, -unit, x + dx, -dy);
            if let Some(shape) = shape.and_then(|it| it.transform(at)) {
                all.push_path(&shape);
            }
            x += glyph.advance * text.size;
        }
        let [red, green, blue] = text.ink(run);
        let mut paint = Paint::default();
        paint.set_color_rgba8(red, green, blue, u8::MAX);
        if let Some(all) = all.finish() {
            pixels.fill_path(&all, &paint, FillRule::Winding, place, None);
        }
    }
}

fn shape(face: &Face<'_>, id: u32) -> Option<Path> {
    let mut outline = Outline(PathBuilder::new());
    let id = GlyphId(u16::try_from(id).ok()?);
    face.outline_glyph(id, &mut outline)?;
    outline.0.finish()
}

/// Takes the outline of a glyph down.
struct Outline(PathBuilder);

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}
