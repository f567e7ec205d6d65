//! A map in the making: what readers put their nodes into, which keeps every limit.

use std::collections::{BTreeMap, HashMap};

use super::MapFile;
use super::format::MapFormat;
use super::loss::{Loss, NotKept, PLACES, place};
use crate::base::text::on_one_line;
use crate::import::trouble::FileRefused;
use crate::mindmap::edit::{Brought, BroughtArrow, BroughtNode};
use crate::mindmap::limits::Limits;
use crate::mindmap::schema::{Colour, Fit, Kind};

/// The most nodes of a file.
pub const MAX_NODES: usize = 50_000;
/// The most levels of a file.
pub const MAX_LEVELS: usize = 1_000;
/// The most arrows of a file.
const MAX_ARROWS: usize = 20_000;
/// Letters of what stands on an arrow.
const LABEL_CHARS: usize = 500;

/// A node that was begun, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct At(usize);

/// A map in the making.
pub(super) struct Builder {
    format: MapFormat,
    title: String,
    nodes: Vec<BroughtNode>,
    by_name: HashMap<String, usize>,
    arrows: Vec<(Option<usize>, String, String)>,
    lost: BTreeMap<Loss, (usize, Vec<usize>)>,
    limits: Limits,
}

impl Builder {
    pub(super) fn new(format: MapFormat) -> Self {
        Self {
            format,
            title: String::new(),
            nodes: Vec::new(),
            by_name: HashMap::new(),
            arrows: Vec::new(),
            lost: BTreeMap::new(),
            limits: Limits::default(),
        }
    }

    /// Adds a node behind the others, so many levels below the top.
    pub(super) fn add(&mut self, depth: usize, text: &str) -> Result<At, FileRefused> {
        if MAX_NODES <= self.nodes.len() {
            let words = format!("the map has more than {MAX_NODES} nodes");
            return Err(FileRefused::new(words));
        }
        if MAX_LEVELS <= depth {
            let words = format!("the map has more than {MAX_LEVELS} levels");
            return Err(FileRefused::new(words));
        }
        let deepest = self.nodes.last().map_or(0, |it| it.depth + 1);
        let node = BroughtNode::new(depth.min(deepest), String::new());
        self.nodes.push(node);
        let at = At(self.nodes.len() - 1);
        self.set_text(at, text);
        Ok(at)
    }

    pub(super) fn set_text(&mut self, At(at): At, text: &str) {
        self.nodes[at].text = clean(text).trim().to_owned();
    }

    /// Adds to the note, in a line of its own.
    pub(super) fn add_note(&mut self, At(at): At, words: &str) {
        let words = clean(words);
        let note = &mut self.nodes[at].note;
        if !note.is_empty() && !words.is_empty() {
            note.push('\n');
        }
        note.push_str(&words);
    }

    /// Adds a paragraph to the note.
    pub(super) fn add_paragraph(&mut self, at: At, words: &str) {
        if !self.nodes[at.0].note.is_empty() {
            self.nodes[at.0].note.push('\n');
        }
        self.add_note(at, words);
    }

    /// The node's own colour; the first that is said stays.
    pub(super) fn set_colour(&mut self, At(at): At, colour: Colour) {
        self.nodes[at].colour.get_or_insert(colour);
    }

    /// What the node is; the first that is said stays.
    pub(super) fn set_kind(&mut self, At(at): At, kind: Kind) {
        self.nodes[at].kind.get_or_insert(kind);
    }

    pub(super) fn add_link(&mut self, At(at): At, target: String, fit: Option<Fit>) {
        self.nodes[at].links.push((target, fit));
    }

    /// By what name arrows find a node.
    pub(super) fn name(&mut self, At(at): At, name: &str) {
        self.by_name.insert(name.to_owned(), at);
    }

    /// An arrow from a node to one with a name, which may come later.
    pub(super) fn arrow_from(&mut self, At(at): At, to: &str, label: &str) {
        let arrow = (Some(at), to.to_owned(), label.to_owned());
        self.arrows.push(arrow);
    }

