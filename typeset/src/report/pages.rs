//! Rows stacked on pages.

use std::sync::Arc;

use super::flow::{Flow, Row};
use super::look;

/// Blocks and the pages that they are on.
pub(crate) struct Stack {
    pub flows: Vec<Flow>,
    pub pages: Vec<Vec<Placed>>,
    /// Where each heading is: its block, its page from 0, and how far down.
    pub headings: Vec<(usize, usize, f32)>,
}

/// A row on a page.
pub(crate) struct Placed {
    pub row: Arc<Row>,
    /// Which block it is of.
    pub flow: usize,
    /// From the top of the page.
    pub y: f32,
    /// Whether it only stands there again.
    pub is_again: bool,
}

impl Stack {
    /// Its pages; one at least.
    pub(crate) fn n_pages(&self) -> usize {
        self.pages.len()
    }
}

/// Where the next row goes.
struct Pile {
    pages: Vec<Vec<Placed>>,
    y: f32,
    /// Between the last row and the next one, at least.
    after: f32,
}

/// Stacks blocks. What stays together does, unless it is higher than a page.
pub(crate) fn stack(flows: Vec<Flow>) -> Stack {
    let rows = rows(&flows);
    let mut pile = Pile {
        pages: vec![Vec::new()],
        y: look::TOP,
        after: 0.0,
    };
    let mut headings = Vec::new();
    let mut last = None;
    let mut ahead = &rows[..];
    while let Some(first) = ahead.first() {
        let kept = ahead.iter().take_while(|it| it.1.keeps).count();
        let mut unit = &ahead[..(kept + 1).min(ahead.len())];
        let opens = last != Some(first.0) && flows[first.0].opens;
        if !pile.is_at_top() && (opens || !pile.holds(unit)) {
            pile.open(first);
        }
        if !pile.holds(unit) {
            // Too high for a page: as far as it goes.
            unit = &ahead[..1];
        }
        for (flow, row, after) in unit {
            let y = pile.put(*flow, row.clone(), *after);
            if last.replace(*flow) != Some(*flow) && flows[*flow].heading.is_some() {
                headings.push((*flow, pile.pages.len() - 1, y));
            }
        }
        ahead = &ahead[unit.len()..];
    }
    Stack {
        flows,
        pages: pile.pages,
        headings,
    }
}

/// All rows, each with its block and what is between it and the next one.
fn rows(flows: &[Flow]) -> Vec<(usize, Arc<Row>, f32)> {
    let mut rows = Vec::new();
    for (at, flow) in flows.iter().enumerate() {
        let n = flow.rows.len();
        let after = |row| if row + 1 == n { flow.after } else { 0.0 };
        let of_flow = flow.rows.iter().enumerate();
        rows.extend(of_flow.map(|(row, it)| (at, it.clone(), after(row))));
    }
    rows
}

fn height(unit: &[(usize, Arc<Row>, f32)]) -> f32 {
    let mut height = 0.0;
    let mut after = 0.0_f32;
    for (at, (_, row, next)) in unit.iter().enumerate() {
        let gap = if at == 0 { 0.0 } else { after.max(row.before) };
        height += gap + row.height;
        after = *next;
    }
    height
}

impl Pile {
    fn is_at_top(&self) -> bool {
        self.y <= look::TOP
    }

    fn holds(&self, unit: &[(usize, Arc<Row>, f32)]) -> bool {
        let gap = if self.is_at_top() {
            0.0
        } else {
            self.after.max(unit[0].1.before)
        };
        self.y + gap + height(unit) <= look::BOTTOM
    }

    /// Begins a page, with what has to stand above this row again.
    fn open(&mut self, next: &(usize, Arc<Row>, f32)) {
        self.pages.push(Vec::new());
        self.y = look::TOP;
        self.after = 0.0;
        if let Some(under) = &next.1.under {
            self.put(next.0, under.clone(), 0.0);
            if let Some(placed) = self.pages.last_mut().and_then(|it| it.last_mut()) {
                placed.is_again = true;
            }
        }
    }

    fn put(&mut self, flow: usize, row: Arc<Row>, after: f32) -> f32 {
        if !self.is_at_top() {
            self.y += self.after.max(row.before);
        }
        let y = self.y;
        self.y += row.height;
        self.after = after;
        if let Some(page) = self.pages.last_mut() {
            page.push(Placed {
                row,
                flow,
                y,
                is_again: false,
            });
        }
        y
    }
}
