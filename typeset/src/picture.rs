//! A map as a picture of pixels.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::Tree;
use serde::Deserialize;

use crate::fonts;

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
    let tree =
        Tree::from_str(&wanted.svg, &fonts::for_pictures()).map_err(|error| error.to_string())?;
    let size = tree.size().to_int_size().scale_by(wanted.scale);
    let size = size.ok_or("there is no such scale")?;
    let (width, height) = (size.width(), size.height());
    if MOST < width as f32 * height as f32 {
        return Err(format!("{width} x {height} are too many pixels"));
    }
    let mut pixels = Pixmap::new(width, height).ok_or("there is no room for the picture")?;
    let scale = Transform::from_scale(wanted.scale, wanted.scale);
    resvg::render(&tree, scale, &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| error.to_string())
}
