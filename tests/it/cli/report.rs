//! `gapmap report`, on the demonstration's report.

use super::program::Shell;

#[test]
fn the_demonstrations_report_is_written_in_every_format_the_same_each_time() {
    let shell = Shell::new();
    drop(shell.serve(&["--demo"]));
    let report = |format: &str, file: &str| {
        let arguments = ["report", "REP-1", "--format", format, "-o", file];
        shell.run(&arguments).done();
        std::fs::read(shell.path(file)).unwrap()
    };

    for format in ["docx", "html", "markdown", "csv", "json"] {
        let (once, again) = (report(format, "one"), report(format, "other"));
        assert!(once == again, "{format}");
        assert!(1000 < once.len(), "{format}");
    }

    let html = String::from_utf8(report("html", "page.html")).unwrap();
    let checked = std::process::Command::new("xmllint")
        .args(["--noout", "--nonet"])
        .arg(shell.path("page.html"))
        .status();
    assert!(checked.unwrap().success());
    for section in [
        "Executive summary",
        "Near misses",
        "For practitioners",
        "Sources",
    ] {
        assert!(html.contains(section), "{section}");
    }
    // From a number in the report back to the sentence in the workshop.
    assert!(html.contains("/maps/") && html.contains("?node="));
    let french = ["report", "REP-1", "--format", "html", "--language", "fr"];
    let french = shell.run(&french).done();
    assert!(french.contains("<html lang=\"fr\">") && french.contains("Synthèse"));
    assert!(!french.contains("Executive summary"));
    let german = ["report", "REP-1", "--format", "html", "--language", "de"];
    assert_eq!(shell.run(&german).code, 2);
    let nothing = shell.run(&["report", "REP-9", "--format", "html"]);
    nothing.failed_saying("there is no such report");
    assert_eq!(shell.run(&["report", "REP-1", "--format", "odt"]).code, 2);
    assert_eq!(shell.run(&["report", "GAP-1", "--format", "html"]).code, 2);
}
