//! Files that mean harm or were harmed: each gives messages, in bounded memory, and the lines that
//! are whole.

use std::io::Read;

use gapmap::import::draft::Row;
use gapmap::import::rows::{Rows, Source};
use gapmap::import::trouble::{Rejection, Trouble};
use gapmap::import::{rows, table};

const HEADER: &str = "name,kind,summary\n";

/// What is taken of a file, what is not, and why nothing more is read.
fn read(source: &Source, file: impl Read) -> (Vec<Row>, Vec<Rejection>, Option<String>) {
    let (mut taken, mut rejected) = (Vec::new(), Vec::new());
    let rows = match Rows::open(source, file) {
        Ok(rows) => rows,
        Err(refused) => return (taken, rejected, Some(refused.to_string())),
    };
    for row in rows {
        match row {
            Ok(row) => taken.extend(row),
            Err(Trouble::Row(it)) => rejected.push(it),
            Err(Trouble::File(refused)) => return (taken, rejected, Some(refused.to_string())),
        }
    }
    (taken, rejected, None)
}

fn solutions(body: &[u8]) -> (Vec<Row>, Vec<Rejection>, Option<String>) {
    read(
        &Source::Solutions,
        [HEADER.as_bytes(), body].concat().as_slice(),
    )
}

#[test]
fn a_line_that_makes_no_sense_is_told_and_the_others_are_taken() {
    let whole = "Good,training,fine\n";
    let long = format!("\"{}\",training,x\n", "x".repeat(2 * table::LINE_BYTES));
    let wide = format!("a{}\n", ",".repeat(10_000_000) + "b");
    for (line, column, words) in [
        ("=cmd|' /C calc'!A0,training,x\n", "name", "formula"),
        ("Name,spoon,x\n", "kind", "must be one of"),
        (",training,x\n", "name", ""),
        ("a,training\n", "", "2 cells where the header has 3"),
        ("a,training,x,y\n", "", "4 cells"),
        ("a\0b,training,x\n", "name", "NUL"),
        (&long, "", "mebibyte"),
        (&wide, "", "500 columns"),
    ] {
        let text = [whole, line, "Last,training,fine\n"].concat();

        let (taken, rejected, refused) = solutions(text.as_bytes());

        let short: String = line.chars().take(40).collect();
        assert_eq!(refused, None, "{short}");
        if words.is_empty() {
            // What is missing is found when the record is made.
            assert_eq!(taken.len(), 3);
            continue;
        }
        assert_eq!(
            (taken.len(), rejected.len()),
            (2, 1),
            "{short}: {rejected:?}"
        );
        assert_eq!(
            (rejected[0].line, rejected[0].column.as_str()),
            (3, column),
            "{short}"
        );
        assert!(rejected[0].reason.contains(words), "{rejected:?}");
        assert!(rejected[0].reason.len() < 2000);
    }
}

#[test]
fn a_quote_that_is_never_closed_ends_in_a_message() {
    let (taken, rejected, _) =
        solutions(b"Good,training,fine\nBad,training,\"open\nmore,training,x\n");

    assert_eq!((taken.len(), rejected.len(), rejected[0].line), (1, 1, 3));
    assert!(
        rejected[0].reason.contains("inside a quoted cell"),
        "{rejected:?}"
    );
}

#[test]
fn an_endless_file_of_one_quote_is_read_in_bounded_memory() {
    let endless = std::io::repeat(b'x').take(64 << 20);
    let file = HEADER.as_bytes().chain(&b"\""[..]).chain(endless);

    let (taken, rejected, refused) = read(&Source::Solutions, file);

    assert_eq!((taken.len(), rejected.len(), refused), (0, 1, None));
}

#[test]
fn a_line_in_another_encoding_is_told_by_its_number() {
    let mut body = "Größe,training,x\n".as_bytes().to_vec();
    body.extend(b"Gr\xF6\xDFe,training,x\n");

    let (taken, rejected, _) = solutions(&body);

    assert_eq!((taken.len(), rejected[0].line), (1, 3));
    assert!(rejected[0].reason.contains("encoding"));
    let latin = solutions(b"Gr\xF6\xDFe,training,x\n").0;
    assert_eq!(latin[0].said["name"].as_text(), Some("Größe"));
}

#[test]
fn what_is_no_table_is_refused_in_words() {
    let utf16: Vec<u8> = "\u{feff}name,kind\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for (file, words) in [
        (&b""[..], "empty"),
        (b"\n\n", "no line"),
        (&utf16, "UTF-16"),
        (b"PK\x03\x04rest", "zip"),
        (b"title\nx\n", "\"name\""),
        (b"name,kind,NAME\n", "twice"),
        (b"\x00\x01\x02", "no text"),
    ] {
        let (_, _, refused) = read(&Source::Solutions, file);

        let refused = refused.unwrap_or_default();
        assert!(refused.contains(words), "{words}: {refused}");
    }
    let topics = b"projectID;topic;title\n1;A;B\n";
    assert!(
        read(&Source::Cordis, &topics[..])
            .2
            .is_some_and(|it| it.contains("project"))
    );
}

#[test]
fn separators_breaks_and_lines_are_read_as_spreadsheets_write_them() {
    for text in [
        "name;kind;summary\r\n\"A; b\";training;\"one\r\ntwo\"\r\n\r\nC;training;x;;\r\n",
        "\u{feff}Name\tKind\tSummary\n\"A; b\"\ttraining\t\"one\r\ntwo\"\n\nC\ttraining\tx\n",
    ] {
        let (taken, rejected, _) = read(&Source::Solutions, text.as_bytes());

        assert!(rejected.is_empty(), "{rejected:?}");
        assert_eq!(taken[0].said["name"].as_text(), Some("A; b"));
        assert_eq!(taken[0].said["summary"].as_text(), Some("one\r\ntwo"));
        assert_eq!((taken[0].line, taken[1].line), (2, 5));
    }
    let look = rows::look(
        b"projectID;organisationID;role;name\n",
        table::Format::default(),
        3,
    );
    assert_eq!(look.guess, Some("cordis"));
}
