//! The picture of a map as the typesetter takes it: pages for PDF, pixels for PNG.
//!
//! A large map is too large for a page of PDF, which has a largest size. It goes over several then,
//! each with the label, and what stands at their edges is on both: so everything can be read in its
//! real size. A bitmap has to be scaled down.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::sheet::Sheet;
use super::svg::{Drawn, NARROWEST, Part, TOP};
use super::words::{count, legal, signed};

/// Pixels of a page's longer side: 14,400 points are the most that readers of PDF have to show.
const PAGE: u32 = 19_000;
/// What two pages have in common.
const SHARED: u32 = 160;
/// Pixels of a bitmap's longer side.
const SIDE: f64 = 16_384.0;
/// Pixels of a bitmap.
const PIXELS: f64 = 32_000_000.0;
/// Where there is room, letters are this much sharper than on a screen of old.
const SHARPEST: f64 = 2.0;

/// The pages of a map.
pub(super) fn pdf(sheet: &Sheet) -> Vec<u8> {
    let drawn = Drawn::of(sheet);
    let n = count(signed(sheet.nodes.len()), "idea");
    let alt = format!(
        "Mind map {} ({}) of {n}. The same as text: export it as Markdown or OPML.",
        sheet.title,
        sheet.label()
    );
    let parts = parts(sheet, &drawn);
    let page = |part: &Part| -> Json {
        let name = &part.name;
        let alt = if name.is_empty() {
            alt.clone()
        } else {
            format!("{alt} This is {name}.")
        };
        json!({ "width": part.width, "height": part.height + TOP, "alt": legal(&alt),
                "svg": text(drawn.svg(part)) })
    };
    let data = json!({
        "title": legal(&format!("{} ({})", sheet.title, sheet.label())),
        "about": legal(&sheet.session),
        "date": day(sheet),
        "lang": "en",
        "pages": parts.iter().map(page).collect::<Vec<_>>(),
    });
    data.to_string().into_bytes()
}

/// The bitmap of a map.
pub(super) fn png(sheet: &Sheet) -> Vec<u8> {
    let drawn = Drawn::of(sheet);
    let part = drawn.whole();
    let data = json!({ "svg": text(drawn.svg(&part)), "scale": scale(&part) });
    data.to_string().into_bytes()
}

/// By how many hundredths of its size a bitmap of the map is shown, where that is less than all.
pub(super) fn shrunk(sheet: &Sheet) -> Option<f64> {
    let scale = scale(&Drawn::of(sheet).whole());
    (scale < 1.0).then_some((scale * 1000.0).round() / 10.0)
}

fn scale(part: &Part) -> f64 {
    let (width, height) = (f64::from(part.width), f64::from(part.height + TOP));
    let by_side = SIDE / width.max(height);
    let by_pixels = (PIXELS / (width * height)).sqrt();
    SHARPEST.min(by_side).min(by_pixels)
}

fn text(svg: Vec<u8>) -> String {
    String::from_utf8(svg).unwrap_or_default()
}

/// Year, month and day of the export.
fn day(sheet: &Sheet) -> Vec<i32> {
    let day: String = sheet.at.to_rfc3339().chars().take(10).collect();
    day.split('-').filter_map(|it| it.parse().ok()).collect()
}

/// The map in parts that fit on pages, those without a box left out; the whole where it fits.
fn parts(sheet: &Sheet, drawn: &Drawn<'_>) -> Vec<Part> {
    let whole = drawn.whole();
    if whole.width <= PAGE && whole.height <= PAGE - TOP {
        return vec![whole];
    }
    let mut parts: BTreeMap<(u32, u32), Part> = BTreeMap::new();
    for at in 0..drawn.layout.boxes.len() {
        for place in places(drawn, at) {
            part(&mut parts, &whole, place).boxes.push(at);
        }
    }
    for (at, node) in sheet.nodes.iter().enumerate() {
        for end in std::iter::once(at).chain(node.parent) {
            for place in places(drawn, end) {
                let edges = &mut part(&mut parts, &whole, place).edges;
                if edges.last() != Some(&at) {
                    edges.push(at);
                }
            }
        }
    }
    let n = parts.len();
    let named = parts.into_values().zip(1..).map(|(part, at)| Part {
        name: format!("part {at} of {n}"),
        ..part
    });
    named.collect()
}

/// How far one page is from the next.
const STEP: u32 = PAGE - TOP - SHARED;

/// The rows and columns of the pages that a box is on.
fn places(drawn: &Drawn<'_>, at: usize) -> impl Iterator<Item = (u32, u32)> + use<> {
    let own = &drawn.layout.boxes[at];
    let columns = steps(own.x, own.width);
    let rows = steps(own.y.saturating_sub(TOP), own.height);
    rows.flat_map(move |row| columns.clone().map(move |column| (row, column)))
}

/// The steps that reach from `from` over `length`, each of them longer by what it shares.
fn steps(from: u32, length: u32) -> std::ops::RangeInclusive<u32> {
    from.saturating_sub(SHARED) / STEP..=from.saturating_add(length) / STEP
}

/// The part at a row and a column, begun where there is none.
fn part<'a>(
    parts: &'a mut BTreeMap<(u32, u32), Part>,
    whole: &Part,
    (row, column): (u32, u32),
) -> &'a mut Part {
    let (x, y) = (column * STEP, row * STEP);
    let size = |all: u32, from: u32| all.saturating_sub(from).min(STEP + SHARED);
    parts.entry((row, column)).or_insert_with(|| Part {
        x,
        y: TOP + y,
        width: size(whole.width, x).max(NARROWEST),
        height: size(whole.height, y),
        boxes: Vec::new(),
        edges: Vec::new(),
        name: String::new(),
    })
}
