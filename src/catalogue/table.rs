//! Lines of tables that people open in spreadsheets.

/// One line of a CSV (RFC 4180). A cell that a spreadsheet would take for a formula gets an
/// apostrophe in front, so that it stays the text that it is.
pub fn csv_line(cells: impl IntoIterator<Item = String>) -> String {
    let cells: Vec<String> = cells.into_iter().map(|it| csv_cell(&it)).collect();
    format!("{}\r\n", cells.join(","))
}

fn csv_cell(text: &str) -> String {
    let is_formula = text
        .trim_start_matches([' ', '\u{a0}'])
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let text = match is_formula {
        true => format!("'{text}"),
        false => text.to_owned(),
    };
    if text.contains(['"', ',', ';', '\n', '\r', '\t']) {
        return format!("\"{}\"", text.replace('"', "\"\""));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(cells: &[&str]) -> String {
        csv_line(cells.iter().map(|it| (*it).to_owned()))
    }

    #[test]
    fn a_cell_with_a_sign_of_tables_stands_in_quotes() {
        assert_eq!(
            line(&["a", "b, c", "say \"d\""]),
            "a,\"b, c\",\"say \"\"d\"\"\"\r\n"
        );
    }

    #[test]
    fn no_cell_is_a_formula() {
        for odd in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1"] {
            let cell = line(&[odd]);
            assert!(cell.trim_start_matches('"').starts_with('\''), "{cell:?}");
        }
    }
}
