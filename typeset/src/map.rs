//! A map as PDF: pages that are as large as what stands on them.

use krilla::geom::{Size, Transform};
use krilla::page::PageSettings;
use krilla::tagging::{ContentTag, Tag, TagGroup, TagTree};
use krilla_svg::{SurfaceExt, SvgSettings};
use rayon::prelude::*;
use serde::Deserialize;

use crate::drawing::Drawing;
use crate::fonts::Fonts;
use crate::letters;
use crate::pdf::{self, About};
use crate::text::Typist;

/// Points of a unit of a picture.
pub(crate) const POINTS: f32 = 0.75;

#[derive(Deserialize)]
struct Map {
    #[serde(flatten)]
    about: About,
    pages: Vec<Page>,
}

#[derive(Deserialize)]
struct Page {
    /// In units of the picture.
    width: f32,
    height: f32,
    svg: String,
    /// What a page shows, for those who do not see it.
    alt: String,
}

/// Sets a map.
///
/// # Errors
///
/// What cannot be read or drawn, without its texts.
pub(crate) fn set(data: &str) -> Result<Vec<u8>, String> {
    let map: Map = serde_json::from_str(data).map_err(|error| error.to_string())?;
    let fonts = Fonts::new();
    let pages = map.pages.par_iter();
    let read = |typist: &mut Typist, page: &Page| Drawing::read(&page.svg, typist);
    let drawings = pages.map_init(|| Typist::new(&fonts), read);
    let drawings: Vec<Drawing> = drawings.collect::<Result<_, _>>()?;
    pdf::write(&map.about, data, |document| {
        let mut tags = TagTree::new().with_lang(Some(map.about.language()));
        let fonts = fonts.for_file()?;
        for (page, drawing) in map.pages.iter().zip(&drawings) {
            let (width, height) = (page.width * POINTS, page.height * POINTS);
            let size = Size::from_wh(width, height).ok_or("a page has no size")?;
            let settings = PageSettings::from_wh(width, height).ok_or("a page has no size")?;
            let mut page_of_file = document.start_page_with(settings);
            let mut surface = page_of_file.surface();
            let drawn = surface.start_tagged(ContentTag::Other);
            surface.draw_svg(&drawing.shapes, size, SvgSettings::default());
            surface.push_transform(&Transform::from_scale(POINTS, POINTS));
            for line in &drawing.lines {
                for run in line.text.runs() {
                    letters::draw(&mut surface, &fonts, (&line.text, run), (line.x, line.y));
                }
            }
            surface.pop();
            surface.end_tagged();
            surface.finish();
            let figure = Tag::Figure(Some(page.alt.clone()));
            tags.push(TagGroup::with_children(figure, vec![drawn.into()]));
        }
        document.set_tag_tree(tags);
        Ok(())
    })
}
