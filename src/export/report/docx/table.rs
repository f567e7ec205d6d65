//! Tables that break well: their heads are repeated, and no row is cut.

use super::text::{Text, paragraph, run};
use crate::report::document::{Cell, Span, Table, Tone};

/// What stands between the margins, in twentieths of a point.
const WIDTH: u32 = 9638;
/// The share of labels in it, in hundredths.
const LABELS: u32 = 28;

/// A table with its caption above.
pub(super) fn table(text: &mut Text<'_>, it: &Table) {
    text.caption("Caption", text.language.table(), it.n, &it.caption);
    let widths: Vec<u32> = it.widths.iter().map(|share| share * WIDTH / 100).collect();
    begin(text, "Grid", &widths, &it.caption, true);
    row(text, true);
    for (head, width) in it.head.iter().zip(&widths) {
        cell(text, *width);
        text.out.close();
        paragraph(&mut text.out, "TableHead");
        run(&mut text.out, head);
        text.out.close().close();
    }
    text.out.close().line();
    for cells in &it.rows {
        row(text, false);
        for (it, width) in cells.iter().zip(&widths) {
            content(text, it, *width);
        }
        text.out.close().line();
    }
    end(text);
}

/// Labels, and what they say.
pub(super) fn facts(text: &mut Text<'_>, facts: &[(String, Vec<Span>)]) {
    let widths = [LABELS * WIDTH / 100, (100 - LABELS) * WIDTH / 100];
    begin(text, "Facts", &widths, "", false);
    for (label, said) in facts {
        row(text, false);
        content(text, &Cell::of(vec![Span::strong(label)]), widths[0]);
        content(text, &Cell::of(said.clone()), widths[1]);
        text.out.close().line();
    }
    end(text);
}

fn begin(text: &mut Text<'_>, style: &str, widths: &[u32], caption: &str, has_head: bool) {
    let out = &mut text.out;
    out.open("w:tbl").open("w:tblPr");
    out.open("w:tblStyle").attribute("w:val", style).close();
    out.open("w:tblW")
        .attribute("w:w", &WIDTH.to_string())
        .attribute("w:type", "dxa")
        .close();
    out.open("w:tblLayout").attribute("w:type", "fixed").close();
    out.open("w:tblLook")
        .attribute("w:val", if has_head { "0020" } else { "0000" })
        .attribute("w:firstRow", if has_head { "1" } else { "0" })
        .close();
    if !caption.is_empty() {
        out.open("w:tblCaption").attribute("w:val", caption).close();
    }
    out.close();
    out.open("w:tblGrid");
    for width in widths {
        out.open("w:gridCol")
            .attribute("w:w", &width.to_string())
            .close();
    }
    out.close();
}

/// Tables that follow each other would be one; a small paragraph keeps them apart.
fn end(text: &mut Text<'_>) {
    text.out.close().line();
    let out = &mut text.out;
    out.open("w:p").open("w:pPr");
    out.open("w:pStyle")
        .attribute("w:val", "TableText")
        .close()
        .close()
        .close()
        .line();
}

fn row(text: &mut Text<'_>, is_head: bool) {
    let out = &mut text.out;
    out.open("w:tr").open("w:trPr").open("w:cantSplit").close();
    if is_head {
        out.open("w:tblHeader").close();
    }
    out.close();
}

/// Begins a cell and its properties, which are left open.
fn cell(text: &mut Text<'_>, width: u32) {
    let out = &mut text.out;
    out.open("w:tc").open("w:tcPr");
    out.open("w:tcW")
        .attribute("w:w", &width.to_string())
        .attribute("w:type", "dxa")
        .close();
}

fn content(text: &mut Text<'_>, it: &Cell, width: u32) {
    cell(text, width);
    if let Some(tone) = it.tone {
        text.out
            .open("w:shd")
            .attribute("w:val", "clear")
            .attribute("w:color", "auto")
            .attribute("w:fill", tone.paper())
            .close();
    }
    text.out.close();
    let n_open = text.out.depth();
    text.out.open("w:p").open("w:pPr");
    text.out
        .open("w:pStyle")
        .attribute("w:val", "TableText")
        .close();
    if it.is_number {
        text.out.open("w:jc").attribute("w:val", "right").close();
    }
    text.out.close();
    // On a colour the words have their own, and links too.
    text.spans(&it.spans, it.tone.map(Tone::ink));
    text.out.close_to(n_open - 1);
}
