//! The records that a map links, in a few words.

use std::collections::{BTreeMap, HashMap};

use sqlx::Row;

use super::attached::AT_ONCE;
use crate::base::tlp::Tlp;
use crate::catalogue::handle::Target;
use crate::catalogue::kind::RecordKind;
use crate::catalogue::shape;
use crate::store::columns::word;
use crate::store::error::StoreError;
use crate::store::open::Store;
use crate::store::statement::Statement;

/// What a record is called, and how far that may travel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedRecord {
    /// Its number, such as GAP-12.
    pub handle: String,
    /// What it is called.
    pub title: String,
    /// Its label.
    pub tlp: Tlp,
}

impl Store {
    /// What records are called, by target. Those that are not there are left out.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn names_of(
        &self,
        targets: &[Target],
    ) -> Result<HashMap<Target, NamedRecord>, StoreError> {
        let mut of_kind: BTreeMap<RecordKind, Vec<Target>> = BTreeMap::new();
        for target in targets {
            of_kind.entry(target.kind).or_default().push(*target);
        }
        let mut named = HashMap::new();
        let mut on = self.read.acquire().await?;
        for (kind, targets) in of_kind {
            let title = shape::title(kind).unwrap_or("''");
            let sql = format!("SELECT id, number, {title} AS title, tlp FROM {kind} WHERE id IN ");
            for some in targets.chunks(AT_ONCE) {
                let mut statement = Statement::new(&sql);
                statement.list(some.iter().map(|it| it.id.to_string()));
                for row in statement.fetch(&mut on).await? {
                    let id: String = row.try_get("id")?;
                    let number: i64 = row.try_get("number")?;
                    let target = Target {
                        kind,
                        id: crate::store::columns::id(&id)?,
                    };
                    let own = NamedRecord {
                        handle: format!("{}-{number}", kind.prefix()),
                        title: row.try_get("title")?,
                        tlp: word(&row.try_get::<String, _>("tlp")?)?,
                    };
                    named.insert(target, own);
                }
            }
        }
        Ok(named)
    }
}
