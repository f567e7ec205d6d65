//! Indented text: a node a line, under the nearest line above it that is indented less, or that has
//! the bullet of a higher level.

use super::build::{At, Builder};
use crate::import::trouble::FileRefused;
use crate::mindmap::outline::{self, Stand};

pub(super) fn read(text: &str, into: &mut Builder) -> Result<(), FileRefused> {
    let mut open: Vec<Stand> = Vec::new();
    let mut last: Option<At> = None;
    for (at, line) in text.lines().enumerate() {
        let words = line.trim();
        if let (Some(note), Some(node)) = (words.strip_prefix('>'), last) {
            into.add_note(node, note.trim());
            continue;
        }
        let branch = outline::line(words);
        if branch.text.is_empty() {
            continue;
        }
        let stand = Stand::of(line);
        while open.pop_if(|above| !stand.is_under(*above)).is_some() {}
        let added = into.add(open.len(), &branch.text);
        let node = added.map_err(|error| FileRefused::new(format!("line {}: {error}", at + 1)))?;
        if let Some(kind) = branch.kind {
            into.set_kind(node, kind);
        }
        if let Some(colour) = branch.colour {
            into.set_colour(node, colour);
        }
        open.push(stand);
        last = Some(node);
    }
    Ok(())
}