    /// An arrow between two nodes with names.
    pub(super) fn arrow(&mut self, from: &str, to: &str, label: &str) {
        match self.by_name.get(from) {
            Some(from) => self.arrow_from(At(*from), to, label),
            None => self.arrows.push((None, to.to_owned(), label.to_owned())),
        }
    }

    /// What the file calls the map.
    pub(super) fn set_title(&mut self, title: &str) {
        self.title = on_one_line(title);
    }

    /// Notes that something of a node is not kept.
    pub(super) fn lose(&mut self, At(at): At, what: Loss) {
        let (count, places) = self.lost.entry(what).or_default();
        *count += 1;
        if places.len() < PLACES && places.last() != Some(&at) {
            places.push(at);
        }
    }

    /// The node that was added last.
    pub(super) fn last(&self) -> Option<At> {
        self.nodes.len().checked_sub(1).map(At)
    }

    /// The map, with a title from the file's name where it says none itself.
    pub(super) fn finish(mut self, file_name: &str) -> Result<MapFile, FileRefused> {
        if self.nodes.is_empty() {
            return Err(FileRefused::new("there is no node in the file"));
        }
        for at in 0..self.nodes.len() {
            self.hold_to_limits(at);
        }
        let arrows = self.join_arrows();
        let title = self.title_for(file_name);
        let place = |at: &usize| place(&self.nodes[*at].text);
        let lost = self.lost.iter().map(|(what, (count, places))| NotKept {
            what: *what,
            count: *count,
            places: places.iter().map(place).collect(),
        });
        Ok(MapFile {
            format: self.format,
            title,
            not_kept: lost.collect(),
            brought: Brought {
                nodes: self.nodes,
                arrows,
            },
        })
    }

    /// What is too long for a node's words goes to its note, and what is too long for that goes.
    fn hold_to_limits(&mut self, at: usize) {
        let node = &mut self.nodes[at];
        let is_long = self.limits.text_chars < node.text.chars().count();
        if is_long {
            let text = std::mem::take(&mut node.text);
            node.text = text.chars().take(self.limits.text_chars - 1).collect();
            node.text.push('…');
            node.note = format!("{text}\n{}", node.note).trim_end().to_owned();
        }
        let is_cut = self.limits.note_chars < node.note.chars().count();
        if is_cut {
            node.note = node.note.chars().take(self.limits.note_chars).collect();
        }
        if is_long {
            self.lose(At(at), Loss::LongTexts);
        }
        if is_cut {
            self.lose(At(at), Loss::LongNotes);
        }
    }

    fn join_arrows(&mut self) -> Vec<BroughtArrow> {
        let mut joined = Vec::new();
        for (from, to, label) in std::mem::take(&mut self.arrows) {
            let to = self.by_name.get(&to).copied();
            match (from, to) {
                (Some(from), Some(to)) if joined.len() < MAX_ARROWS => joined.push(BroughtArrow {
                    from,
                    to,
                    label: on_one_line(&label).chars().take(LABEL_CHARS).collect(),
                }),
                (from, to) => self.lose(At(from.or(to).unwrap_or(0)), Loss::Arrows),
            }
        }
        joined
    }

    fn title_for(&self, file_name: &str) -> String {
        let mut tops = self.nodes.iter().filter(|it| it.depth == 0);
        let top = match (tops.next(), tops.next()) {
            (Some(top), None) => on_one_line(&top.text),
            _ => String::new(),
        };
        let name = file_name.rsplit(['/', '\\']).next().unwrap_or_default();
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let titles = [top, self.title.clone(), on_one_line(stem)];
        let title = titles.into_iter().find(|it| !it.is_empty());
        title.unwrap_or_else(|| "Map".to_owned())
    }
}

/// A text without control characters, and with one kind of line break.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.replace(|it: char| it.is_control() && !matches!(it, '\n' | '\t'), "")
}
