//! Pages drawn into a file.

use std::collections::HashMap;

use krilla::Document;
use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target as Goal};
use krilla::destination::XyzDestination;
use krilla::geom::{Path, PathBuilder, Quadrilateral, Rect, Size, Transform};
use krilla::page::{Page, PageSettings};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, TagTree};
use krilla::text::Font;
use krilla_svg::{SurfaceExt, SvgSettings};

use super::data::Report;
use super::flow::{Area, Lines, Part};
use super::headings::headings;
use super::look;
use super::pages::{Placed, Stack};
use super::tags::{Element, Elements, What};
use crate::fonts::Fonts;
use crate::letters;
use crate::text::{Run, Target, Text, Typist};

/// What is drawn with.
struct Pen {
    fonts: Vec<Font>,
    /// Where the headings are, by anchor.
    places: HashMap<String, XyzDestination>,
}

/// A link on the page that is drawn.
struct Link {
    element: Element,
    /// Its block, and the element that it is in.
    of: (usize, Element),
    target: Target,
    words: String,
    lines: Vec<Rect>,
}

/// Draws the parts of a report one after the other, and says what is what.
///
/// # Errors
///
/// A font that cannot be read, or a length that is none.
pub(crate) fn write(
    document: &mut Document,
    report: &Report,
    parts: &[Stack],
    fonts: &Fonts,
) -> Result<(), String> {
    let n_pages = parts.iter().map(Stack::n_pages).sum();
    let mut typist = Typist::new(fonts);
    let mut tags = TagTree::new().with_lang(Some(report.about.language()));
    let (places, outline) = headings(parts);
    let pen = Pen {
        fonts: fonts.for_file()?,
        places,
    };
    let mut number = 0;
    for part in parts {
        let Stack { flows, pages, .. } = part;
        // A file may have to be drawn twice.
        let elements = flows.iter().map(|it| it.elements.clone());
        let mut elements: Vec<Elements> = elements.collect();
        for rows in pages {
            number += 1;
            let settings = PageSettings::from_wh(look::WIDTH, look::HEIGHT);
            let mut page = document.start_page_with(settings.ok_or("a page has no size")?);
            let mut links = Vec::new();
            let mut surface = page.surface();
            pen.edges(&mut surface, report, (number, n_pages), &mut typist);
            for placed in rows.iter() {
                pen.row(&mut surface, placed, &mut elements[placed.flow], &mut links)?;
            }
            surface.finish();
            for link in links {
                pen.link(&mut page, link, &mut elements)?;
            }
        }
        for block in elements {
            for element in block.finish() {
                tags.push(element);
            }
        }
    }
    document.set_tag_tree(tags);
    document.set_outline(outline);
    Ok(())
}

impl Link {
    /// The link that was begun last, if it goes on here; else a new one.
    fn at(
        links: &mut Vec<Self>,
        of: (usize, Element),
        target: &Target,
        elements: &mut Elements,
    ) -> usize {
        let goes_on = links
            .last()
            .is_some_and(|it| it.of == of && it.target == *target);
        if !goes_on {
            links.push(Self {
                element: elements.inside(of.1, What::Link),
                of,
                target: target.clone(),
                words: String::new(),
                lines: Vec::new(),
            });
        }
        links.len() - 1
    }

    fn add(&mut self, area: Rect, text: &Text, run: &Run) {
        self.lines.push(area);
        let from = run.glyphs.iter().map(|it| it.from).min();
        let to = run.glyphs.iter().map(|it| it.to).max();
        if let (Some(from), Some(to)) = (from, to) {
            let letters = text.letters.get(from as usize..to as usize);
            self.words.push_str(letters.unwrap_or_default());
        }
    }
}

