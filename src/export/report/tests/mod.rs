//! Claims about reports that are made up: what must never be in them, and that they are whole.

mod golden;
mod made_up;

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use proptest::prelude::*;
use serde_json::Value as Json;

use self::made_up::{HIDDEN, is_public, snapshot};
use super::ReportFormat;
use crate::report::{Level, Report, Snapshot};

/// Every file of a report, as text; what is packed is unpacked.
fn texts(report: &Report) -> Vec<(ReportFormat, String)> {
    let text = |format: ReportFormat| {
        let bytes = format.write(report);
        let text = match format {
            ReportFormat::Docx => parts(bytes).into_iter().map(|it| it.1).collect(),
            _ => String::from_utf8(bytes).unwrap(),
        };
        (format, text)
    };
    ReportFormat::ALL.into_iter().map(text).collect()
}

/// The parts of a package, as text; pictures are read as the sixteen-bit letters in them.
fn parts(package: Vec<u8>) -> Vec<(String, String)> {
    let mut zip = zip::ZipArchive::new(Cursor::new(package)).unwrap();
    let n = zip.len();
    let part = |at: usize| {
        let mut part = zip.by_index(at).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        let text = match part.name().ends_with(".emf") {
            true => {
                let units = bytes.as_chunks().0.iter().map(|it| u16::from_le_bytes(*it));
                String::from_utf16_lossy(&units.collect::<Vec<_>>())
            }
            false => String::from_utf8(bytes).unwrap(),
        };
        (part.name().to_owned(), text)
    };
    (0..n).map(part).collect()
}

