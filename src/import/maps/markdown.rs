//! Markdown as outlines are written in it: headings, and lists below them.
//!
//! What stands under a heading or in an item beside its first line is the node's note.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::build::{At, Builder};
use super::encoding::line_at;
use super::loss::Loss;
use crate::import::trouble::FileRefused;
use crate::mindmap::schema::Kind;

pub(super) fn read(text: &str, into: &mut Builder) -> Result<(), FileRefused> {
    let options = Options::ENABLE_TASKLISTS | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let mut reader = Reader::new(into);
    for (event, place) in Parser::new_ext(text, options).into_offset_iter() {
        reader.take(event).map_err(|error| {
            FileRefused::new(format!(
                "line {}: {error}",
                line_at(text.as_bytes(), place.start)
            ))
        })?;
    }
    Ok(())
}

/// Where text goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Nowhere: between blocks.
    Between,
    /// Into a node's words.
    Words,
    /// Into the note of the node before.
    Note,
    /// Into what the file says of itself.
    Front,
}

struct Reader<'a> {
    into: &'a mut Builder,
    mode: Mode,
    /// The headings that are open, by their level.
    headings: Vec<usize>,
    /// The items that are open, and the node of each that has one.
    items: Vec<Option<At>>,
    level: usize,
    text: String,
    kind: Option<Kind>,
    /// Where the emphasis that is open begins in the text.
    emphasis: Option<usize>,
    /// Whether the strong text that is open begins the node.
    is_lead: bool,
    depth_said: Option<usize>,
    urls: Vec<String>,
    lost: Vec<Loss>,
    /// How many quotes are open.
    quotes: usize,
    /// Whether our export wrote the file, and what it adds in emphasis is no text.
    is_ours: bool,
}

impl<'a> Reader<'a> {
    fn new(into: &'a mut Builder) -> Self {
        Self {
            into,
            mode: Mode::Between,
            headings: Vec::new(),
            items: Vec::new(),
            level: 0,
            text: String::new(),
            kind: None,
            emphasis: None,
            is_lead: false,
            depth_said: None,
            urls: Vec::new(),
            lost: Vec::new(),
            quotes: 0,
            is_ours: false,
        }
    }

    fn take(&mut self, event: Event<'_>) -> Result<(), FileRefused> {
        match event {
            Event::Start(tag) => self.start(tag)?,
            Event::End(tag) => self.end(tag)?,
            Event::Text(it) | Event::Code(it) => self.push(&it),
            Event::InlineMath(it) | Event::DisplayMath(it) => self.push(&it),
            Event::SoftBreak if self.mode == Mode::Words => self.text.push(' '),
            Event::SoftBreak | Event::HardBreak => self.text.push('\n'),
            Event::TaskListMarker(_) => self.lost.push(Loss::Tasks),
            Event::Html(it) | Event::InlineHtml(it) => {
                if it.contains("markmap: fold") {
                    self.lost.push(Loss::Folding);
                } else if !it.trim_start().starts_with("<!--") {
                    self.lost.push(Loss::Html);
                }
            }
            Event::FootnoteReference(_) | Event::Rule => {}
        }
        Ok(())
    }

