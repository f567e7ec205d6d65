//! What a report rests on: pieces of evidence, put together by the source that they name.

use std::collections::BTreeMap;

use super::facts::{Facts, href};
use crate::catalogue::kind::RecordKind;
use crate::catalogue::record::Record;
use crate::report::language::Language;
use crate::report::sheet::EvidenceLine;
use crate::report::snapshot::BadSnapshot;
use crate::report::value::Source;

/// The sources, and which evidence on what names them.
pub(super) struct Sources {
    /// The list, in the order in which evidence first names them.
    pub(super) list: Vec<Source>,
    language: Language,
    of: BTreeMap<String, Vec<EvidenceLine>>,
}

impl Sources {
    /// Reads the evidence of a report; what was withdrawn is none.
    pub(super) fn of(facts: &Facts) -> Result<Self, BadSnapshot> {
        let mut sources = Self {
            list: Vec::new(),
            language: facts.language(),
            of: BTreeMap::new(),
        };
        let mut known: BTreeMap<[String; 3], usize> = BTreeMap::new();
        for item in &facts.snapshot.evidence {
            let evidence = item.record(RecordKind::Evidence)?;
            if evidence.state == "current" {
                sources.add(&evidence, &mut known);
            }
        }
        Ok(sources)
    }

    fn add(&mut self, evidence: &Record, known: &mut BTreeMap<[String; 3], usize>) {
        let is = ["url", "title", "publisher"].map(|it| evidence.text(it).to_owned());
        let n = *known.entry(is).or_insert_with(|| {
            let n = self.list.len() + 1;
            self.list.push(source(self.language, evidence, n));
            self.list.len()
        });
        let has_conflict = evidence.fields.contains_key("conflict");
        let own = &mut self.list[n - 1];
        own.used += 1;
        own.conflict |= has_conflict;
        if own.date_checked.as_str() < evidence.text("date_checked") {
            own.date_checked = evidence.text("date_checked").to_owned();
        }
        let line = EvidenceLine {
            number: evidence.kind.number(evidence.number),
            href: href(evidence),
            fact: evidence.text("fact").to_owned(),
            source: n,
            conflict: has_conflict,
        };
        let target = evidence.text("target").to_owned();
        self.of.entry(target).or_default().push(line);
    }

    /// The evidence on a record.
    pub(super) fn on(&self, record: &Record) -> Vec<EvidenceLine> {
        let target = format!("{}:{}", record.kind, record.id);
        self.of.get(&target).cloned().unwrap_or_default()
    }
}

fn source(language: Language, evidence: &Record, n: usize) -> Source {
    let text = |field: &str| evidence.text(field).to_owned();
    Source {
        n,
        number: evidence.kind.number(evidence.number),
        href: href(evidence),
        title: text("title"),
        publisher: text("publisher"),
        url: text("url"),
        published: text("published"),
        kind: language.word(evidence.text("kind")),
        date_checked: text("date_checked"),
        conflict: false,
        used: 0,
    }
}
