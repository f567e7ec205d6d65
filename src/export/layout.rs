//! Where the boxes of a picture stand: the top at the left, each level further right, siblings
//! below one another. Linear in the number of nodes.

use super::sheet::{Node, Sheet};
use super::svg_text::{Line, Style, wrap};
use super::words::{count, signed};

/// How the words of a node are set.
pub(super) const WORDS: Style = Style { size: 14, line: 19 };
/// How everything else in a box is set.
pub(super) const SMALL: Style = Style { size: 11, line: 15 };
/// Text lines are not wider than this.
const TEXT_WIDTH: u32 = 300;
/// Between a box's border and its text.
pub(super) const PAD: u32 = 8;
/// Between siblings.
const GAP: u32 = 8;
/// Between levels.
const REACH: u32 = 36;
/// Boxes are not narrower than this.
const NARROW: u32 = 24;

/// One box.
#[derive(Clone, Debug)]
pub(super) struct Box {
    pub(super) x: u32,
    pub(super) y: u32,
    pub(super) width: u32,
    pub(super) height: u32,
    /// The lines above the words: what kind it is.
    pub(super) above: Vec<Line>,
    /// The words.
    pub(super) words: Vec<Line>,
    /// Note, links, sums.
    pub(super) below: Vec<Line>,
}

/// All boxes, and how much room they take.
pub(super) struct Layout {
    pub(super) boxes: Vec<Box>,
    pub(super) width: u32,
    pub(super) height: u32,
}

impl Box {
    fn of(node: &Node) -> Self {
        let kind = node
            .kind
            .map_or(String::new(), |it| it.as_str().to_uppercase());
        let above = wrap(&kind, SMALL, TEXT_WIDTH);
        let words = wrap(&node.text, WORDS, TEXT_WIDTH);
        let mut below = wrap(&node.note, SMALL, TEXT_WIDTH);
        for link in &node.links {
            let words = format!("→ {}", link.words());
            below.extend(wrap(&words, SMALL, TEXT_WIDTH));
        }
        let sums = [(node.votes, "vote"), (signed(node.comments), "comment")];
        for (n, what) in sums.into_iter().filter(|(n, _)| *n != 0) {
            below.extend(wrap(&count(n, what), SMALL, TEXT_WIDTH));
        }
        let lines = above.iter().chain(&words).chain(&below);
        let width = lines.map(|it| it.width).max().unwrap_or(0);
        let small = height_of(above.len() + below.len(), SMALL);
        let height = small.saturating_add(height_of(words.len().max(1), WORDS));
        Self {
            x: 0,
            y: 0,
            width: width.max(NARROW) + 2 * PAD,
            height: height.saturating_add(2 * PAD),
            above,
            words,
            below,
        }
    }

    /// The middle of its height.
    pub(super) fn middle(&self) -> u32 {
        self.y + self.height / 2
    }
}

fn height_of(n_lines: usize, style: Style) -> u32 {
    u32::try_from(n_lines)
        .unwrap_or(u32::MAX)
        .saturating_mul(style.line)
}

/// Places every node of a map, the first box at `top`.
pub(super) fn layout(sheet: &Sheet, left: u32, top: u32) -> Layout {
    let mut boxes: Vec<Box> = sheet.nodes.iter().map(Box::of).collect();
    // What the branch of each node takes, from the last node to the first: children come after.
    let mut branch = vec![0_u32; boxes.len()];
    let mut children = vec![0_u32; boxes.len()];
    for at in (0..boxes.len()).rev() {
        branch[at] = boxes[at].height.max(children[at].saturating_sub(GAP));
        if let Some(parent) = sheet.nodes[at].parent {
            children[parent] = children[parent]
                .saturating_add(branch[at])
                .saturating_add(GAP);
        }
    }
    // Where the next child of each node begins.
    let mut next = vec![0_u32; boxes.len()];
    let (mut width, mut height) = (0, 0);
    for at in 0..boxes.len() {
        let (x, y) = match sheet.nodes[at].parent {
            Some(parent) => {
                let y = next[parent];
                next[parent] = y.saturating_add(branch[at]).saturating_add(GAP);
                (
                    boxes[parent].x.saturating_add(boxes[parent].width + REACH),
                    y,
                )
            }
            None => (left, top),
        };
        let own = &mut boxes[at];
        own.x = x;
        own.y = y.saturating_add((branch[at] - own.height) / 2);
        // Fewer and lower children than the box is high stand beside its middle.
        next[at] = y.saturating_add((branch[at] - children[at].saturating_sub(GAP)) / 2);
        width = width.max(own.x.saturating_add(own.width));
        height = height.max(own.y.saturating_add(own.height));
    }
    Layout {
        boxes,
        width,
        height,
    }
}
