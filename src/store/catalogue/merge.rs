//! Making one record of two: what points at the one points at the other then.

use std::collections::BTreeSet;

use sqlx::AnyConnection;

use super::changes::{Cause, load, resolve};
use super::edit::{edit, save};
use super::{lights, rows};
use crate::base::id::RecordId;
use crate::base::invalid::Invalid;
use crate::catalogue::change::Change;
use crate::catalogue::difference::{Difference, between};
use crate::catalogue::fit::{LIVE, first_stays};
use crate::catalogue::handle::{Handle, Target};
use crate::catalogue::kind::RecordKind;
use crate::catalogue::reconcile::reconcile;
use crate::catalogue::record::Record;
use crate::catalogue::state::MERGED;
use crate::catalogue::value::Value;
use crate::store::audit::{By, record};
use crate::store::error::StoreError;
use crate::store::links::follow_merge;
use crate::store::open::Store;
use crate::store::statement::Statement;

impl Store {
    /// Merges a gap or a solution into another one, which it gives back. Fits and evidence move,
    /// tags, groups and ids from elsewhere are added, and the old number is the other's alias.
    /// Where both have a live fit with the same record, the one that came further stays.
    ///
    /// # Errors
    ///
    /// [`StoreError::NotFound`]; [`StoreError::Invalid`] on `into` when it is the same record, or
    /// one of the two was merged before.
    pub async fn merge_records(
        &self,
        kind: RecordKind,
        from: Handle,
        into: Handle,
        by: &By,
    ) -> Result<Record, StoreError> {
        let mut tx = self.begin().await?;
        let from = resolve(&mut tx, kind, from).await?;
        let into = resolve(&mut tx, kind, into).await?;
        hold(&mut tx, kind, [from, into]).await?;
        let from = load(&mut tx, kind, from).await?;
        let into = load(&mut tx, kind, into).await?;
        if from.id == into.id {
            return Err(Invalid::new("into", "must be another record").into());
        }
        if from.state == MERGED || into.state == MERGED {
            return Err(Invalid::new("into", "cannot be joined: one of them is merged").into());
        }
        move_fits(&mut tx, &from, &into, by).await?;
        move_pointers(&mut tx, &from, &into).await?;
        add_alias(&mut tx, &from, &into).await?;
        let target = |id| Target { kind, id };
        follow_merge(&mut tx, target(from.id), target(into.id)).await?;
        let merged = Record {
            state: MERGED,
            merged_into: Some(into.id),
            ..from.clone()
        };
        let mut differences = between(&from, &merged);
        differences.push(Difference {
            field: "merged_into",
            before: None,
            after: Some(Value::Text(into.id.to_string())),
        });
        save(&mut tx, &from, merged, &differences, by, Cause::Merge).await?;
        let into = edit(&mut tx, &into, &additions(&from, &into), by, Cause::Merge).await?;
        lights::follow(&mut tx, &into).await?;
        let (target, detail) = (
            Target { kind, id: from.id },
            Target { kind, id: into.id }.to_string(),
        );
        record(
            &mut tx,
            by,
            &format!("{kind}.merge"),
            &target.to_string(),
            &detail,
        )
        .await?;
        tx.commit().await?;
        self.catalogue_changed();
        Ok(into)
    }
}

/// The lists that grow by what the other record has: those that an import adds to as well.
fn additions(from: &Record, into: &Record) -> Change {
    let mut change = reconcile(into.kind, &into.fields, &from.fields).change;
    let grows = |name: &&str| matches!(*name, "tags" | "groups" | "external_ids");
    change.fields.retain(|name, _| grows(name));
    change
}

