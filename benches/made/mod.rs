//! A catalogue to measure with.

use gapmap::base::time::Timestamp;
use gapmap::catalogue::json::change;
use gapmap::catalogue::kind::RecordKind;
use gapmap::catalogue::record::{NewRecord, Record};
use gapmap::store::{By, Cause, Store};
use serde_json::Value;

/// Records made in one transaction.
const AT_ONCE: usize = 1000;

/// Makes `n` records, each as `of` says it.
pub(crate) async fn fill(
    store: &Store,
    kind: RecordKind,
    n: usize,
    of: impl Fn(usize) -> Value,
) -> Vec<Record> {
    let by = By::command(Timestamp(1_795_426_200_000));
    let new = |at: &usize| {
        let said = of(*at);
        let said = said.as_object().expect("an object");
        NewRecord::new(&change(kind, said).expect("fields")).expect("a record")
    };
    let all: Vec<usize> = (0..n).collect();
    let mut made = Vec::with_capacity(n);
    for some in all.chunks(AT_ONCE) {
        let records = some.iter().map(new).collect();
        let records = store.create_records(records, &by, Cause::Import).await;
        made.extend(records.expect("records are made"));
    }
    made
}
