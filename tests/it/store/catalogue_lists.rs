//! Lists of the catalogue's records, their lights, and many records at once.

use gapmap::catalogue::coverage::Light;
use gapmap::catalogue::kind::RecordKind::{Fit, Gap, Solution};
use gapmap::store::{AuditFilter, Cause, Condition, More, RecordFilter, StoreError};

use super::catalogue::{by, changed, fit, gap, id, light, made, new, page, solution, titles};
use crate::harness::{Database, on_both_databases};

on_both_databases! {
    lists_page_in_every_order,
    lists_filter_and_find_words_without_accents,
    many_records_are_made_at_once_with_one_line_in_the_audit,
    the_light_follows_fits_solutions_and_searches,
}

async fn lists_page_in_every_order(db: Database) {
    for (title, impact) in [
        ("Éclair", "2"),
        ("beta", "5"),
        ("Alpha", "2"),
        ("delta", ""),
    ] {
        made(&db, Gap, &[("title", title), ("impact", impact)]).await;
    }
    for (sort, wanted) in [
        ("newest", ["delta", "Alpha", "beta", "Éclair"]),
        ("number", ["Éclair", "beta", "Alpha", "delta"]),
        ("title", ["Alpha", "beta", "delta", "Éclair"]),
        ("impact", ["beta", "Alpha", "Éclair", "delta"]),
    ] {
        let filter = RecordFilter::new(Gap).sorted(Some(sort)).unwrap();
        assert_eq!(titles(&db, &filter).await, wanted, "{sort}");
    }
    assert!(RecordFilter::new(Fit).sorted(Some("impact")).is_err());
    let strange = page(2, Some("nothing".to_owned()));
    let filter = RecordFilter::new(Gap).sorted(Some("title")).unwrap();
    assert!(matches!(
        db.store.entries(&filter, &strange).await,
        Err(StoreError::Invalid(_))
    ));
}

async fn lists_filter_and_find_words_without_accents(db: Database) {
    let cells = [
        ("title", "Größere Datenmengen"),
        ("thor", "human"),
        ("tags", "ai"),
    ];
    let large = made(&db, Gap, &cells).await;
    let other = made(
        &db,
        Gap,
        &[("title", "Phones"), ("thor", "technology|human")],
    )
    .await;
    let course = solution(&db, "Course").await;
    fit(&db, &other, &course, "proposed").await;
    let gaps = || RecordFilter::new(Gap);
    let only = async |filter: RecordFilter| titles(&db, &filter).await;

    assert_eq!(
        only(gaps().asking(Some("GROSSERE daten"))).await,
        [large.title()]
    );
    assert_eq!(only(gaps().asking(Some("daten phones"))).await, [""; 0]);
    assert_eq!(only(gaps().asking(Some("\"' OR 1=1 --"))).await, [""; 0]);
    assert_eq!(
        only(gaps().with(Condition::Tag("ai".to_owned()))).await,
        [large.title()]
    );
    let has = Condition::Has("thor", "technology".to_owned());
    assert_eq!(only(gaps().with(has)).await, [other.title()]);
    assert_eq!(
        only(gaps().with(Condition::WithoutFits)).await,
        [large.title()]
    );
    assert_eq!(only(gaps().with(Condition::WithoutEvidence)).await.len(), 2);
    assert_eq!(
        only(gaps().with(Condition::Light(Light::Green))).await,
        [""; 0]
    );
    changed(&db, &large, &[("title", "Video")]).await;
    assert_eq!(only(gaps().asking(Some("daten"))).await, [""; 0]);
    assert_eq!(only(gaps().asking(Some("vid"))).await, ["Video"]);
}

async fn many_records_are_made_at_once_with_one_line_in_the_audit(db: Database) {
    let many = (0..1200).map(|n| {
        let name = format!("Solution {n}");
        new(
            Solution,
            &[("name", &name), ("kind", "platform"), ("tags", "ai|bulk")],
        )
    });

    let made = db
        .store
        .create_records(many.collect(), &by(), Cause::Import)
        .await
        .unwrap();

    assert_eq!((made.len(), made[1199].number), (1200, 1200));
    let all = db
        .store
        .count_records(&RecordFilter::new(Solution).asking(Some("bulk")))
        .await;
    assert_eq!(all.unwrap(), 1200);
    assert_eq!(
        db.store.record(Solution, id(&made[7])).await.unwrap(),
        made[7]
    );
    let audit = db
        .store
        .audit_events(&AuditFilter::default(), &page(5, None))
        .await
        .unwrap()
        .items;
    assert_eq!(audit.len(), 1);
    assert_eq!(
        (audit[0].action.as_str(), audit[0].detail.as_str()),
        ("solution.create_many", "1200")
    );
    let history = db
        .store
        .record_history(Solution, id(&made[7]), &page(5, None))
        .await
        .unwrap();
    assert_eq!(history.items[0].cause, "import");
}

async fn the_light_follows_fits_solutions_and_searches(db: Database) {
    let (gap, solution) = (gap(&db, "Phones").await, solution(&db, "Course").await);
    assert_eq!(light(&db, &gap).await, Light::Grey);
    changed(&db, &gap, &[("last_searched", "2026-11-01")]).await;
    assert_eq!(light(&db, &gap).await, Light::Red);
    let fit = fit(&db, &gap, &solution, "proposed").await;
    assert_eq!(light(&db, &gap).await, Light::Red);
    changed(&db, &fit, &[("state", "accepted")]).await;
    assert_eq!(light(&db, &gap).await, Light::Green);
    changed(&db, &solution, &[("lifecycle", "planned")]).await;
    assert_eq!(light(&db, &gap).await, Light::Amber);
    changed(&db, &solution, &[("trl_low", "8"), ("trl_basis", "tested")]).await;

    let entry = db.store.entry(Gap, id(&gap)).await.unwrap();
    let totals = db.store.coverage_totals().await.unwrap();

    assert_eq!(entry.more, More::Gap(Light::Green, 1, Some(8)));
    assert_eq!(totals.lights, [(Light::Green, 1)].into());
    assert!(totals.left_out.is_empty());
}
