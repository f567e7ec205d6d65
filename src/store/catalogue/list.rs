//! Lists of records: filters, orders, pages.

use sqlx::{AnyConnection, Row};

use super::entry::{self, Entry};
use super::rows;
use crate::base::id::GroupId;
use crate::base::invalid::Invalid;
use crate::base::tlp::Tlp;
use crate::catalogue::coverage::Light;
use crate::catalogue::field::FieldName;
use crate::catalogue::kind::RecordKind;
use crate::catalogue::state::MERGED;
use crate::catalogue::words;
use crate::store::error::StoreError;
use crate::store::open::Store;
use crate::store::page::{Page, PageRequest};
use crate::store::search;
use crate::store::statement::Statement;

/// What a list shows only. All conditions of a filter hold together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// In this state. Without such a condition, merged records are left out.
    State(String),
    /// With this label.
    Tlp(Tlp),
    /// With this label or one that lets it travel further.
    UpTo(Tlp),
    /// With this tag, as records write it.
    Tag(String),
    /// Gaps of this group.
    Group(GroupId),
    /// Gaps with this light.
    Light(Light),
    /// With this value in a field that has a column: text, a word, an id.
    Is(FieldName, String),
    /// With this word among those of a field that has a column.
    Has(FieldName, String),
    /// With at least this in a field that has a column.
    AtLeast(FieldName, i64),
    /// With this flag up, or not.
    Flag(FieldName, bool),
    /// Solutions whose next check lies before this day, or not.
    Stale(String, bool),
    /// Gaps or solutions without a live fit.
    WithoutFits,
    /// Gaps, solutions or fits without evidence.
    WithoutEvidence,
}

/// An order of records, by the word for it in the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordOrder {
    /// The word.
    pub word: &'static str,
    column: &'static str,
    is_text: bool,
    falls: bool,
}

const fn order(
    word: &'static str,
    column: &'static str,
    is_text: bool,
    falls: bool,
) -> RecordOrder {
    RecordOrder {
        word,
        column,
        is_text,
        falls,
    }
}

const NEWEST: RecordOrder = order("newest", "id", true, true);
const NUMBER: RecordOrder = order("number", "number", false, false);
const CHANGED: RecordOrder = order("changed", "changed_at", false, true);
const TITLE: RecordOrder = order("title", "sort_title", true, false);

/// The orders that a list of this kind has; the first is the one where none is asked for.
pub fn orders(kind: RecordKind) -> &'static [RecordOrder] {
    match kind {
        RecordKind::Gap => GAPS,
        RecordKind::Solution => SOLUTIONS,
        RecordKind::Fit => FITS,
        RecordKind::Evidence => EVIDENCE,
    }
}

const GAPS: &[RecordOrder] = &[
    NEWEST,
    NUMBER,
    CHANGED,
    TITLE,
    order("impact", "impact", false, true),
    order("urgency", "urgency", false, true),
    order("votes", "votes", false, true),
];
const SOLUTIONS: &[RecordOrder] = &[
    NEWEST,
    NUMBER,
    CHANGED,
    TITLE,
    order("trl", "trl_low", false, true),
    order("checked", "last_checked", true, false),
];
const FITS: &[RecordOrder] = &[NEWEST, NUMBER, CHANGED];
const EVIDENCE: &[RecordOrder] = &[
    NEWEST,
    NUMBER,
    CHANGED,
    TITLE,
    order("checked", "date_checked", true, false),
];

/// Which records a list shows, and in which order.
#[derive(Clone, Debug)]
pub struct RecordFilter {
    /// Of what kind.
    pub kind: RecordKind,
    /// What they have to be like.
    pub conditions: Vec<Condition>,
    /// Words that all have to be in them.
    pub words: Vec<String>,
    order: RecordOrder,
}

impl RecordFilter {
    /// All records of a kind, the newest first.
    pub fn new(kind: RecordKind) -> Self {
        Self {
            kind,
            conditions: Vec::new(),
            words: Vec::new(),
            order: orders(kind)[0],
        }
    }

    /// In the order of this name.
    ///
    /// # Errors
    ///
    /// [`Invalid`] on `sort` when there is none.
    pub fn sorted(mut self, word: Option<&str>) -> Result<Self, Invalid> {
        let Some(word) = word else {
            return Ok(self);
        };
        let orders = orders(self.kind);
        let found = orders.iter().find(|it| it.word == word);
        self.order = *found.ok_or_else(|| {
            let words: Vec<&str> = orders.iter().map(|it| it.word).collect();
            Invalid::new("sort", format!("must be one of: {}", words.join(", ")))
        })?;
        Ok(self)
    }

    /// Only those that this question finds.
    pub fn asking(mut self, question: Option<&str>) -> Self {
        self.words = question.map(words::query).unwrap_or_default();
        self
    }

    /// Only those that are so.
    pub fn with(mut self, condition: Condition) -> Self {
        self.conditions.push(condition);
        self
    }
}

impl Store {
    /// The records that `filter` shows. A page begins after the record that its cursor names.
    ///
    /// # Errors
    ///
    /// [`StoreError::Invalid`] for a cursor that names no record.
    pub async fn entries(
        &self,
        filter: &RecordFilter,
        page: &PageRequest,
    ) -> Result<Page<Entry>, StoreError> {
        let mut on = self.read.acquire().await?;
        let mut statement = rows::select(filter.kind);
        let are_many = search::are_many(&mut on, self.kind(), &filter.words).await?;
        self.write_conditions(&mut statement, filter, are_many);
        let order = filter.order;
        let (than, falls) = if order.falls {
            ("<", " DESC")
        } else {
            (">", "")
        };
        if let Some(after) = page.after() {
            write_after(&mut on, &mut statement, filter, after, than).await?;
        }
        let column = order.column;
        statement.sql(&format!(" ORDER BY {column}{falls}"));
        if column != "id" {
            statement.sql(&format!(", id{falls}"));
        }
        statement.sql(" LIMIT ").arg(page.fetch());
        let entries = entry::fetch(&mut on, filter.kind, statement).await?;
        Ok(page.page(entries, |it| it.record.id.to_string()))
    }

