//! How a report looks: lengths in points, colours, and how each kind of text is set.

use crate::fonts::{NARROW, SERIF};
use crate::text::{Ink, Style};

pub(crate) const BLUE: Ink = [0x0B, 0x4F, 0x7D];
pub(crate) const GREY: Ink = [0x3A, 0x45, 0x4D];
pub(crate) const LINE: Ink = [0xC3, 0xCC, 0xD4];
pub(crate) const HEAD: Ink = [0xE7, 0xEC, 0xF1];
pub(crate) const NOTE: Ink = [0xEE, 0xF4, 0xF9];

/// Millimetres in points.
pub(crate) const MM: f32 = 72.0 / 25.4;

/// A4 (ISO 216), and what of it is for the text.
pub(crate) const WIDTH: f32 = 210.0 * MM;
pub(crate) const HEIGHT: f32 = 297.0 * MM;
pub(crate) const LEFT: f32 = 22.0 * MM;
pub(crate) const TOP: f32 = 25.0 * MM;
pub(crate) const BOTTOM: f32 = HEIGHT - 23.0 * MM;
pub(crate) const ROOM: f32 = WIDTH - 2.0 * LEFT;
/// Where the lines at the head and the foot of a page stand.
pub(crate) const RUNNING: f32 = 15.0 * MM;
pub(crate) const FOOT: f32 = HEIGHT - 15.0 * MM;

/// Between what is in a cell and its edge.
pub(crate) const INSET: f32 = 5.0;
/// The lines of tables.
pub(crate) const HAIR: f32 = 0.5;
/// Between a note and its edge, and the bar on its left.
pub(crate) const PADDING: f32 = 8.0;
pub(crate) const BAR: f32 = 3.0;
/// Where the items of a list begin, and what is said of a fact.
pub(crate) const INDENT: f32 = 16.0;
pub(crate) const LABELS: f32 = 126.0;

const fn style(family: &'static str, size: f32, leading: f32) -> Style {
    Style {
        family,
        size,
        leading,
        is_bold: false,
        ink: crate::text::BLACK,
        links: BLUE,
        at_right: false,
    }
}

pub(crate) const TEXT: Style = style(SERIF, 10.5, 1.3);
pub(crate) const STRONG: Style = TEXT.bold();
pub(crate) const CELL: Style = style(NARROW, 8.5, 1.25);
pub(crate) const HEADER: Style = CELL.bold();
pub(crate) const CAPTION: Style = style(NARROW, 8.5, 1.3);
pub(crate) const EDGE: Style = style(NARROW, 8.0, 1.2).ink(GREY);
pub(crate) const EDGE_BOLD: Style = EDGE.bold();
pub(crate) const LABEL: Style = style(NARROW, 10.0, 1.2).bold().ink(GREY);
pub(crate) const TITLE: Style = style(NARROW, 25.0, 1.15).bold().ink(BLUE);

/// Of headings by level, from 1.
pub(crate) const fn heading(level: u16) -> Style {
    let size = match level {
        1 => 17.0,
        2 => 13.0,
        _ => 11.0,
    };
    style(NARROW, size, 1.2).bold().ink(BLUE)
}
