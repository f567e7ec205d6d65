//! `/api/v1/coverage`, `/watch`, `/tags`, and what records show of their neighbours.

use gapmap::workshop::role::Role;
use serde_json::{Value, json};

use super::catalogue::{FITS, GAPS, SOLUTIONS, at, course, fit, gap};
use crate::server::TestServer;

#[tokio::test]
async fn coverage_turns_from_grey_to_green_when_a_fit_is_accepted() {
    let server = TestServer::start().await;
    let analyst = server.script(Role::Analyst).await;
    let reviewer = server.script(Role::Reviewer).await;
    let gap = gap(&analyst, "Phones").await;
    let solution = course(&analyst).await;
    let fit = fit(&analyst, &gap, &solution).await;

    let before = analyst.get("/api/v1/coverage").await.json;
    let accepted = reviewer
        .patch(&at(FITS, &fit), json!({ "state": "accepted" }))
        .await;
    let after = analyst.get("/api/v1/coverage").await.json;
    let shown = analyst.get(&at(GAPS, &gap)).await.json;

    assert_eq!(fit["gap"]["number"], "GAP-1");
    assert_eq!(fit["solution"]["title"], "Course");
    assert_eq!(accepted.status, 200, "{}", accepted.text);
    assert_eq!(
        before["lights"],
        json!({ "green": 0, "amber": 0, "red": 0, "grey": 1 })
    );
    assert_eq!(
        after["lights"],
        json!({ "green": 1, "amber": 0, "red": 0, "grey": 0 })
    );
    let waiting = |it: &Value| it["left_out"][1].clone();
    assert_eq!(
        waiting(&before),
        json!({ "reason": "not_accepted", "n": 1 })
    );
    assert_eq!(waiting(&after), json!({ "reason": "not_accepted", "n": 0 }));
    assert_eq!(
        (&shown["coverage"], &shown["solutions"]),
        (&json!("green"), &json!(1))
    );
}

#[tokio::test]
async fn projects_have_results_and_solutions_go_stale() {
    let server = TestServer::start().await;
    let analyst = server.script(Role::Analyst).await;
    course(&analyst).await;
    let body = json!({ "name": "Handbook", "kind": "guidance", "parent": "SOL-1",
                       "next_check": "2020-01-01", "trl_low": 8, "external_ids": ["doi:10.1/x"] });

    let result = analyst.made(SOLUTIONS, body).await;

    assert_eq!(result["parent"]["number"], "SOL-1");
    assert_eq!(
        (&result["stale"], &result["external_ids"]),
        (&json!(true), &json!(["doi:10.1/x"]))
    );
    let project = analyst.get("/api/v1/solutions/SOL-1").await.json;
    assert_eq!(project["results"][0]["title"], "Handbook");
    assert_eq!(project["parent"], Value::Null);
    for query in [
        "stale=true",
        "parent=SOL-1",
        "trl_min=8",
        "kind=guidance",
        "fits=none&q=hand",
    ] {
        let listed = analyst.get(&format!("{SOLUTIONS}?{query}")).await.json;
        assert_eq!(listed["items"].as_array().unwrap().len(), 1, "{query}");
        assert_eq!(listed["items"][0]["name"], "Handbook", "{query}");
    }
    let watch = analyst.get("/api/v1/watch").await.json;
    assert_eq!(
        (&watch["stale"], &watch["unlinked_solutions"]),
        (&json!(1), &json!(2))
    );
    assert_eq!(
        watch["levels"][1],
        json!({ "level": 8, "basis": "", "n": 1 })
    );
}

