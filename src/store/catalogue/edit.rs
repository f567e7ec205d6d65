//! Changing a record.

use sqlx::AnyConnection;

use super::changes::{self, Cause, load, resolve, stale};
use super::{attached, bulk, lights, rows};
use crate::catalogue::change::Change;
use crate::catalogue::difference::{Difference, between};
use crate::catalogue::handle::{Handle, Target};
use crate::catalogue::kind::RecordKind;
use crate::catalogue::record::{NewRecord, Record};
use crate::store::audit::{By, record};
use crate::store::error::StoreError;
use crate::store::open::Store;
use crate::store::search;
use crate::store::statement::Statement;

impl Store {
    /// Changes what `change` names. One that changes nothing makes no version.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`]; [`StoreError::StaleRecord`] when `version` is given and is not the
    /// current one; [`StoreError::Invalid`] on what cannot be so; [`StoreError::Taken`] when
    /// another fit is in the way.
    pub async fn change_record(
        &self,
        handle: Handle,
        version: Option<i64>,
        change: &Change,
        by: &By,
    ) -> Result<Record, StoreError> {
        let kind = change.kind;
        let mut tx = self.begin().await?;
        let id = resolve(&mut tx, kind, handle).await?;
        let before = load(&mut tx, kind, id).await?;
        if let Some(version) = version.filter(|it| *it != before.version) {
            return Err(stale(&mut tx, change, version, before).await?);
        }
        let after = edit(&mut tx, &before, change, by, Cause::Edit).await?;
        if after.version != before.version {
            let action = match before.state == after.state {
                true => format!("{kind}.change"),
                false => format!("{kind}.{}", after.state),
            };
            let target = Target { kind, id };
            record(&mut tx, by, &action, &target.to_string(), after.state).await?;
            tx.commit().await?;
            self.catalogue_changed();
        }
        Ok(after)
    }
}

/// Changes a record that was read in this transaction; whoever calls writes the audit.
pub(super) async fn edit(
    on: &mut AnyConnection,
    before: &Record,
    change: &Change,
    by: &By,
    cause: Cause,
) -> Result<Record, StoreError> {
    let after = before.with(change)?;
    let differences = between(before, &after);
    if differences.is_empty() {
        return Ok(after);
    }
    if before.kind == RecordKind::Fit {
        bulk::check_alone(on, &after).await?;
    }
    let changed = NewRecord {
        kind: after.kind,
        state: after.state,
        tlp: after.tlp,
        fields: after
            .fields
            .iter()
            .filter(|(name, value)| before.fields.get(*name) != Some(value))
            .map(|(name, value)| (*name, value.clone()))
            .collect(),
    };
    bulk::check_references(on, before.kind, &[changed]).await?;
    save(on, before, after, &differences, by, cause).await
}

/// Writes a record over the version before.
pub(super) async fn save(
    on: &mut AnyConnection,
    before: &Record,
    mut after: Record,
    differences: &[Difference],
    by: &By,
    cause: Cause,
) -> Result<Record, StoreError> {
    let kind = after.kind;
    after.version += 1;
    after.changed_at = by.at;
    after.changed_by = by.actor.to_string();
    let mut statement = Statement::new(&format!("UPDATE {kind} SET "));
    let columns = rows::columns(kind, "");
    let mut parting = "";
    for (column, cell) in columns.split(", ").zip(rows::cells(&after)).skip(1) {
        statement.sql(parting).sql(column).sql(" = ").arg(cell);
        parting = ", ";
    }
    statement.sql(" WHERE id = ").arg(after.id.to_string());
    statement.sql(" AND version = ").arg(before.version);
    if statement.execute(on).await? == 0 {
        return Err(StoreError::Stale);
    }
    attached::rewrite(on, &after, by.at).await?;
    changes::write(on, vec![changes::row(&after, by, cause, differences)]).await?;
    search::write(on, vec![bulk::entry(&after)]).await?;
    lights::follow(on, &after).await?;
    Ok(after)
}
