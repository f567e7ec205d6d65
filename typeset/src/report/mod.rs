//! A report as PDF: blocks are set by themselves, then stacked on pages, then drawn.

mod contents;
mod data;
mod draw;
mod flow;
mod headings;
mod look;
mod pages;
mod table;
mod tags;

use rayon::prelude::*;

use crate::fonts::Fonts;
use crate::pdf;
use crate::text::Typist;
pub(crate) use data::Span;
use data::{Block, Report, Words};
use flow::{Flow, cover, set_block};
use pages::{Stack, stack};

/// Sets a report.
///
/// # Errors
///
/// What cannot be read or drawn, without its texts.
pub(crate) fn set(data: &str) -> Result<Vec<u8>, String> {
    let mut report: Report = serde_json::from_str(data).map_err(|error| error.to_string())?;
    let fonts = Fonts::new();
    let mut typist = Typist::new(&fonts);
    let front = stack(cover(&report, &mut typist)?);
    let blocks = std::mem::take(&mut report.body);
    let body = stack(set_all(blocks, &report.words, &fonts)?);
    let contents = contents::before(&report, &body, front.n_pages(), &mut typist);
    let parts: [Stack; 3] = [front, contents, body];
    pdf::write(&report.about, data, |document| {
        draw::write(document, &report, &parts, &fonts)
    })
}

/// The blocks of the body, all cores at work. What is set is needed no more.
fn set_all(blocks: Vec<Block>, words: &Words, fonts: &Fonts) -> Result<Vec<Flow>, String> {
    let set = |typist: &mut Typist, block: Block| set_block(&block, words, typist);
    let blocks = blocks.into_par_iter();
    blocks.map_init(|| Typist::new(fonts), set).collect()
}