#[tokio::test]
async fn the_matrix_is_a_picture_and_a_table_without_formulas() {
    let server = TestServer::start().await;
    let analyst = server.script(Role::Analyst).await;
    let gap = gap(&analyst, "=HYPERLINK(\"http://evil\")").await;
    let solution = course(&analyst).await;
    let fit = fit(&analyst, &gap, &solution).await;

    let matrix = analyst.get("/api/v1/coverage/matrix?light=grey").await.json;
    let table = analyst.get("/api/v1/coverage/matrix.csv").await;

    assert_eq!(matrix["gaps"][0]["number"], "GAP-1");
    assert_eq!(matrix["solutions"][0]["title"], "Course");
    let cell = json!({ "fit": fit["id"], "gap": gap["id"], "solution": solution["id"],
                       "degree": "good", "state": "proposed" });
    assert_eq!(matrix["cells"], json!([cell]));
    assert_eq!(table.header("content-type"), "text/csv; charset=utf-8");
    let line = "GAP-1,\"'=HYPERLINK(\"\"http://evil\"\")\",,grey,good (proposed)\r\n";
    assert!(table.text.ends_with(line), "{}", table.text);
    analyst
        .get("/api/v1/coverage/matrix?light=blue")
        .await
        .is_refused(422, "invalid");
    let accepted = analyst
        .get("/api/v1/coverage/matrix?state=accepted")
        .await
        .json;
    assert_eq!(
        (&accepted["cells"], &accepted["solutions"]),
        (&json!([]), &json!([]))
    );
}

#[tokio::test]
async fn a_tag_is_renamed_on_all_records_and_deleted_from_them() {
    let server = TestServer::start().await;
    let analyst = server.script(Role::Analyst).await;
    let tag = json!({ "scheme": "area", "name": "ai", "about": "Learning machines" });
    let tag = analyst.made("/api/v1/tags", tag).await;
    let path = format!("/api/v1/tags/{}", tag["id"].as_str().unwrap());
    let made = analyst
        .made(GAPS, json!({ "title": "x", "tags": ["area:ai", "video"] }))
        .await;
    let tags = async || analyst.get(&at(GAPS, &made)).await.json["tags"].clone();

    let again = analyst
        .post("/api/v1/tags", json!({ "scheme": "area", "name": "ai" }))
        .await;
    let renamed = analyst
        .patch(&path, json!({ "name": "learning", "version": 1 }))
        .await
        .json;
    let stale = analyst
        .patch(&path, json!({ "name": "x", "version": 1 }))
        .await;

    again.is_refused(409, "conflict");
    stale.is_refused(412, "stale");
    assert_eq!(
        (&renamed["label"], &renamed["used"]),
        (&json!("area:learning"), &json!(1))
    );
    assert_eq!(tags().await, json!(["area:learning", "video"]));
    let found = analyst.get("/api/v1/gaps?tag=area:learning").await.json;
    assert_eq!(found["items"].as_array().unwrap().len(), 1);
    assert_eq!(analyst.delete(&path).await.status, 204);
    assert_eq!(tags().await, json!(["video"]));
    let free = analyst.get("/api/v1/tags?scheme=").await.json;
    assert_eq!(free["items"][0]["label"], "video");
    analyst
        .post("/api/v1/tags", json!({ "name": "a|b" }))
        .await
        .is_refused(422, "invalid");
}

#[tokio::test]
async fn forms_and_sheets_are_told_what_records_are_made_of_and_who_wrote_them() {
    let server = TestServer::start().await;
    let analyst = server.script(Role::Analyst).await;
    let first = gap(&analyst, "Phones").await;
    gap(&analyst, "Locked phones").await;
    analyst
        .post(&format!("{GAPS}/GAP-2/merge"), json!({ "into": "GAP-1" }))
        .await;

    let shapes = analyst.get("/api/v1/shapes").await.json;
    let names = analyst.get("/api/v1/users/names").await.json;
    let became = format!("{GAPS}?state=merged&merged_into=GAP-1&evidence=none");
    let became = analyst.get(&became).await.json;

    let fit = &shapes["kinds"][2];
    assert_eq!(fit["kind"], "fit");
    assert_eq!(fit["fields"][2]["choices"][0], "none");
    assert_eq!(fit["states"][0]["next"][1], "accepted");
    let account = first["created_by"].as_str().unwrap();
    let ids = names["items"].as_array().unwrap().iter();
    let named = ids.map(|it| format!("account:{}", it["id"].as_str().unwrap()));
    assert!(named.collect::<Vec<_>>().contains(&account.to_owned()));
    assert!(names["items"][0].get("email").is_none());
    assert_eq!(became["items"][0]["number"], "GAP-2");
    assert_eq!(became["items"].as_array().unwrap().len(), 1);
    for odd in ["evidence=some", "fits=some", "merged_into=x"] {
        assert_eq!(
            analyst.get(&format!("{GAPS}?{odd}")).await.status,
            422,
            "{odd}"
        );
    }
}
