//! Templates filled and written as PDF.

use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::world::Paper;

/// A report.
pub(crate) const REPORT: &str = include_str!("report.typ");
/// A map, on one page or on several.
pub(crate) const MAP: &str = include_str!("map.typ");

/// Fills a template with data, and writes what comes of it. The same data is the same bytes.
///
/// The file says that it keeps to PDF/UA-1, unless a text in it needs a letter that no font here
/// has: then it is as accessible as it can be, and does not say so.
pub(crate) fn set(template: &str, data: &str) -> Result<Vec<u8>, String> {
    let world = Paper::new(template, data)?;
    let document = typst::compile::<PagedDocument>(&world).output;
    let document = document.map_err(|errors| told(&errors))?;
    let standards = PdfStandards::new(&[PdfStandard::Ua_1]);
    let standards = standards.map_err(|error| format!("{error:?}"))?;
    let options = PdfOptions {
        // What it is made from says which file it is: the hash of this becomes its identifier.
        ident: Smart::Custom(data.to_owned()),
        creator: Smart::Custom(Some("Gapmap".to_owned())),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).or_else(|_| {
        let options = PdfOptions {
            standards: PdfStandards::default(),
            ..options
        };
        typst_pdf::pdf(&document, &options).map_err(|errors| told(&errors))
    })
}

/// The first errors, without the texts that they are about.
fn told(errors: &[SourceDiagnostic]) -> String {
    let told = errors.iter().take(3).map(|it| it.message.to_string());
    told.collect::<Vec<_>>().join("; ")
}
