//! Where the headings are, for links and for the list beside the pages.

use std::collections::HashMap;

use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::outline::{Outline, OutlineNode};

use super::look;
use super::pages::Stack;

/// Where the headings of all parts are, by anchor, and as a list beside the pages.
pub(crate) fn headings(parts: &[Stack]) -> (HashMap<String, XyzDestination>, Outline) {
    let mut places = HashMap::new();
    let mut open: Vec<(u16, OutlineNode)> = Vec::new();
    let mut outline = Outline::new();
    let mut n_before = 0;
    for part in parts {
        for (flow, page, y) in &part.headings {
            let Some(mark) = &part.flows[*flow].heading else {
                continue;
            };
            let place = XyzDestination::new(n_before + page, Point::from_xy(look::LEFT, *y));
            places.insert(mark.anchor.clone(), place.clone());
            close(&mut open, &mut outline, mark.level);
            open.push((mark.level, OutlineNode::new(mark.words.clone(), place)));
        }
        n_before += part.n_pages();
    }
    close(&mut open, &mut outline, 0);
    (places, outline)
}

/// Hangs up what is not above something of this level.
fn close(open: &mut Vec<(u16, OutlineNode)>, outline: &mut Outline, level: u16) {
    while open.last().is_some_and(|it| level <= it.0) {
        let Some((_, node)) = open.pop() else { return };
        match open.last_mut() {
            Some((_, above)) => above.push_child(node),
            None => outline.push_child(node),
        }
    }
}