    fn start(&mut self, tag: Tag<'_>) -> Result<(), FileRefused> {
        match tag {
            Tag::MetadataBlock(_) => self.mode = Mode::Front,
            Tag::Heading { level, .. } if self.items.is_empty() && self.quotes == 0 => {
                self.flush()?;
                self.level = level as usize;
                self.mode = Mode::Words;
            }
            Tag::Heading { .. } | Tag::Paragraph | Tag::HtmlBlock | Tag::CodeBlock(_) => {
                self.begin_block()?;
            }
            Tag::BlockQuote(_) => {
                self.flush()?;
                self.quotes += 1;
            }
            Tag::List(_) => self.flush()?,
            Tag::Item => {
                self.flush()?;
                self.items.push(None);
                // In a tight list the text comes without a paragraph.
                self.mode = self.mode_of_block();
            }
            Tag::Emphasis => self.emphasis = Some(self.text.len()),
            Tag::Strong => self.is_lead = self.text.is_empty() && self.mode == Mode::Words,
            Tag::Link { dest_url, .. } => self.urls.push(dest_url.into_string()),
            Tag::Image { .. } => self.lost.push(Loss::Images),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, tag: TagEnd) -> Result<(), FileRefused> {
        match tag {
            TagEnd::MetadataBlock(_) => self.front(),
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::HtmlBlock | TagEnd::CodeBlock => {
                self.flush()?;
            }
            TagEnd::BlockQuote(_) => {
                self.flush()?;
                self.quotes -= 1;
            }
            TagEnd::Item => {
                self.flush()?;
                self.node_of_item()?;
                self.items.pop();
            }
            TagEnd::Emphasis => self.end_emphasis(),
            TagEnd::Strong => self.end_lead(),
            _ => {}
        }
        Ok(())
    }

    /// What a block is that begins here.
    fn mode_of_block(&self) -> Mode {
        match self.items.last() {
            _ if 0 < self.quotes => Mode::Note,
            Some(None) => Mode::Words,
            _ => Mode::Note,
        }
    }

    fn begin_block(&mut self) -> Result<(), FileRefused> {
        self.flush()?;
        self.mode = self.mode_of_block();
        Ok(())
    }

    fn push(&mut self, text: &str) {
        if self.mode == Mode::Between {
            self.mode = self.mode_of_block();
        }
        self.text.push_str(text);
    }

    /// Puts what was read where it belongs.
    fn flush(&mut self) -> Result<(), FileRefused> {
        let text = std::mem::take(&mut self.text);
        match std::mem::replace(&mut self.mode, Mode::Between) {
            Mode::Between | Mode::Front => {}
            Mode::Words if 0 < self.level => {
                let level = std::mem::take(&mut self.level);
                self.headings.truncate(self.headings_above(level));
                let depth = self.headings.len();
                self.headings.push(level);
                self.add(depth, &text)?;
            }
            Mode::Words => {
                // An item may begin with a block of its own, such as a list.
                if !text.trim().is_empty() {
                    self.begin_item(&text)?;
                }
            }
            Mode::Note => self.note(&text)?,
        }
        Ok(())
    }

    fn headings_above(&self, level: usize) -> usize {
        let above = self.headings.iter().take_while(|own| **own < level);
        above.count()
    }

    fn note(&mut self, text: &str) -> Result<(), FileRefused> {
        self.node_of_item()?;
        let text = text.trim_end_matches('\n');
        if text.trim().is_empty() {
            return Ok(());
        }
        let Some(node) = self.items.last().copied().flatten().or(self.into.last()) else {
            return self.add(0, text);
        };
        self.into.add_paragraph(node, text);
        self.settle(node);
        Ok(())
    }

    /// Sees to it that the item that is open, and those around it, have their nodes.
    fn node_of_item(&mut self) -> Result<(), FileRefused> {
        match self.items.last() {
            Some(None) => self.begin_item(""),
            _ => Ok(()),
        }
    }

    fn begin_item(&mut self, text: &str) -> Result<(), FileRefused> {
        let n_items = self.items.len();
        let depth = self.headings.len() + n_items.saturating_sub(1);
        let depth = self.depth_said.take().unwrap_or(depth);
        self.add(depth, text)?;
        if let Some(item) = self.items.last_mut() {
            *item = self.into.last();
        }
        Ok(())
    }

    fn add(&mut self, depth: usize, text: &str) -> Result<(), FileRefused> {
        let node = self.into.add(depth, text)?;
        if let Some(kind) = self.kind.take() {
            self.into.set_kind(node, kind);
        }
        self.settle(node);
        Ok(())
    }

    /// What was met on the way is this node's.
    fn settle(&mut self, node: At) {
        for url in self.urls.drain(..) {
            self.into.add_note(node, &url);
        }
        for what in self.lost.drain(..) {
            self.into.lose(node, what);
        }
    }

    /// What our export says beside the words: links, sums, and a level that is too deep for a list.
    fn end_emphasis(&mut self) {
        let Some(from) = self.emphasis.take().filter(|_| self.is_ours) else {
            return;
        };
        let said = self.text.get(from..).unwrap_or_default();
        let level = said
            .strip_prefix("(level ")
            .and_then(|it| it.strip_suffix(')'));
        if said.starts_with("→ ") {
            self.lost.push(Loss::Links);
        } else if let Some(level) = level.and_then(|it| it.parse().ok()) {
            self.depth_said = Some(level);
        } else if said.starts_with('(') {
            let sums = [("vote", Loss::Votes), ("comment", Loss::Comments)];
            let sums = sums.into_iter().filter(|(word, _)| said.contains(word));
            self.lost.extend(sums.map(|(_, what)| what));
        } else {
            return;
        }
        self.text.truncate(from);
    }

    /// A node that begins in bold with the word of a kind, and a colon.
    fn end_lead(&mut self) {
        if !std::mem::take(&mut self.is_lead) {
            return;
        }
        let word = self.text.trim().strip_suffix(':');
        if let Some(kind) = word.and_then(Kind::parse) {
            self.kind = Some(kind);
            self.text.clear();
        }
    }

    fn front(&mut self) {
        let front = std::mem::take(&mut self.text);
        self.mode = Mode::Between;
        let value = |name: &str| {
            let mut lines = front.lines();
            lines.find_map(|it| it.strip_prefix(name)?.strip_prefix(':'))
        };
        self.is_ours = value("tlp").is_some() && value("exported").is_some();
        if let Some(title) = value("title") {
            let title = title.trim();
            // Ours is JSON; others write what they like.
            let read: Option<String> = serde_json::from_str(title).ok();
            self.into
                .set_title(read.as_deref().unwrap_or(title.trim_matches(['"', '\''])));
        }
    }
}