impl Pen {
    /// What stands at the head and the foot of every page.
    fn edges(
        &self,
        surface: &mut Surface<'_>,
        report: &Report,
        (number, n_pages): (usize, usize),
        typist: &mut Typist,
    ) {
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(
            ArtifactType::Page,
        )));
        let half = look::ROOM * 0.7;
        let rest = look::ROOM - half;
        let numbers = format!("{number} / {n_pages}");
        for (words, style, at, room, y) in [
            (&*report.running, look::EDGE, 0.0, half, look::RUNNING),
            (
                &*report.label,
                look::EDGE_BOLD.at_right(),
                half,
                rest,
                look::RUNNING,
            ),
            (&*report.label, look::EDGE_BOLD, 0.0, half, look::FOOT),
            (&*numbers, look::EDGE.at_right(), half, rest, look::FOOT),
        ] {
            let text = typist.words(words, style, room);
            // A long title has two lines at the most.
            for line in 0..text.lines.len().min(2) {
                let y = y + text.leading * line as f32 + text.baseline();
                self.runs(surface, &text, line, look::LEFT + at, y);
            }
        }
        surface.end_tagged();
    }

    fn row(
        &self,
        surface: &mut Surface<'_>,
        placed: &Placed,
        elements: &mut Elements,
        links: &mut Vec<Link>,
    ) -> Result<(), String> {
        for part in &placed.row.parts {
            match part {
                Part::Fill(area) => fill_area(surface, area, placed.y)?,
                Part::Picture {
                    tree,
                    width,
                    height,
                    element,
                    links: parts,
                } => {
                    let size = Size::from_wh(*width, *height).ok_or("a picture has no size")?;
                    let drawn = surface.start_tagged(ContentTag::Other);
                    surface.push_transform(&Transform::from_translate(look::LEFT, placed.y));
                    surface.draw_svg(tree, size, SvgSettings::default());
                    surface.pop();
                    surface.end_tagged();
                    elements.drawn(*element, drawn);
                    for (area, target, words) in parts.iter().filter(|it| self.leads(&it.1)) {
                        let to_page = Transform::from_translate(look::LEFT, placed.y);
                        links.push(Link {
                            element: elements.inside(*element, What::Link),
                            of: (placed.flow, *element),
                            target: target.clone(),
                            words: words.clone(),
                            lines: area.transform(to_page).into_iter().collect(),
                        });
                    }
                }
                Part::Text(lines) => match lines.element.filter(|_| !placed.is_again) {
                    Some(element) => {
                        let of = (placed.flow, element);
                        self.text(surface, lines, placed.y, of, elements, links);
                    }
                    None => self.decoration(surface, lines, placed.y),
                },
            }
        }
        Ok(())
    }

    /// Draws lines that are only to look at.
    fn decoration(&self, surface: &mut Surface<'_>, part: &Lines, down: f32) {
        start_decoration(surface);
        let text = &*part.text;
        for (at, line) in part.lines.clone().enumerate() {
            let y = down + part.y + text.height(at) + text.baseline();
            self.runs(surface, text, line, look::LEFT + part.x, y);
        }
        surface.end_tagged();
    }

    /// Draws lines for an element: each stretch that leads somewhere for a link in it.
    fn text(
        &self,
        surface: &mut Surface<'_>,
        part: &Lines,
        down: f32,
        of: (usize, Element),
        elements: &mut Elements,
        links: &mut Vec<Link>,
    ) {
        let (text, left) = (&*part.text, look::LEFT + part.x);
        // What is being drawn for: a link, or the element itself.
        let mut drawing: Option<Option<usize>> = None;
        for (at, line) in part.lines.clone().enumerate() {
            let top = down + part.y + text.height(at);
            for run in &text.lines[line].runs {
                let (x, width) = (left + run.x, run.width.max(0.1));
                let area = Rect::from_xywh(x, top, width, text.leading);
                let target = text.target(run).filter(|it| self.leads(it));
                let link = target.zip(area).map(|(target, area)| {
                    let at = Link::at(links, of, target, elements);
                    links[at].add(area, text, run);
                    at
                });
                if drawing != Some(link) {
                    if drawing.is_some() {
                        surface.end_tagged();
                    }
                    let drawn = surface.start_tagged(ContentTag::Other);
                    elements.drawn(link.map_or(of.1, |it| links[it].element), drawn);
                    drawing = Some(link);
                }
                let place = (left, top + text.baseline());
                letters::draw(surface, &self.fonts, (text, run), place);
            }
        }
        if drawing.is_some() {
            surface.end_tagged();
        }
    }

    fn leads(&self, target: &Target) -> bool {
        match target {
            Target::Here(anchor) => self.places.contains_key(anchor),
            Target::Url(_) => true,
        }
    }

    fn runs(&self, surface: &mut Surface<'_>, text: &Text, line: usize, x: f32, y: f32) {
        for run in &text.lines[line].runs {
            letters::draw(surface, &self.fonts, (text, run), (x, y));
        }
    }

    fn link(
        &self,
        page: &mut Page<'_>,
        link: Link,
        elements: &mut [Elements],
    ) -> Result<(), String> {
        let goal = match &link.target {
            Target::Url(address) => Goal::Action(Action::Link(LinkAction::new(address.clone()))),
            Target::Here(anchor) => {
                let place = self.places.get(anchor).ok_or("a link leads nowhere")?;
                Goal::Destination(place.clone().into())
            }
        };
        let lines: Vec<Quadrilateral> = link.lines.into_iter().map(Quadrilateral::from).collect();
        let annotation = LinkAnnotation::new_with_quad_points(lines, goal);
        let annotation = Annotation::new_link(annotation, Some(link.words));
        let drawn = page.add_tagged_annotation(annotation);
        elements[link.of.0].drawn(link.element, drawn);
        Ok(())
    }
}

fn path(area: Rect) -> Option<Path> {
    let mut path = PathBuilder::new();
    path.push_rect(area);
    path.finish()
}

/// Begins something that is only to look at.
fn start_decoration(surface: &mut Surface<'_>) {
    let kind = Artifact::with_kind(ArtifactType::Other);
    surface.start_tagged(ContentTag::Artifact(kind));
}

fn fill_area(surface: &mut Surface<'_>, area: &Area, down: f32) -> Result<(), String> {
    let (x, y) = (look::LEFT + area.x, down + area.y);
    let place = Rect::from_xywh(x, y, area.width, area.height);
    let path = place.and_then(path).ok_or("a box has no size")?;
    start_decoration(surface);
    surface.set_fill(Some(letters::fill(area.ink)));
    surface.draw_path(&path);
    surface.end_tagged();
    Ok(())
}
