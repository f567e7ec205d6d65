//! What a report says of sessions: when they were, how many came, what they named.

use std::collections::BTreeMap;

use sqlx::{AnyConnection, Row};

use crate::base::id::{GroupId, MapId, SessionId};
use crate::report::Scope;
use crate::report::snapshot::{Label, MentionFact, RoundFact, SessionFact};
use crate::store::columns::{id, word};
use crate::store::error::StoreError;
use crate::store::links::ONE_OF_SAME;
use crate::store::open::Store;
use crate::store::statement::Statement;

/// How many ids one statement names.
const AT_ONCE: usize = 500;

/// The sessions of a scope, in the order in which they were held, and how many have not begun.
pub(super) async fn sessions(
    on: &mut AnyConnection,
    scope: &Scope,
) -> Result<(Vec<SessionFact>, usize), StoreError> {
    let mut groups = groups(on).await?;
    let mut maps = maps(on).await?;
    let mut rounds = rounds(on).await?;
    let mut people = people(on).await?;
    let nodes = sums(
        on,
        "SELECT map.session, COUNT(*) AS n FROM map_node AS m
        JOIN map ON map.id = m.map WHERE m.live = 1 GROUP BY map.session",
    )
    .await?;
    let votes = sums(
        on,
        "SELECT map.session, CAST(SUM(t.n) AS BIGINT) AS n FROM tally AS t
        JOIN map ON map.id = t.map GROUP BY map.session",
    )
    .await?;
    let statement = Statement::new(
        "SELECT id, title, theme, state, tlp, house_rule, held_on, place FROM session ORDER BY id",
    );
    let mut sessions: Vec<SessionFact> = Vec::new();
    let mut to_come = 0;
    for row in statement.fetch(on).await? {
        let key: String = row.try_get("id")?;
        let session = SessionFact {
            id: id(&key)?,
            title: row.try_get("title")?,
            theme: row.try_get("theme")?,
            tlp: Label(word(&row.try_get::<String, _>("tlp")?)?),
            house_rule: row.try_get::<i16, _>("house_rule")? != 0,
            held_on: row.try_get("held_on")?,
            place: row.try_get("place")?,
            groups: groups.remove(&key).unwrap_or_default(),
            maps: maps.remove(&key).unwrap_or_default(),
            rounds: rounds.remove(&key).unwrap_or_default(),
            people: people.remove(&key).unwrap_or_default(),
            nodes: nodes.get(&key).copied().unwrap_or(0),
            votes: votes.get(&key).copied().unwrap_or(0),
        };
        if !is_in_scope(scope, &session) {
            continue;
        }
        let state: String = row.try_get("state")?;
        match &*state {
            "draft" | "scheduled" => to_come += 1,
            _ => sessions.push(session),
        }
    }
    sessions.sort_by(|one, other| (&one.held_on, one.id).cmp(&(&other.held_on, other.id)));
    Ok((sessions, to_come))
}

fn is_in_scope(scope: &Scope, session: &SessionFact) -> bool {
    let has_group = |it: &GroupId| session.groups.contains(it);
    (scope.sessions.is_empty() || scope.sessions.contains(&session.id))
        && (scope.groups.is_empty() || scope.groups.iter().any(has_group))
        && scope.holds_day(session.held_on.as_deref())
}

/// Where anything is named in these sessions; links that an analyst rejected do not count.
pub(super) async fn mentions(
    on: &mut AnyConnection,
    sessions: &[SessionFact],
) -> Result<Vec<MentionFact>, StoreError> {
    let of_map: BTreeMap<MapId, _> = sessions
        .iter()
        .flat_map(|session| session.maps.iter().map(|map| (*map, session.id)))
        .collect();
    let mut mentions = Vec::new();
    for (map, session) in of_map {
        let mut statement = Statement::new(
            "SELECT m.node, m.record,
                    (SELECT CAST(COALESCE(SUM(t.n), 0) AS BIGINT) FROM tally AS t
                     WHERE t.map = m.map AND t.node = m.node) AS votes
             FROM mention AS m LEFT JOIN link_judgement AS j
                 ON j.map = m.map AND j.node = m.node AND j.target = m.target
             WHERE m.live = 1 AND COALESCE(j.state, '') <> 'rejected' AND m.map = ",
        );
        statement.arg(map.to_string()).sql(" AND ").sql(ONE_OF_SAME);
        statement.sql(" ORDER BY m.record, m.node");
        for row in statement.fetch(on).await? {
            mentions.push(MentionFact {
                target: row.try_get("record")?,
                session,
                map,
                node: row.try_get("node")?,
                votes: row.try_get("votes")?,
            });
        }
    }
    Ok(mentions)
}

