//! `gapmap import` of records

use gapmap::base::time::Timestamp;
use gapmap::catalogue::handle::Handle;
use gapmap::catalogue::kind::RecordKind::{Gap, Solution};
use gapmap::store::{By, Mode, Store};
use gapmap::workshop::group::NewGroup;

use super::program::{Ended, Shell};

const GAPS: &str = "gap_id,title,practitioner_group,impact\n\
    G-1,Phones differ,Forensics,5\nG-2,Tools are not validated,Nobody,9\n";
const SOLUTIONS: &str = "solution_id,name,kind,trl_low,proposed_gap_links\n\
    S-1,Phone reader,technology,6,G-1:good\nS-2,Course for readers,training,,G-7:full\n";

async fn opened(shell: &Shell) -> Store {
    let url = format!("sqlite:{}", shell.path("gapmap.db").display());
    Store::open(&url, Mode::Command).await.unwrap()
}

fn import(shell: &Shell, arguments: &[&str]) -> Ended {
    let all = ["import"].iter().chain(arguments).copied();
    shell.run(&all.collect::<Vec<_>>())
}

#[tokio::test]
async fn tables_come_in_once_and_a_dry_run_only_says_what_would_be() {
    let shell = Shell::new();
    let store = opened(&shell).await;
    let by = By::command(Timestamp(0));
    let group = NewGroup::new("Forensics", "", "").unwrap();
    let group = store.create_group(&group, &by).await.unwrap().id;
    std::fs::write(shell.path("gaps.csv"), GAPS).unwrap();
    std::fs::write(shell.path("solutions.csv"), SOLUTIONS).unwrap();

    let dry = import(&shell, &["gaps", "gaps.csv", "--dry-run"]).done();
    let n_gaps = store.record_versions(Gap, Timestamp(i64::MIN)).await;
    let gaps = import(&shell, &["gaps", "gaps.csv"]).done();
    let solutions = import(&shell, &["solutions", "solutions.csv"]).done();
    let again = import(&shell, &["solutions", "solutions.csv"]).done();

    let refused = "rejected line 3: impact must be from 1 to 5\n";
    let counts = "1 created, 0 updated, 0 skipped, 1 rejected\n";
    assert_eq!(
        dry,
        format!("gaps.csv: 2 rows read, would be {counts}{refused}")
    );
    assert!(n_gaps.unwrap().is_empty());
    assert_eq!(gaps, format!("gaps.csv: 2 rows read, {counts}{refused}"));
    let gap = store.record(Gap, Handle::Number(1)).await.unwrap();
    assert_eq!(gap.list("groups"), [group.to_string()]);
    assert_eq!(
        solutions,
        "solutions.csv: 2 rows read, 2 created, 0 updated, 0 skipped, 0 rejected\n\
         remark line 3: proposed_gap_links names \"G-7\", a gap that is not there: left out\n"
    );
    assert!(again.contains("0 created, 0 updated, 2 skipped"), "{again}");
}

#[tokio::test]
async fn a_conflict_keeps_the_catalogue_unless_the_file_is_to_win() {
    let shell = Shell::new();
    let store = opened(&shell).await;
    std::fs::write(
        shell.path("a.csv"),
        "name,kind,url\nReader,technology,https://a.example\n",
    )
    .unwrap();
    std::fs::write(
        shell.path("b.csv"),
        "name,kind,url\nReader,technology,https://b.example\n",
    )
    .unwrap();
    import(&shell, &["solutions", "a.csv"]).done();
    let url = async || {
        let record = store.record(Solution, Handle::Number(1)).await.unwrap();
        record.text("url").to_owned()
    };

    let kept = import(&shell, &["solutions", "b.csv"]).done();
    let before = url().await;
    let taken = import(&shell, &["solutions", "b.csv", "--take-conflicts"]).done();

    let disagree = "1 rows disagree with the catalogue:";
    assert!(
        kept.contains(&format!("{disagree} the catalogue's values stay")),
        "{kept}"
    );
    assert!(
        taken.contains(&format!("{disagree} the file's values were taken")),
        "{taken}"
    );
    assert_eq!(
        (before.as_str(), url().await.as_str()),
        ("https://a.example", "https://b.example")
    );
}

#[tokio::test]
async fn a_folder_of_cordis_and_a_list_of_openaire_meet_in_one_record() {
    let shell = Shell::new();
    let store = opened(&shell).await;
    let fixtures = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/imports");
    for (from, to) in [
        ("cordis-project.csv", "project.csv"),
        ("cordis-organization.csv", "organization.csv"),
    ] {
        std::fs::copy(format!("{fixtures}/{from}"), shell.path(to)).unwrap();
    }

    let cordis = import(&shell, &["cordis", "."]).done();
    let openaire = import(&shell, &["openaire", &format!("{fixtures}/openaire.json")]).done();

    assert!(
        cordis.contains("project.csv: 1 rows read, 1 created"),
        "{cordis}"
    );
    assert!(
        cordis.contains("organization.csv: 2 rows read, 0 created, 1 updated"),
        "{cordis}"
    );
    assert!(
        openaire.contains("1 rows read, 0 created, 1 updated"),
        "{openaire}"
    );
    let project = store.record(Solution, Handle::Number(1)).await.unwrap();
    assert_eq!(project.text("grant_number"), "999123");
}

#[tokio::test]
async fn what_cannot_be_read_ends_with_words_and_without_records() {
    let shell = Shell::new();
    let store = opened(&shell).await;
    std::fs::write(shell.path("gaps.csv"), GAPS).unwrap();
    std::fs::create_dir(shell.path("empty")).unwrap();

    for (arguments, words) in [
        (&["solutions", "gaps.csv"][..], "has a column \"name\""),
        (&["cordis", "gaps.csv"][..], "no file of CORDIS"),
        (&["openaire", "gaps.csv"][..], "is JSON"),
        (&["gaps", "none.csv"][..], "cannot read none.csv"),
        (&["gaps", "empty"][..], "empty is a folder"),
        (
            &["cordis", "empty"][..],
            "neither project.csv nor project.json",
        ),
        (
            &["gaps", "gaps.csv", "--mapping", "mine"][..],
            "no mapping is called \"mine\"",
        ),
    ] {
        let ended = import(&shell, arguments);
        assert_eq!(ended.code, 1, "{arguments:?}: {}", ended.out);
        assert!(ended.err.contains(words), "{arguments:?}: {}", ended.err);
    }
    let solutions = store.record_versions(Solution, Timestamp(i64::MIN)).await;
    assert!(solutions.unwrap().is_empty());
}
