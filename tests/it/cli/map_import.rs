//! `gapmap import map`

use gapmap::base::time::Timestamp;
use gapmap::store::{By, Mode, Store};
use gapmap::workshop::session::{NewSession, SessionDraft};

use super::program::Shell;

/// A session in a new database.
async fn given_session(shell: &Shell) -> String {
    let url = format!("sqlite:{}", shell.path("gapmap.db").display());
    let store = Store::open(&url, Mode::Command).await.unwrap();
    let draft = SessionDraft {
        title: Some("Drones near crowds"),
        ..SessionDraft::default()
    };
    let session = NewSession::new(&draft, &[]).unwrap();
    let by = By::command(Timestamp(0));
    let session = store.create_session(&session, &by).await.unwrap().id;
    store.close().await;
    session.to_string()
}

#[tokio::test]
async fn a_file_becomes_a_map_and_goes_out_as_another() {
    let shell = Shell::new();
    let session = given_session(&shell).await;
    std::fs::write(shell.path("plans.md"), "# Plans\n\n- [x] first\n").unwrap();
    std::fs::write(shell.path("cut.mm"), "<map>\n<node TEXT=\"a\">").unwrap();
    let import = |more: &[&str]| {
        let arguments = ["import", "map"].iter().chain(more).copied();
        shell.run(&arguments.collect::<Vec<_>>())
    };

    let seen = import(&["plans.md", "--session", &session, "--dry-run"]).done();
    let made = import(&["plans.md", "--session", &session]).done();
    let cut = import(&["cut.mm", "--session", &session]);
    let homeless = import(&["plans.md"]);

    let lost = "not kept: 1 tasks, such as at \"first\"\n";
    let nodes = "plans.md: markdown, 2 nodes on 2 levels";
    assert_eq!(seen, format!("{nodes} would be a new map\n{lost}"));
    let map = made.split_whitespace().nth(10).unwrap().to_owned();
    assert_eq!(made, format!("{nodes} are the map {map}\n{lost}"));
    cut.failed_saying("cut.mm: line 2: the file is cut off");
    assert_eq!(homeless.code, 2, "{}", homeless.err);
    let out = shell
        .run(&["export", "map", &map, "--format", "opml"])
        .done();
    assert!(out.contains("<outline text=\"first\""), "{out}");
}

/// The ids of the nodes with these words in a map, as its JSON has them.
fn ids(shell: &Shell, map: &str, text: &str) -> Vec<String> {
    let json = shell
        .run(&["export", "map", map, "--format", "json"])
        .done();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let nodes = json["nodes"].as_array().unwrap().iter();
    let found = nodes.filter(|it| it["text"] == text);
    found
        .map(|it| it["id"].as_str().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn a_file_goes_under_a_node_unless_a_server_has_the_map() {
    let shell = Shell::new();
    let session = given_session(&shell).await;
    std::fs::write(shell.path("plans.md"), "# Plans\n\n- first\n").unwrap();
    std::fs::write(shell.path("more.txt"), "second\n\tthird\n").unwrap();
    let made = shell.run(&["import", "map", "plans.md", "--session", &session]);
    let map = made.done().split_whitespace().nth(10).unwrap().to_owned();
    let first = ids(&shell, &map, "first").remove(0);
    let import = |more: &[&str]| {
        let begins = ["import", "map", "more.txt", "--map", &map];
        shell.run(&[&begins[..], more].concat())
    };

    let seen = import(&["--under", &first, "--dry-run"]).done();
    let before = ids(&shell, &map, "second");
    let done = import(&["--under", &first]).done();
    let odd = import(&["--under", "nobody"]);
    let both = import(&["--session", &session]);
    let serving = shell.serve(&[]);
    let beside = import(&[]);
    drop(serving);

    let told = "more.txt: text, 2 nodes on 2 levels";
    assert_eq!(seen, format!("{told} would go into {map}\n"));
    assert_eq!(before, Vec::<String>::new());
    assert_eq!(done, format!("{told} are in the map {map}\n"));
    odd.failed_saying("--under must be a node of this map");
    beside.failed_saying("import the file there, on the map's page");
    assert_eq!(both.code, 2, "{}", both.err);
    let branch = [
        "export", "map", &map, "--format", "markdown", "--branch", &first,
    ];
    let out = shell.run(&branch).done();
    assert!(out.contains("# first") && out.contains("third"), "{out}");
    assert_eq!(ids(&shell, &map, "second").len(), 1);
    shell.run(&["verify"]).done();
    shell.run(&["rebuild", "--check"]).done();
}
