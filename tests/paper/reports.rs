//! The Report as PDF.

use serde_json::{Value, json};

use super::program::Shell;
use super::tools::{info, is_sound, pages, says};

/// What markup would make something else of.
const HOSTILE: &str = "#eval(\"1+1\") $x^2$ *bold* _it_ @gap-1 <label> `raw` \\u{41} // [x](y) = 1";

#[test]
fn the_demonstrations_report_is_a_sound_pdf_and_the_same_bytes_each_time() {
    let shell = Shell::new();
    drop(shell.serve(&["--demo"]));
    let write = |file: &str| {
        let arguments = ["report", "REP-1", "--format", "pdf", "-o", file];
        shell.run(&arguments).done();
        std::fs::read(shell.path(file)).unwrap()
    };

    let (once, again) = (write("one.pdf"), write("other.pdf"));

    assert!(once == again);
    let file = shell.path("one.pdf");
    is_sound(&file);
    let html = shell.run(&["report", "REP-1", "--format", "html"]).done();
    let title = "Gaps and solutions: the demonstration's report";
    assert_eq!(info(&file, "Title"), title);
    assert_eq!(info(&file, "Creator"), "Gapmap");
    let document = says("qpdf", &["--json"], &file);
    for fact in [
        "\"/Lang\": \"u:en-GB\"",
        "\"/Outlines\"",
        "\"/MarkInfo\"",
        "\"/Alt\"",
    ] {
        assert!(document.contains(fact), "{fact}");
    }
    // What can be pointed at in a picture of the page can be pressed on paper, and says the same.
    let cells = html.split("<rect ").filter_map(|it| {
        let (_, words) = it.split_once("</rect>")?.0.split_once("<title>")?;
        words.strip_suffix("</title>")
    });
    let cells: Vec<&str> = cells.collect();
    assert!(!cells.is_empty());
    for words in cells {
        let link = format!("\"/Contents\": \"u:{words}\"");
        assert!(document.contains(&link), "{words}");
    }
    assert!(once.windows(7).any(|it| it == b"pdfuaid"));
    let pages = pages(&file);
    let label = html.split_once("class=\"label\">").unwrap().1;
    let label = label.split_once("</p>").unwrap().0;
    for page in &pages {
        assert!(page.contains(label), "{label}: {page}");
    }
    // The contents name the page on which a section is.
    let contents = pages.iter().find(|it| it.contains("Contents")).unwrap();
    let at = 1 + pages
        .iter()
        .rposition(|it| it.contains("2 Method"))
        .unwrap();
    assert!(contents.contains("Method"), "{contents}");
    let entry = contents.split_once("Method").unwrap().1;
    let number: String = entry
        .trim_start_matches([' ', '.', '\u{2060}'])
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    assert_eq!(number, at.to_string(), "{entry}");
    let all = pages.join(" ");
    for words in [
        "Executive summary",
        "Table 1: ",
        "Figure 1: ",
        "GAP-1",
        "SOL-1",
        "Near misses",
    ] {
        assert!(all.contains(words), "{words}");
    }
}

#[tokio::test]
async fn words_are_never_markup_and_a_public_pdf_holds_nothing_amber_and_nobodys_name() {
    let shell = Shell::new();
    let server = shell.serve(&["--demo"]);
    let arguments = ["token", "create", "--user", "admin@localhost"];
    let token = shell.run(&arguments).done();
    let client = reqwest::Client::new();
    let send = async |method: reqwest::Method, path: &str, body: Option<Value>| {
        let request = client.request(method, format!("{}/api/v1/{path}", server.base));
        let request = request.bearer_auth(token.trim());
        let request = match body {
            Some(body) => request.json(&body),
            None => request,
        };
        request.send().await.unwrap()
    };
    let post = async |path: &str, body: Value| -> Value {
        let reply = send(reqwest::Method::POST, path, Some(body)).await;
        assert!(reply.status().is_success(), "{path}: {}", reply.status());
        reply.json().await.unwrap()
    };
    let get = async |path: &str| send(reqwest::Method::GET, path, None).await;
    for (title, tlp) in [
        (HOSTILE, "CLEAR"),
        (
            "Ωμέγα, Жизнь, Łódź, \u{5e9}\u{5dc}\u{5d5}\u{5dd}, \u{1f600}",
            "CLEAR",
        ),
        ("Amber gap that stays inside", "AMBER"),
    ] {
        let body = json!({ "title": title, "tlp": tlp, "state": "accepted", "description": title });
        post("gaps", body).await;
    }
    let body = json!({ "title": HOSTILE, "level": "PU", "cover": { "authors": HOSTILE } });
    let report = post("reports", body).await;
    let number = report["number"].as_str().unwrap();

    let formats: Value = get(&format!("reports/{number}/formats"))
        .await
        .json()
        .await
        .unwrap();
    let reply = get(&format!("reports/{number}/download?format=pdf")).await;

    let offered = formats["items"].as_array().unwrap();
    let pdf = offered.iter().find(|it| it["format"] == "pdf").unwrap();
    assert_eq!(pdf["is_available"], true);
    assert_eq!(reply.status(), 200);
    assert_eq!(reply.headers()["content-type"], "application/pdf");
    let file = shell.path("public.pdf");
    std::fs::write(&file, reply.bytes().await.unwrap()).unwrap();
    is_sound(&file);
    let text = pages(&file).join(" ");
    let tight = |text: &str| -> String { text.split_whitespace().collect() };
    for words in [HOSTILE, "Ωμέγα, Жизнь, Łódź", "TLP:CLEAR", "Preview"] {
        assert!(tight(&text).contains(&tight(words)), "{words}: {text}");
    }
    assert!(!text.contains("TLP:AMBER") && !text.contains("Amber gap"));
    let sessions: Value = get("sessions?limit=500").await.json().await.unwrap();
    let mut n_names = 0;
    for session in sessions["items"].as_array().unwrap() {
        let id = session["id"].as_str().unwrap();
        let path = format!("participants?session={id}&limit=500");
        let people: Value = get(&path).await.json().await.unwrap();
        for person in people["items"].as_array().unwrap() {
            // Null where the session shows names to nobody.
            if let Some(name) = person["pseudonym"].as_str() {
                assert!(!text.contains(name), "{name}");
                n_names += 1;
            }
        }
    }
    assert!(0 < n_names);
}
