//! `gapmap import map`

use gapmap::base::time::Timestamp;
use gapmap::store::{By, Mode, Store};
use gapmap::workshop::session::{NewSession, SessionDraft};

use super::program::Shell;

#[tokio::test]
async fn a_file_becomes_a_map_and_goes_out_as_another() {
    let shell = Shell::new();
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
    let session = session.to_string();
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
