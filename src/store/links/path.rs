//! Where nodes stand: the words of what they hang under.

use std::collections::HashMap;

use sqlx::{AnyConnection, Row};

use crate::store::error::StoreError;
use crate::store::statement::Statement;

/// How many levels are told at most, those nearest to the node.
const LEVELS: i64 = 50;
/// Nodes that one statement names.
const AT_ONCE: usize = 200;

/// A map and a node in it.
pub(super) type Spot = (String, String);

/// What each of these nodes hangs under, the central topic first.
pub(super) async fn paths(
    on: &mut AnyConnection,
    spots: &[Spot],
) -> Result<HashMap<Spot, Vec<String>>, StoreError> {
    let mut paths: HashMap<Spot, Vec<String>> = HashMap::new();
    for some in spots.chunks(AT_ONCE) {
        let mut statement = Statement::new(
            "WITH RECURSIVE up (map, start, node, level) AS (
                 SELECT map, node, parent, 1 FROM map_node WHERE (map, node) IN (VALUES ",
        );
        let rows = some.iter();
        statement.rows(rows.map(|(map, node)| vec![map.as_str().into(), node.as_str().into()]));
        statement.sql(
            ") UNION ALL SELECT up.map, up.start, n.parent, up.level + 1
                 FROM up JOIN map_node AS n ON n.map = up.map AND n.node = up.node
                 WHERE up.level < ",
        );
        statement.arg(LEVELS).sql(
            ") SELECT up.map, up.start, n.text
               FROM up JOIN map_node AS n ON n.map = up.map AND n.node = up.node
               ORDER BY up.level DESC",
        );
        for row in statement.fetch(on).await? {
            let spot = (row.try_get("map")?, row.try_get("start")?);
            paths.entry(spot).or_default().push(row.try_get("text")?);
        }
    }
    Ok(paths)
}