#[test]
fn a_report_of_no_gap_claims_of_none_that_it_is_answered() {
    let mut nothing = snapshot(&[0; 40], Level::Public);
    nothing.gaps.clear();
    nothing.fits.clear();
    let report = Report::of(nothing).unwrap();

    for (format, text) in texts(&report) {
        assert!(!text.contains("each gap has at least one"), "{format:?}");
    }
    let page = String::from_utf8(ReportFormat::Markdown.write(&report)).unwrap();
    assert!(page.contains("No gap is in the scope of this report."));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_public_report_holds_nothing_above_clear_and_nobody_who_took_part(
        numbers in prop::collection::vec(any::<u8>(), 40..200),
    ) {
        let report = Report::of(snapshot(&numbers, Level::Public)).unwrap();

        prop_assert_eq!(&report.cover.tlp, "TLP:CLEAR");
        let scores = report.fits.iter().flat_map(|it| &it.scores);
        prop_assert!(scores.into_iter().all(|it| 3 <= it.n));
        for (format, text) in texts(&report) {
            prop_assert!(!text.contains(HIDDEN), "{format:?}");
            prop_assert!(!text.contains("TLP:AMBER") && !text.contains("TLP:RED"), "{format:?}");
        }
    }

    #[test]
    fn what_is_left_out_is_counted_and_what_is_left_is_all_there(
        numbers in prop::collection::vec(any::<u8>(), 40..200),
    ) {
        let snapshot = snapshot(&numbers, Level::Public);
        let open_gaps = snapshot.gaps.iter().filter(|it| is_public(it)).count();
        let all = snapshot.gaps.len();
        let n_fits = snapshot.fits.len();
        let report = Report::of(snapshot).unwrap();
        let withheld = &report.method.withheld;
        let left_out = report.method.left_out.iter().filter(|it| it.what == "fits");
        let left_out: usize = left_out.map(|it| it.n).sum();
        let counted = report.fits.iter().filter(|it| it.left_out.is_none()).count();
        let sum = report.coverage.last().unwrap();

        prop_assert_eq!(report.gaps.len(), open_gaps);
        prop_assert_eq!(withheld.gaps, all - open_gaps);
        prop_assert_eq!(counted + left_out + withheld.fits, n_fits);
        prop_assert_eq!(sum.gaps, sum.green + sum.amber + sum.red + sum.grey);
        prop_assert_eq!(sum.gaps, open_gaps);
    }

    #[test]
    fn the_same_snapshot_is_the_same_bytes_also_after_it_was_kept(
        numbers in prop::collection::vec(any::<u8>(), 40..200),
    ) {
        let snapshot = snapshot(&numbers, Level::Sensitive);
        let kept = Snapshot::unpack(&snapshot.pack()).unwrap();
        prop_assert_eq!(&kept, &snapshot);
        let (one, other) = (Report::of(snapshot).unwrap(), Report::of(kept).unwrap());

        for format in ReportFormat::ALL {
            prop_assert!(format.write(&one) == format.write(&other), "{format:?}");
        }
    }

    #[test]
    fn every_part_of_a_word_file_is_well_formed_and_all_it_points_at_is_there(
        numbers in prop::collection::vec(any::<u8>(), 40..200),
    ) {
        let report = Report::of(snapshot(&numbers, Level::Sensitive)).unwrap();
        let parts = parts(ReportFormat::Docx.write(&report));
        let names: BTreeSet<&str> = parts.iter().map(|it| it.0.as_str()).collect();
        let text = |name: &str| &parts.iter().find(|it| it.0 == name).unwrap().1;
        for (name, text) in parts.iter().filter(|it| !it.0.ends_with(".emf")) {
            prop_assert!(!xml_attributes(text, "xmlns:w").is_empty() || !name.starts_with("word/")
                || name.ends_with(".rels"), "{name}");
        }
        let relations = text("word/_rels/document.xml.rels");
        let known: BTreeSet<String> = xml_attributes(relations, "Id").into_iter().collect();
        for target in xml_attributes(relations, "Target") {
            let part = format!("word/{target}");
            prop_assert!(target.starts_with("https://") || names.contains(&*part), "{target}");
        }
        let document = text("word/document.xml");
        for id in xml_attributes(document, "r:id").iter().chain(&xml_attributes(document, "r:embed")) {
            prop_assert!(known.contains(id), "{id}");
        }
        let bookmarks: BTreeSet<String> = xml_attributes(document, "w:name").into_iter().collect();
        for anchor in xml_attributes(document, "w:anchor") {
            prop_assert!(bookmarks.contains(&anchor), "{anchor}");
        }
    }

    #[test]
    fn every_file_is_well_formed_and_every_link_within_it_leads_somewhere(
        numbers in prop::collection::vec(any::<u8>(), 40..200),
    ) {
        let report = Report::of(snapshot(&numbers, Level::Sensitive)).unwrap();
        let html = String::from_utf8(ReportFormat::Html.write(&report)).unwrap();
        let ids = xml_attributes(&html, "id");
        for link in xml_attributes(&html, "href") {
            if let Some(anchor) = link.strip_prefix('#') {
                prop_assert!(ids.iter().any(|it| it == anchor), "{anchor}");
            }
        }
        let unique: BTreeSet<&String> = ids.iter().collect();
        prop_assert_eq!(unique.len(), ids.len());
        prop_assert!(!html.contains("<script"));
        let csv = ReportFormat::Csv.write(&report);
        let mut csv = csv::ReaderBuilder::new().from_reader(&csv[3..]);
        for row in csv.records() {
            let row = row.unwrap();
            prop_assert!(row.iter().all(|it| !it.starts_with('=')));
        }
        let json: Json = serde_json::from_slice(&ReportFormat::Json.write(&report)).unwrap();
        prop_assert_eq!(&json["format"], "gapmap-report");
    }
}

/// All values of an attribute, by a parser that refuses what is not well-formed.
fn xml_attributes(text: &str, name: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut values = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            quick_xml::events::Event::Eof => return values,
            quick_xml::events::Event::Start(it) | quick_xml::events::Event::Empty(it) => {
                let found = it.try_get_attribute(name).unwrap();
                values.extend(found.map(|it| it.value.into_owned()));
            }
            _ => {}
        }
    }
}
