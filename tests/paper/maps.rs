//! Maps as PDF and PNG.

use std::fmt::Write;

use serde_json::Value;

use super::program::Shell;
use super::tools::{info, is_sound, pages};

/// Brings a map into a session, and gives its id.
async fn given_map(shell: &Shell, text: &str) -> String {
    let server = shell.serve(&[]);
    let arguments = ["token", "create", "--user", "admin@localhost"];
    let token = shell.run(&arguments).done();
    let request = reqwest::Client::new().post(format!("{}/api/v1/sessions", server.base));
    let request = request.json(&serde_json::json!({ "title": "On paper" }));
    let reply = request.bearer_auth(token.trim()).send().await.unwrap();
    let session: Value = reply.json().await.unwrap();
    let session = session["id"].as_str().unwrap();
    std::fs::write(shell.path("map.md"), text).unwrap();
    let made = shell
        .run(&["import", "map", "map.md", "--session", session])
        .done();
    let words = made.split_whitespace();
    words
        .skip_while(|it| *it != "map")
        .nth(1)
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn a_map_is_a_page_of_real_letters_and_a_picture() {
    let shell = Shell::new();
    let map = given_map(&shell, "# Plans\n\n- Ωμέγα и Жизнь\n- Łódź & \"x\"\n").await;
    let export = |format: &str, file: &str| {
        let arguments = ["export", "map", &map, "--format", format, "-o", file];
        shell.run(&arguments).done();
        std::fs::read(shell.path(file)).unwrap()
    };

    export("pdf", "map.pdf");
    let png = export("png", "map.png");

    let file = shell.path("map.pdf");
    is_sound(&file);
    assert_eq!(info(&file, "Pages"), "1");
    assert!(info(&file, "Title").starts_with("Plans (TLP:"));
    let text = pages(&file).join(" ");
    for words in ["TLP:", "Ωμέγα и Жизнь", "Łódź & \"x\""] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
    let size = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    // Twice as sharp as its 544 units.
    assert_eq!((size(16), size(20) > 200), (1088, true));
}

#[tokio::test]
async fn a_large_map_goes_over_several_pages_and_is_all_there() {
    let shell = Shell::new();
    let mut text = "# Large\n\n".to_owned();
    for n in 0..1200 {
        writeln!(text, "- Idea{n}").unwrap();
    }
    let map = given_map(&shell, &text).await;

    shell
        .run(&["export", "map", &map, "--format", "pdf", "-o", "map.pdf"])
        .done();
    let drawn = shell.run(&["export", "map", &map, "--format", "png", "-o", "map.png"]);

    let file = shell.path("map.pdf");
    is_sound(&file);
    let pages = pages(&file);
    assert_eq!(pages.len(), 3);
    assert!(
        pages
            .iter()
            .all(|it| it.contains("TLP:") && it.contains("Large"))
    );
    let words: std::collections::HashSet<&str> =
        pages.iter().flat_map(|it| it.split(' ')).collect();
    let lost = (0..1200).filter(|n| !words.contains(&*format!("Idea{n}")));
    assert_eq!(lost.collect::<Vec<_>>(), [0; 0]);
    assert_eq!(drawn.code, 0, "{}", drawn.err);
    assert!(drawn.err.contains("scaled down to"), "{}", drawn.err);
}
