//! What the demonstration's nodes are linked to.

use crate::base::id::MapId;
use crate::catalogue::handle::{Handle, Target};
use crate::catalogue::kind::RecordKind;
use crate::hub::read_into_tables;
use crate::mindmap::edit::Branch;
use crate::mindmap::limits::Limits;
use crate::store::{By, LinkState, Store};

/// How a node begins, and the number of what it is linked to in the demonstration's catalogue.
const LINKS: &[(&str, RecordKind, i64)] = &[
    ("The first officer decides", RecordKind::Gap, 9),
    ("Self-paced courses for first", RecordKind::Solution, 20),
    ("The custody record changes", RecordKind::Gap, 7),
    ("Procedures for phones differ", RecordKind::Gap, 1),
    ("A European workshop agreement", RecordKind::Solution, 2),
    ("No shared way to show that a tool", RecordKind::Gap, 2),
    ("Acted content only", RecordKind::Gap, 26),
    ("Wearables and connected", RecordKind::Gap, 18),
    ("Digital evidence arrives without", RecordKind::Gap, 7),
    (
        "Projects have worked on an exchange",
        RecordKind::Solution,
        18,
    ),
    ("Trace analysis is slow", RecordKind::Gap, 3),
    ("A group of institutes bought", RecordKind::Solution, 5),
    ("Vehicles hold traces", RecordKind::Gap, 17),
    ("Acted data sets are being made", RecordKind::Solution, 53),
    ("Tools explain too little", RecordKind::Gap, 6),
    ("Every laboratory validates", RecordKind::Gap, 2),
    (
        "Institutes have worked on accreditation",
        RecordKind::Solution,
        4,
    ),
    ("Buyers come in when", RecordKind::Gap, 25),
    ("A toolbox for joint purchasing", RecordKind::Solution, 52),
    ("People worried about their own", RecordKind::Gap, 19),
    ("Anonymous helplines have run", RecordKind::Solution, 42),
    ("Frontline workers lack guidance", RecordKind::Gap, 20),
    ("2PS gathered good practice", RecordKind::Solution, 40),
    ("Programmes are described differently", RecordKind::Gap, 21),
    ("The JRC has published", RecordKind::Solution, 43),
    ("Young people don't see", RecordKind::Gap, 15),
    (
        "Learning games and self-assessments",
        RecordKind::Solution,
        38,
    ),
    ("Children who were harmed", RecordKind::Gap, 22),
    ("The Barnahus model", RecordKind::Solution, 45),
    ("After a crime online", RecordKind::Gap, 23),
];

/// The same with what these numbers mean.
pub(super) async fn targets(store: &Store) -> anyhow::Result<Vec<(&'static str, Target)>> {
    let mut targets = Vec::new();
    for (begins, kind, number) in LINKS {
        let id = store.record_id(*kind, Handle::Number(*number)).await?;
        targets.push((*begins, Target { kind: *kind, id }));
    }
    Ok(targets)
}

/// Links the nodes of a map that is not made yet.
pub(super) fn add(branches: &mut [Branch], links: &[(&'static str, Target)]) {
    for branch in branches {
        let own = links.iter().filter(|it| branch.text.starts_with(it.0));
        branch.links.extend(own.map(|it| it.1.to_string()));
        add(&mut branch.children, links);
    }
}

/// Has all links of a map confirmed but for one, which waits.
pub(super) async fn confirm(store: &Store, map: MapId, by: &By) -> anyhow::Result<()> {
    read_into_tables(store, map, &Limits::default()).await?;
    let reading = store.reading(map).await?.unwrap_or_default();
    for (node, target) in reading.mentions.keys().skip(1) {
        let target: Target = target.parse()?;
        let state = LinkState::Confirmed;
        store.judge_link(map, node, target, state, by).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mindmap::demo::demo;

    fn texts(branches: &[Branch]) -> Vec<&str> {
        let below = branches.iter().flat_map(|it| texts(&it.children));
        branches.iter().map(|it| &*it.text).chain(below).collect()
    }

    #[test]
    fn every_link_is_of_one_node() {
        let demo = demo();
        let maps: Vec<_> = demo.sessions.iter().flat_map(|it| &it.maps).collect();
        let texts: Vec<&str> = maps.iter().flat_map(|it| texts(&it.branches)).collect();

        for (begins, ..) in LINKS {
            let nodes = texts.iter().filter(|it| it.starts_with(begins));
            assert_eq!(nodes.count(), 1, "{begins}");
        }
    }
}