    /// How many records `filter` shows.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unavailable`].
    pub async fn count_records(&self, filter: &RecordFilter) -> Result<i64, StoreError> {
        let mut statement = Statement::new(&format!("SELECT COUNT(*) AS n FROM {}", filter.kind));
        self.write_conditions(&mut statement, filter, false);
        let mut on = self.read.acquire().await?;
        let rows = statement.fetch(&mut on).await?;
        let row = rows.first().ok_or(StoreError::NotFound("count"))?;
        Ok(row.try_get("n")?)
    }

    /// ` WHERE …` for everything that a filter asks. `are_many`: of a list that is read in its own
    /// order, with words that [`search::are_many`] have.
    pub(super) fn write_conditions(
        &self,
        statement: &mut Statement,
        filter: &RecordFilter,
        are_many: bool,
    ) {
        let names_state = filter
            .conditions
            .iter()
            .any(|it| matches!(it, Condition::State(_)));
        match names_state {
            true => statement.sql(" WHERE 1 = 1"),
            false => statement.sql(" WHERE state <> ").arg(MERGED),
        };
        let kind = filter.kind;
        for condition in &filter.conditions {
            statement.sql(" AND ");
            write_condition(statement, kind, condition);
        }
        if !filter.words.is_empty() {
            statement.sql(" AND ");
            search::has_words(statement, self.kind(), kind, &filter.words, are_many);
        }
    }
}

/// Goes on after a record, by what it has in the column that the list is ordered by.
async fn write_after(
    on: &mut AnyConnection,
    statement: &mut Statement,
    filter: &RecordFilter,
    after: &str,
    than: &str,
) -> Result<(), StoreError> {
    let (kind, order) = (filter.kind, filter.order);
    let column = order.column;
    if column == "id" {
        statement.sql(&format!(" AND id {than} ")).arg(after);
        return Ok(());
    }
    let mut last = Statement::new(&format!("SELECT {column} AS it FROM {kind} WHERE id = "));
    last.arg(after);
    let rows = last.fetch(on).await?;
    let row = rows
        .first()
        .ok_or_else(|| Invalid::new("cursor", "must come from a list's next"))?;
    statement.sql(&format!(" AND ({column}, id) {than} ("));
    match order.is_text {
        true => statement.arg(row.try_get::<String, _>("it")?),
        false => statement.arg(row.try_get::<i64, _>("it")?),
    };
    statement.sql(", ").arg(after).sql(")");
    Ok(())
}

fn write_condition(statement: &mut Statement, kind: RecordKind, condition: &Condition) {
    match condition {
        Condition::State(state) => statement.sql("state = ").arg(state.as_str()),
        Condition::Tlp(tlp) => statement.sql("tlp = ").arg(tlp.as_str()),
        Condition::UpTo(tlp) => {
            let all = [
                Tlp::Clear,
                Tlp::Green,
                Tlp::Amber,
                Tlp::AmberStrict,
                Tlp::Red,
            ];
            let below = all.into_iter().filter(|it| it <= tlp);
            statement.sql("tlp IN ").list(below.map(Tlp::as_str))
        }
        Condition::Tag(label) => {
            let (scheme, name) = label.split_once(':').unwrap_or(("", label));
            statement.sql(&format!(
                "{kind}.id IN (SELECT r.record FROM record_tag AS r"
            ));
            statement
                .sql(" JOIN tag AS t ON t.id = r.tag WHERE t.scheme = ")
                .arg(scheme);
            statement.sql(" AND t.name = ").arg(name);
            statement.sql(" AND r.kind = ").arg(kind.as_str()).sql(")")
        }
        Condition::Group(group) => statement
            .sql("id IN (SELECT gap FROM gap_group WHERE practitioner_group = ")
            .arg(group.to_string())
            .sql(")"),
        Condition::Light(light) => statement.sql("light = ").arg(light.as_str()),
        Condition::Is(field, value) => statement.sql(field).sql(" = ").arg(value.as_str()),
        Condition::Has(field, value) => statement
            .sql(&format!("'|' || {field} || '|' LIKE "))
            .arg(format!("%|{value}|%")),
        Condition::AtLeast(field, least) => statement.sql(field).sql(" >= ").arg(*least),
        Condition::Flag(field, is_up) => statement.sql(field).sql(" = ").arg(i64::from(*is_up)),
        Condition::Stale(day, true) => statement
            .sql("(next_check > '' AND next_check < ")
            .arg(day.as_str())
            .sql(")"),
        Condition::Stale(day, false) => statement
            .sql("(next_check = '' OR next_check >= ")
            .arg(day.as_str())
            .sql(")"),
        Condition::WithoutFits => statement.sql(&format!(
            "NOT EXISTS (SELECT 1 FROM fit AS f WHERE f.{kind} = {kind}.id
             AND f.state IN ('proposed', 'under_review', 'accepted'))"
        )),
        Condition::WithoutEvidence => statement.sql(&format!(
            "NOT EXISTS (SELECT 1 FROM evidence AS e WHERE e.target = '{kind}:' || {kind}.id
             AND e.state = 'current')"
        )),
    };
}
