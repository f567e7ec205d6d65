//! What an index takes in: records of the catalogue, as far as suggestions rest on them.

use crate::base::id::RecordId;
use crate::catalogue::kind::RecordKind;
use crate::catalogue::record::Record;

/// A gap or a solution: its texts, and how much each counts.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// What it is.
    pub kind: RecordKind,
    /// Which.
    pub id: RecordId,
    /// Whether it may be offered: it is not merged, rejected or withdrawn.
    pub is_offered: bool,
    /// What it says.
    pub texts: Vec<(f32, String)>,
}

/// The texts of a gap and how much they count.
const GAP: &[(&str, f32)] = &[
    ("title", 2.0),
    ("tags", 1.5),
    ("description", 1.0),
    ("desired_outcome", 0.8),
    ("current_practice", 0.6),
    ("constraints", 0.4),
    ("standardisation_need", 0.4),
];
/// The same of a solution.
const SOLUTION: &[(&str, f32)] = &[
    ("name", 1.5),
    ("summary", 1.5),
    ("tags", 1.5),
    ("kind", 0.6),
    ("evidence_note", 0.3),
    ("ethics_note", 0.3),
];
/// States in which a record is not offered.
const OUT: &[&str] = &[
    "merged",
    "rejected",
    "closed",
    "withdrawn",
    "not_recommended",
];
/// How much the words of a node count for the record that it is linked to.
const SAID: f32 = 0.8;

impl Document {
    /// What a gap or a solution says; nothing for other kinds.
    pub fn of(record: &Record) -> Option<Self> {
        let fields = match record.kind {
            RecordKind::Gap => GAP,
            RecordKind::Solution => SOLUTION,
            RecordKind::Fit | RecordKind::Evidence => return None,
        };
        let text = |(name, weight): &(&str, f32)| {
            let list = record.list(name).join(", ");
            let text = if list.is_empty() {
                record.text(name).to_owned()
            } else {
                list
            };
            (!text.is_empty()).then_some((*weight, text))
        };
        Some(Self {
            kind: record.kind,
            id: record.id,
            is_offered: !OUT.contains(&record.state),
            texts: fields.iter().filter_map(text).collect(),
        })
    }

    /// Adds the words of nodes that people linked to this record: in how many ways it is spoken of.
    pub fn said(mut self, nodes: impl IntoIterator<Item = String>) -> Self {
        self.texts.extend(nodes.into_iter().map(|it| (SAID, it)));
        self
    }
}

/// A fit, as far as suggestions rest on it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FitLink {
    /// Which.
    pub id: RecordId,
    /// Of this gap.
    pub gap: RecordId,
    /// And this solution.
    pub solution: RecordId,
    /// How much of what speaks for one speaks for the other, 0 to 1.
    pub strength: f32,
    /// Whether somebody judged already whether these two fit, or proposed it: then the one is not
    /// offered for the other.
    pub is_known: bool,
}

impl FitLink {
    /// What a fit says; nothing for other kinds.
    pub fn of(record: &Record) -> Option<Self> {
        if record.kind != RecordKind::Fit {
            return None;
        }
        let degree = match record.text("degree") {
            "full" => 1.0,
            "good" => 0.95,
            "partial" => 0.7,
            _ => 0.0,
        };
        let sure = match record.state {
            "accepted" => 1.0,
            "proposed" | "under_review" => 0.8,
            _ => 0.0,
        };
        Some(Self {
            id: record.id,
            gap: record.text("gap").parse().ok()?,
            solution: record.text("solution").parse().ok()?,
            strength: degree * sure,
            is_known: record.state != "superseded",
        })
    }
}