impl Store {
    /// What those call themselves who took part in these sessions, those who were removed too.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn names_in(&self, sessions: &[SessionId]) -> Result<Vec<String>, StoreError> {
        let mut on = self.read.acquire().await?;
        let mut names = Vec::new();
        for some in sessions.chunks(AT_ONCE) {
            let mut statement =
                Statement::new("SELECT pseudonym FROM participant WHERE session IN ");
            statement.list(some.iter().map(ToString::to_string));
            for row in statement.fetch(&mut on).await? {
                names.push(row.try_get("pseudonym")?);
            }
        }
        Ok(names)
    }
}

async fn groups(on: &mut AnyConnection) -> Result<BTreeMap<String, Vec<GroupId>>, StoreError> {
    let statement = Statement::new(
        "SELECT session, practitioner_group AS item FROM session_group ORDER BY session, place",
    );
    let mut found: BTreeMap<String, Vec<GroupId>> = BTreeMap::new();
    for row in statement.fetch(on).await? {
        let item: String = row.try_get("item")?;
        found
            .entry(row.try_get("session")?)
            .or_default()
            .push(id(&item)?);
    }
    Ok(found)
}

async fn maps(on: &mut AnyConnection) -> Result<BTreeMap<String, Vec<MapId>>, StoreError> {
    let statement = Statement::new("SELECT session, id FROM map ORDER BY id");
    let mut found: BTreeMap<String, Vec<MapId>> = BTreeMap::new();
    for row in statement.fetch(on).await? {
        let item: String = row.try_get("id")?;
        found
            .entry(row.try_get("session")?)
            .or_default()
            .push(id(&item)?);
    }
    Ok(found)
}

async fn rounds(on: &mut AnyConnection) -> Result<BTreeMap<String, Vec<RoundFact>>, StoreError> {
    let statement = Statement::new(
        "SELECT session, title, method, minutes FROM session_round ORDER BY session, place",
    );
    let mut found: BTreeMap<String, Vec<RoundFact>> = BTreeMap::new();
    for row in statement.fetch(on).await? {
        let round = RoundFact {
            title: row.try_get("title")?,
            method: row.try_get("method")?,
            minutes: row.try_get("minutes")?,
        };
        found
            .entry(row.try_get("session")?)
            .or_default()
            .push(round);
    }
    Ok(found)
}

/// How many took part in each session, by what they were there for.
async fn people(
    on: &mut AnyConnection,
) -> Result<BTreeMap<String, Vec<(String, i64)>>, StoreError> {
    let statement = Statement::new(
        "SELECT session, role, COUNT(*) AS n FROM participant WHERE removed_at IS NULL
         GROUP BY session, role ORDER BY session, role",
    );
    let mut found: BTreeMap<String, Vec<(String, i64)>> = BTreeMap::new();
    for row in statement.fetch(on).await? {
        let role = (row.try_get("role")?, row.try_get("n")?);
        found.entry(row.try_get("session")?).or_default().push(role);
    }
    Ok(found)
}

async fn sums(
    on: &mut AnyConnection,
    sql: &'static str,
) -> Result<BTreeMap<String, i64>, StoreError> {
    let rows = Statement::new(sql).fetch(on).await?;
    let pair = |row: &sqlx::any::AnyRow| Ok((row.try_get("session")?, row.try_get("n")?));
    rows.iter().map(pair).collect()
}
