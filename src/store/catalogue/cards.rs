//! Records as maps show them: in a line beside a node.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::attached::AT_ONCE;
use crate::base::id::MapId;
use crate::base::tlp::Tlp;
use crate::catalogue::coverage::Light;
use crate::catalogue::handle::Target;
use crate::catalogue::kind::RecordKind;
use crate::store::columns::{id, word};
use crate::store::error::StoreError;
use crate::store::open::Store;
use crate::store::statement::Statement;

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// As the link says it.
    pub target: Target,
    /// The record, or the one that it became; `None` where there is no such record.
    pub record: Option<CardFacts>,
}

/// A record in a line.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CardFacts {
    /// The record: another than the link says, where that was merged.
    pub id: Target,
    /// Its number.
    pub number: i64,
    /// What it is called.
    pub title: String,
    /// Where it is in its life.
    pub state: String,
    /// How far it may travel.
    pub tlp: Tlp,
    /// Of a gap: its light, how many solutions fit, the highest level of one of them.
    pub cover: Option<(Light, i64, Option<i64>)>,
    /// Of a solution: its lowest and highest level, and its market status; empty where not known.
    pub ripe: Option<(Option<i64>, Option<i64>, String)>,
}

impl Store {
    /// What the live nodes of a map are linked to.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn cards_of_map(&self, map: MapId) -> Result<Vec<Card>, StoreError> {
        let cards = self.cards_of_maps(&[map]).await?;
        Ok(cards.into_values().flatten().collect())
    }

    /// The same for several maps.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn cards_of_maps(
        &self,
        maps: &[MapId],
    ) -> Result<BTreeMap<MapId, Vec<Card>>, StoreError> {
        let mut on = self.read.acquire().await?;
        let mut links: Vec<(MapId, Target, Target)> = Vec::new();
        for some in maps.chunks(AT_ONCE) {
            let mut statement =
                Statement::new("SELECT DISTINCT map, target, record FROM mention WHERE live = 1 ");
            statement.sql(" AND map IN ");
            statement.list(some.iter().map(ToString::to_string));
            statement.sql(" ORDER BY map, target");
            for row in statement.fetch(&mut on).await? {
                let text = |column| row.try_get::<String, _>(column);
                links.push((
                    id(&text("map")?)?,
                    id(&text("target")?)?,
                    id(&text("record")?)?,
                ));
            }
        }
        let records = links.iter().map(|it| it.2).collect();
        let facts = facts(&mut on, &records).await?;
        let mut cards: BTreeMap<MapId, Vec<Card>> = BTreeMap::new();
        for (map, target, record) in links {
            let record = facts.get(&record).cloned();
            cards.entry(map).or_default().push(Card { target, record });
        }
        Ok(cards)
    }

    /// The cards of these links, in the order of their targets.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn cards(&self, targets: &BTreeSet<Target>) -> Result<Vec<Card>, StoreError> {
        let texts = targets.iter().map(ToString::to_string).collect();
        let became = self.what_became(&texts).await?;
        let mut records = BTreeMap::new();
        for (target, record) in became {
            records.insert(id::<Target>(&target)?, id::<Target>(&record)?);
        }
        let mut on = self.read.acquire().await?;
        let facts = facts(&mut on, &records.values().copied().collect()).await?;
        let card = |(target, record)| Card {
            target,
            record: facts.get(&record).cloned(),
        };
        Ok(records.into_iter().map(card).collect())
    }

    /// These records as they are, whatever became of them. Those that are not there are left out.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn card_facts(
        &self,
        targets: &BTreeSet<Target>,
    ) -> Result<BTreeMap<Target, CardFacts>, StoreError> {
        let mut on = self.read.acquire().await?;
        facts(&mut on, targets).await
    }
}

async fn facts(
    on: &mut AnyConnection,
    records: &BTreeSet<Target>,
) -> Result<BTreeMap<Target, CardFacts>, StoreError> {
    let mut found = BTreeMap::new();
    for (kind, columns) in [
        (RecordKind::Gap, "title, light, solutions, best_trl"),
        (
            RecordKind::Solution,
            "name AS title, trl_low, trl_high, market_status",
        ),
    ] {
        let of_kind = records.iter().filter(|it| it.kind == kind);
        let ids: Vec<String> = of_kind.map(|it| it.id.to_string()).collect();
        for some in ids.chunks(AT_ONCE) {
            let mut statement = Statement::new(&format!(
                "SELECT id, number, state, tlp, {columns} FROM {kind} WHERE id IN "
            ));
            statement.list(some.iter().map(String::as_str));
            for row in statement.fetch(on).await? {
                let facts = read(kind, &row)?;
                found.insert(facts.id, facts);
            }
        }
    }
    Ok(found)
}

fn read(kind: RecordKind, row: &AnyRow) -> Result<CardFacts, StoreError> {
    let text = |column| row.try_get::<String, _>(column);
    let level = |column| {
        let level: Option<i64> = row.try_get(column)?;
        Ok::<_, StoreError>(level.filter(|it| *it != 0))
    };
    let mut facts = CardFacts {
        id: Target {
            kind,
            id: id(&text("id")?)?,
        },
        number: row.try_get("number")?,
        title: text("title")?,
        state: text("state")?,
        tlp: word(&text("tlp")?)?,
        cover: None,
        ripe: None,
    };
    if kind == RecordKind::Gap {
        let light = word(&text("light")?)?;
        facts.cover = Some((light, row.try_get("solutions")?, level("best_trl")?));
    } else {
        facts.ripe = Some((
            level("trl_low")?,
            level("trl_high")?,
            text("market_status")?,
        ));
    }
    Ok(facts)
}
