//! Texts broken into lines, as glyphs that know which letters they stand for.

use std::borrow::Cow;
use std::ops::Range;

use parley::style::{
    FontFamily, FontFamilyName, FontWeight, LineHeight, OverflowWrap, StyleProperty,
};
use parley::{Alignment, AlignmentOptions, Cluster, FontContext, Layout, LayoutContext};

use crate::fonts::{Fonts, SANS};
use crate::report::Span;

/// Which span of its text something belongs to.
type Mark = u16;

/// Where a word may break, and nothing is seen.
const BREAK: &str = "\u{200b}";

/// A colour: red, green, blue.
pub(crate) type Ink = [u8; 3];

pub(crate) const BLACK: Ink = [0, 0, 0];

/// How a text is set.
#[derive(Clone, Copy)]
pub(crate) struct Style {
    pub family: &'static str,
    pub size: f32,
    /// From line to line, in sizes.
    pub leading: f32,
    pub is_bold: bool,
    pub ink: Ink,
    /// Of what leads somewhere.
    pub links: Ink,
    /// Whether it stands at the right.
    pub at_right: bool,
}

impl Style {
    /// The same in bold.
    pub(crate) const fn bold(self) -> Self {
        Self {
            is_bold: true,
            ..self
        }
    }

    /// In a colour of its own, links too.
    pub(crate) const fn ink(self, ink: Ink) -> Self {
        Self {
            ink,
            links: ink,
            ..self
        }
    }

    /// The same at the right of its room.
    pub(crate) const fn at_right(self) -> Self {
        Self {
            at_right: true,
            ..self
        }
    }
}

/// A colour of six hexadecimal digits; black where it is none.
pub(crate) fn ink(digits: &str) -> Ink {
    let value = u32::from_str_radix(digits, 16).unwrap_or(0);
    let [_, red, green, blue] = value.to_be_bytes();
    [red, green, blue]
}

/// Lines of one text.
pub(crate) struct Text {
    /// All letters of it.
    pub letters: String,
    pub lines: Vec<Line>,
    /// From line to line.
    pub leading: f32,
    pub size: f32,
    /// Where each span leads, and its colour.
    pub spans: Vec<(Option<Target>, Ink)>,
}

/// Where a span leads.
#[derive(Clone, PartialEq)]
pub(crate) enum Target {
    /// To the heading with this anchor.
    Here(String),
    /// To an address.
    Url(String),
}

impl Target {
    /// Where a span leads, if anywhere.
    pub(crate) fn of(span: &Span) -> Option<Self> {
        match (&span.here, &span.url) {
            (Some(here), _) => Some(Self::Here(here.clone())),
            (None, url) => url.clone().map(Self::Url),
        }
    }
}

pub(crate) struct Line {
    pub runs: Vec<Run>,
}

/// Glyphs side by side, of one font and one span.
pub(crate) struct Run {
    /// Where the font stands in the order of [`Fonts`].
    pub font: u8,
    pub span: Mark,
    /// From the left edge of the text.
    pub x: f32,
    pub width: f32,
    pub glyphs: Vec<Glyph>,
}

/// Lengths are in sizes of the font.
#[derive(Clone, Copy)]
pub(crate) struct Glyph {
    pub id: u32,
    pub advance: f32,
    pub dx: f32,
    pub dy: f32,
    /// The bytes of the letters that it stands for.
    pub from: u32,
    pub to: u32,
}

/// Sets texts, with memory that it uses again.
pub(crate) struct Typist {
    files: Fonts,
    fonts: FontContext,
    layouts: LayoutContext<Mark>,
}

impl Text {
    /// The height of some of its lines.
    pub(crate) fn height(&self, n_lines: usize) -> f32 {
        self.leading * n_lines as f32
    }

    /// Where the letters of a line stand, from its top.
    pub(crate) fn baseline(&self) -> f32 {
        // What stands above and below the line of writing is about 4 to 1 in both fonts.
        (self.leading - self.size) / 2.0 + 0.8 * self.size
    }

    /// The runs of all lines.
    pub(crate) fn runs(&self) -> impl Iterator<Item = &Run> {
        self.lines.iter().flat_map(|it| &it.runs)
    }

    /// Where a run leads.
    pub(crate) fn target(&self, run: &Run) -> Option<&Target> {
        self.spans.get(usize::from(run.span))?.0.as_ref()
    }