/// Moves the fits of one record to another.
async fn move_fits(
    on: &mut AnyConnection,
    from: &Record,
    into: &Record,
    by: &By,
) -> Result<(), StoreError> {
    let own = from.kind.as_str();
    let other = match from.kind {
        RecordKind::Gap => "solution",
        _ => "gap",
    };
    let mut theirs = fits_of(on, own, &into.id.to_string()).await?;
    for fit in fits_of(on, own, &from.id.to_string()).await? {
        let is_rival =
            |it: &&mut Record| it.text(other) == fit.text(other) && LIVE.contains(&it.state);
        let mut moved = fit.clone();
        if LIVE.contains(&fit.state)
            && let Some(rival) = theirs.iter_mut().find(is_rival)
        {
            let loser = match first_stays(rival.state, fit.state) {
                true => &mut moved,
                false => rival,
            };
            let before = loser.clone();
            loser.state = "superseded";
            if before.id != fit.id {
                let differences = between(&before, loser);
                save(on, &before, loser.clone(), &differences, by, Cause::Merge).await?;
            }
        }
        let own_field = crate::catalogue::shape::field(RecordKind::Fit, own)?.name;
        moved
            .fields
            .insert(own_field, Value::Text(into.id.to_string()));
        let differences = between(&fit, &moved);
        save(on, &fit, moved, &differences, by, Cause::Merge).await?;
    }
    // The lights of the gaps of a merged solution follow with the fits; those of the old gap not.
    if from.kind == RecordKind::Gap {
        lights::refresh(on, &BTreeSet::from([from.id.to_string()])).await?;
    }
    Ok(())
}

async fn fits_of(on: &mut AnyConnection, end: &str, id: &str) -> Result<Vec<Record>, StoreError> {
    let mut statement = rows::select(RecordKind::Fit);
    statement
        .sql(&format!(" WHERE {end} = "))
        .arg(id)
        .sql(" ORDER BY id");
    rows::fetch(on, RecordKind::Fit, statement).await
}

/// Moves evidence, and the results of a project.
async fn move_pointers(
    on: &mut AnyConnection,
    from: &Record,
    into: &Record,
) -> Result<(), StoreError> {
    let target = |it: &Record| {
        let (kind, id) = (it.kind, it.id);
        Target { kind, id }.to_string()
    };
    let mut statement = Statement::new("UPDATE evidence SET version = version + 1, target = ");
    statement
        .arg(target(into))
        .sql(" WHERE target = ")
        .arg(target(from));
    statement.execute(on).await?;
    if from.kind == RecordKind::Solution {
        // A project that becomes its own result's part is no project of itself.
        let mut statement = Statement::new("UPDATE solution SET version = version + 1, parent = ");
        statement.arg(into.id.to_string());
        statement.sql(" WHERE parent = ").arg(from.id.to_string());
        statement.sql(" AND id <> ").arg(into.id.to_string());
        statement.execute(on).await?;
    }
    Ok(())
}

/// Holds records by writing what is there, so that whoever merges one of them at the same time waits
/// and reads what came of it: two that became one another would lead nowhere.
async fn hold(
    on: &mut AnyConnection,
    kind: RecordKind,
    records: [RecordId; 2],
) -> Result<(), StoreError> {
    let mut statement =
        Statement::new(&format!("UPDATE {kind} SET version = version WHERE id IN "));
    statement.list(records.map(|it| it.to_string()));
    statement.execute(on).await.map(drop)
}

/// The old number, and those that were its aliases, lead to the record that it became.
async fn add_alias(on: &mut AnyConnection, from: &Record, into: &Record) -> Result<(), StoreError> {
    let (kind, into) = (from.kind.as_str(), into.id.to_string());
    let mut statement = Statement::new("UPDATE record_alias SET id = ");
    statement.arg(into.as_str()).sql(" WHERE kind = ").arg(kind);
    statement.sql(" AND id = ").arg(from.id.to_string());
    statement.execute(on).await?;
    let mut statement = Statement::new("INSERT INTO record_alias (kind, number, id) VALUES ");
    statement.rows([vec![kind.into(), from.number.into(), into.into()]]);
    statement.execute(on).await?;
    Ok(())
}
