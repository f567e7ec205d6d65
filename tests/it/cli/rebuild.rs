//! `gapmap rebuild`

use gapmap::base::time::Timestamp;
use gapmap::mindmap::edit;
use gapmap::store::{By, Mode, Store};
use gapmap::workshop::map::MapTitle;
use gapmap::workshop::session::{NewSession, SessionDraft};
use sqlx::{Connection, Executor, SqliteConnection};

use super::program::Shell;

#[tokio::test]
async fn it_writes_the_tables_from_the_documents_and_finds_where_they_differ() {
    let shell = Shell::new();
    let url = format!("sqlite:{}", shell.path("gapmap.db").display());
    let store = Store::open(&url, Mode::Command).await.unwrap();
    let by = By::command(Timestamp(0));
    let draft = SessionDraft {
        title: Some("Drones near crowds"),
        ..SessionDraft::default()
    };
    let session = NewSession::new(&draft, &[]).unwrap();
    let session = store.create_session(&session, &by).await.unwrap().id;
    let title = MapTitle::try_from("Drones").unwrap();
    let document = edit::new_document("Drones", None, by.at);
    let map = store.create_map(session, &title, document, &by).await;
    let map = map.unwrap().id.to_string();
    store.close().await;

    shell
        .run(&["rebuild", "--check"])
        .failed_saying("it is in no table yet");
    let rebuilt = shell.run(&["rebuild"]).done();
    let checked = shell.run(&["rebuild", "--check", &map]).done();
    let mut database = SqliteConnection::connect(&url).await.unwrap();
    database
        .execute("UPDATE map_node SET text = 'Other words'")
        .await
        .unwrap();
    database.close().await.unwrap();
    shell
        .run(&["rebuild", "--check"])
        .failed_saying("node root");
    let mended = shell.run(&["rebuild"]).done();

    let whole = "1 maps, 1 nodes, 0 links: the tables say what the documents say\n";
    assert_eq!((&*rebuilt, &*checked, &*mended), (whole, whole, whole));
}
