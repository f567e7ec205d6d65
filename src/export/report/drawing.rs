//! The pictures of a report as rectangles and words, before any format draws them.

use crate::report::document::{Bar, Bars, Matrix, MatrixRow, Picture, To, Tone};

/// How wide every picture is.
const WIDTH: u32 = 640;

/// A picture in units of a pixel.
pub(super) struct Drawing {
    /// Its width.
    pub(super) width: u32,
    /// Its height.
    pub(super) height: u32,
    /// What is in it, what lies below first.
    pub(super) shapes: Vec<Shape>,
}

/// A part of a picture.
pub(super) enum Shape {
    /// A filled rectangle.
    Rect {
        /// Left edge.
        x: u32,
        /// Upper edge.
        y: u32,
        /// Width.
        w: u32,
        /// Height.
        h: u32,
        /// Its colour.
        tone: Tone,
        /// What it says when somebody points at it, and where it leads.
        link: Option<(String, To)>,
    },
    /// Words on one line.
    Words {
        /// Where they begin or end, or their middle.
        x: u32,
        /// Their base line.
        y: u32,
        /// How high they are.
        size: u32,
        /// Which of these `x` is.
        align: Align,
        /// The colour that they stand on; none for the page's.
        on: Option<Tone>,
        /// Whether they run upwards.
        is_turned: bool,
        /// The words.
        text: String,
        /// Where they lead.
        to: Option<To>,
    },
}

impl Shape {
    /// What it says of where it leads, and where that is.
    pub(super) fn link(&self) -> Option<(&str, &To)> {
        match self {
            Self::Rect { link, .. } => link.as_ref().map(|(words, to)| (&**words, to)),
            Self::Words { text, to, .. } => to.as_ref().map(|to| (&**text, to)),
        }
    }
}

/// Which part of words stands where they are put.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Align {
    /// Their beginning.
    Start,
    /// Their middle.
    Middle,
}

/// Draws a picture.
pub(super) fn draw(picture: &Picture) -> Drawing {
    match picture {
        Picture::Bars(bars) => self::bars(bars),
        Picture::Matrix(matrix) => self::matrix(matrix),
    }
}

const BAR: u32 = 22;
const BAR_STEP: u32 = 32;
const BAR_LEFT: u32 = 210;

fn bars(Bars { bars, legend }: &Bars) -> Drawing {
    let total = |bar: &Bar| bar.parts.iter().map(|it| it.1).sum::<usize>();
    let most = bars.iter().map(total).max().unwrap_or(0).max(1);
    let room = WIDTH - BAR_LEFT - 10;
    let mut shapes = Vec::new();
    let mut y = 6;
    for bar in bars {
        shapes.push(words(0, y + 15, 12, cut(&bar.label, 32)));
        let mut before = 0;
        for (tone, n) in &bar.parts {
            let x = BAR_LEFT + share(before, most, room);
            let end = BAR_LEFT + share(before + n, most, room);
            before += n;
            if x == end {
                continue;
            }
            let w = end - x;
            shapes.push(Shape::Rect {
                x,
                y,
                w,
                h: BAR,
                tone: *tone,
                link: None,
            });
            if 14 <= w {
                shapes.push(Shape::Words {
                    x: x + w / 2,
                    y: y + 15,
                    size: 12,
                    align: Align::Middle,
                    on: Some(*tone),
                    is_turned: false,
                    text: n.to_string(),
                    to: None,
                });
            }
        }
        y += BAR_STEP;
    }
    self::legend(&mut shapes, legend, y + 4);
    Drawing {
        width: WIDTH,
        height: y + 32,
        shapes,
    }
}

fn share(n: usize, most: usize, room: u32) -> u32 {
    let part = u64::try_from(n)
        .unwrap_or(u64::MAX)
        .saturating_mul(u64::from(room));
    let share = part / u64::try_from(most).unwrap_or(1).max(1);
    u32::try_from(share).unwrap_or(room)
}

fn legend(shapes: &mut Vec<Shape>, legend: &[(Tone, &str)], y: u32) {
    let mut x = BAR_LEFT;
    for &(tone, word) in legend {
        shapes.push(Shape::Rect {
            x,
            y,
            w: 12,
            h: 12,
            tone,
            link: None,
        });
        shapes.push(words(x + 18, y + 11, 12, word.to_owned()));
        x += 80;
    }
}

const CELL: u32 = 22;
const LABELS: u32 = 300;
const HEAD: u32 = 60;

fn matrix(matrix: &Matrix) -> Drawing {
    let mut shapes = Vec::new();
    let mut x = LABELS;
    for (number, to) in &matrix.columns {
        shapes.push(Shape::Words {
            x: x + CELL / 2 + 4,
            y: HEAD - 6,
            size: 12,
            align: Align::Start,
            on: None,
            is_turned: true,
            text: number.clone(),
            to: Some(to.clone()),
        });
        x += CELL + 2;
    }
    let width = x.max(WIDTH);
    let mut y = HEAD;
    for row in &matrix.rows {
        gap(&mut shapes, row, y);
        y += CELL + 2;
    }
    Drawing {
        width,
        height: y + 4,
        shapes,
    }
}

/// A gap's light, its name, and its fits.
fn gap(shapes: &mut Vec<Shape>, row: &MatrixRow, y: u32) {
    shapes.push(Shape::Rect {
        x: 0,
        y: y + 4,
        w: 14,
        h: 14,
        tone: row.light,
        link: None,
    });
    let name = cut(&format!("{} {}", row.number, row.title), 38);
    let mut label = words(20, y + 15, 12, name);
    if let Shape::Words { to, .. } = &mut label {
        *to = Some(row.to.clone());
    }
    shapes.push(label);
    for (at, cell) in (0_u32..).zip(&row.cells) {
        let Some(cell) = cell else { continue };
        let x = LABELS + at * (CELL + 2);
        shapes.push(Shape::Rect {
            x,
            y,
            w: CELL,
            h: CELL,
            tone: cell.tone,
            link: Some((cell.title.clone(), cell.to.clone())),
        });
        shapes.push(Shape::Words {
            x: x + CELL / 2,
            y: y + 15,
            size: 12,
            align: Align::Middle,
            on: Some(cell.tone),
            is_turned: false,
            text: cell.letter.to_owned(),
            to: None,
        });
    }
}

fn words(x: u32, y: u32, size: u32, text: String) -> Shape {
    Shape::Words {
        x,
        y,
        size,
        align: Align::Start,
        on: None,
        is_turned: false,
        text,
        to: None,
    }
}

/// The first characters of a text, with a sign where it goes on.
fn cut(text: &str, chars: usize) -> String {
    match text.char_indices().nth(chars) {
        None => text.to_owned(),
        Some(_) => {
            let start: String = text.chars().take(chars - 1).collect();
            format!("{}\u{2026}", start.trim_end())
        }
    }
}
