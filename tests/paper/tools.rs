//! Programs that read PDF.

use std::path::Path;
use std::process::Command;

/// What a program says; it has to be content with the file.
pub(crate) fn says(program: &str, arguments: &[&str], file: &Path) -> String {
    let output = Command::new(program).args(arguments).arg(file).output();
    let output = output.unwrap_or_else(|error| panic!("{program}: {error}"));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program}: {said}{complaint}");
    said
}

/// The words of a PDF, page by page, each run of space as one.
pub(crate) fn pages(file: &Path) -> Vec<String> {
    let output = Command::new("pdftotext")
        .arg(file)
        .arg("-")
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    // Where a word may break, nothing is seen.
    let text = text.replace('\u{200b}', "");
    let page = |it: &str| it.split_whitespace().collect::<Vec<_>>().join(" ");
    let pages: Vec<String> = text.split('\u{c}').map(page).collect();
    pages.into_iter().filter(|it| !it.is_empty()).collect()
}

/// A line that `pdfinfo` says about a PDF.
pub(crate) fn info(file: &Path, name: &str) -> String {
    let said = says("pdfinfo", &[], file);
    let line = said.lines().find_map(|it| it.strip_prefix(name));
    let value = line.and_then(|it| it.strip_prefix(':'));
    value
        .unwrap_or_else(|| panic!("{name}: {said}"))
        .trim()
        .to_owned()
}

/// Asserts that a PDF is whole, accessible as far as programs can tell, and brings its fonts along.
pub(crate) fn is_sound(file: &Path) {
    let checked = says("qpdf", &["--check"], file);
    assert!(
        checked.contains("No syntax or stream encoding errors"),
        "{checked}"
    );
    assert_eq!(info(file, "Tagged"), "yes");
    assert_eq!(info(file, "JavaScript"), "no");
    let fonts = says("pdffonts", &[], file);
    let fonts: Vec<&str> = fonts.lines().skip(2).collect();
    assert!(!fonts.is_empty());
    for font in fonts {
        // From the right: emb, sub, uni, and the two words of an object.
        let words: Vec<&str> = font.split_whitespace().rev().skip(2).take(3).collect();
        assert_eq!(words, ["yes", "yes", "yes"], "{font}");
    }
}
