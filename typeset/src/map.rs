//! A map as PDF: pages that are as large as what stands on them.

use krilla::geom::Size;
use krilla::page::PageSettings;
use krilla::tagging::{ContentTag, Tag, TagGroup, TagTree};
use krilla_svg::{SurfaceExt, SvgSettings};
use rayon::prelude::*;
use resvg::usvg::Tree;
use serde::Deserialize;

use crate::fonts;
use crate::pdf::{self, About};

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
    let options = fonts::for_pictures();
    let read = |page: &Page| Tree::from_str(&page.svg, &options).map_err(|error| error.to_string());
    let trees: Vec<Tree> = map.pages.par_iter().map(read).collect::<Result<_, _>>()?;
    pdf::write(&map.about, data, |document| {
        let mut tags = TagTree::new().with_lang(Some(map.about.language()));
        for (page, tree) in map.pages.iter().zip(&trees) {
            let (width, height) = (page.width * POINTS, page.height * POINTS);
            let size = Size::from_wh(width, height).ok_or("a page has no size")?;
            let settings = PageSettings::from_wh(width, height).ok_or("a page has no size")?;
            let mut page_of_file = document.start_page_with(settings);
            let mut surface = page_of_file.surface();
            let drawn = surface.start_tagged(ContentTag::Other);
            surface.draw_svg(tree, size, SvgSettings::default());
            surface.end_tagged();
            surface.finish();
            let figure = Tag::Figure(Some(page.alt.clone()));
            tags.push(TagGroup::with_children(figure, vec![drawn.into()]));
        }
        document.set_tag_tree(tags);
        Ok(())
    })
}