    /// The colour of a run.
    pub(crate) fn ink(&self, run: &Run) -> Ink {
        let span = self.spans.get(usize::from(run.span));
        span.map_or(BLACK, |it| it.1)
    }

    /// How wide a line is.
    pub(crate) fn width(&self, line: usize) -> f32 {
        let last = self.lines.get(line).and_then(|it| it.runs.last());
        last.map_or(0.0, |it| it.x + it.width)
    }
}

impl Typist {
    pub(crate) fn new(files: &Fonts) -> Self {
        Self {
            files: files.clone(),
            fonts: files.for_layout(),
            layouts: LayoutContext::new(),
        }
    }

    /// Sets some words.
    pub(crate) fn words(&mut self, words: &str, style: Style, room: f32) -> Text {
        self.spans(&[Span::plain(words)], style, room)
    }

    /// Sets spans, one after the other, in lines that are as wide as `room` at most.
    pub(crate) fn spans(&mut self, spans: &[Span], style: Style, room: f32) -> Text {
        let letters: String = spans.iter().map(|it| &*it.text).collect();
        let layout = self.layout(&letters, spans, style, room);
        let lines = layout.lines().map(|line| Line {
            runs: runs(&line, &letters, style.size, &self.files),
        });
        let lines = lines.collect();
        let spans = spans.iter().map(|span| {
            let target = Target::of(span);
            let ink = target.as_ref().map_or(style.ink, |_| style.links);
            (target, ink)
        });
        Text {
            lines,
            leading: style.leading * style.size,
            size: style.size,
            spans: spans.collect(),
            letters,
        }
    }

    fn layout(&mut self, letters: &str, spans: &[Span], style: Style, room: f32) -> Layout<Mark> {
        let mut builder = self
            .layouts
            .ranged_builder(&mut self.fonts, letters, 1.0, false);
        let families = [style.family, SANS].map(|it| FontFamilyName::Named(Cow::Borrowed(it)));
        builder.push_default(FontFamily::List(Cow::Borrowed(&families)));
        builder.push_default(StyleProperty::FontSize(style.size));
        builder.push_default(LineHeight::FontSizeRelative(style.leading));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        if style.is_bold {
            builder.push_default(FontWeight::BOLD);
        }
        let mut from = 0;
        for (mark, span) in (0..).zip(spans) {
            let range = from..from + span.text.len();
            from = range.end;
            if span.strong {
                builder.push(FontWeight::BOLD, range.clone());
            }
            builder.push(StyleProperty::Brush(mark), range);
        }
        let mut layout = builder.build(letters);
        layout.break_all_lines(Some(room));
        let alignment = if style.at_right {
            Alignment::Right
        } else {
            Alignment::Start
        };
        layout.align(alignment, AlignmentOptions::default());
        layout
    }
}

fn runs(line: &parley::Line<'_, Mark>, text: &str, size: f32, files: &Fonts) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut x = line.metrics().offset;
    for run in line.runs() {
        let font = files.place(run.font().data.id());
        let first = runs.len();
        for cluster in run.visual_clusters() {
            let span = cluster.style().brush;
            let letters = cluster.text_range();
            let advance = cluster.advance();
            if first == runs.len() || runs.last().is_some_and(|it| it.span != span) {
                runs.push(Run {
                    font,
                    span,
                    x,
                    width: 0.0,
                    glyphs: Vec::new(),
                });
            }
            if let Some(run) = runs.last_mut() {
                run.width += advance;
                // What may be broken at is not seen, nor is it read out.
                if text.get(letters.clone()) != Some(BREAK) {
                    add(&mut run.glyphs, &cluster, letters, size);
                }
            }
            x += advance;
        }
    }
    runs
}

fn add(glyphs: &mut Vec<Glyph>, cluster: &Cluster<'_, Mark>, letters: Range<usize>, size: f32) {
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    if cluster.is_ligature_continuation() {
        if let Some(last) = glyphs.last_mut() {
            last.to = place(letters.end).max(last.to);
            last.from = place(letters.start).min(last.from);
        }
        return;
    }
    if cluster.is_hard_line_break() {
        return;
    }
    glyphs.extend(cluster.glyphs().map(|it| Glyph {
        id: it.id,
        advance: it.advance / size,
        dx: it.x / size,
        dy: it.y / size,
        from: place(letters.start),
        to: place(letters.end),
    }));
}
