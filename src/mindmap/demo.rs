//! What a fresh installation can be filled with: groups, a finished session and a live one.
//!
//! The words are in the folder `demo/` as outlines; here is only how they belong together. Nothing
//! is written anywhere: the command that seeds a database does that.

use super::edit::Branch;
use super::outline;

/// Everything that there is to seed.
#[derive(Clone, Debug)]
pub struct Demo {
    /// The Practitioners' Groups.
    pub groups: Vec<DemoGroup>,
    /// The sessions, the older first.
    pub sessions: Vec<DemoSession>,
}

/// A group to be made.
#[derive(Clone, Debug)]
pub struct DemoGroup {
    /// Its name, by which sessions refer to it.
    pub name: String,
    /// What it is about.
    pub scope: String,
    /// Where it comes from: the i-LEAD network, or this demonstration.
    pub origin: String,
}

/// A session to be made.
#[derive(Clone, Debug)]
pub struct DemoSession {
    /// Its title.
    pub title: &'static str,
    /// The names of its groups.
    pub groups: &'static [&'static str],
    /// The question that it works on.
    pub theme: &'static str,
    /// How far it has come.
    pub state: DemoState,
    /// Its maps.
    pub maps: Vec<DemoMap>,
}

/// How far a session has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DemoState {
    /// Over: its maps are there to be read.
    Closed,
    /// Under way: people may join.
    Live,
}

/// A map to be made.
#[derive(Clone, Debug)]
pub struct DemoMap {
    /// The title, which its central topic says too.
    pub title: String,
    /// The main branches.
    pub branches: Vec<Branch>,
}

/// The whole demonstration.
pub fn demo() -> Demo {
    Demo {
        groups: groups(include_str!("../../demo/groups.txt")),
        sessions: vec![
            DemoSession {
                title: "Mobile evidence that holds",
                groups: &["Forensics", "Front Line Policing", "Cross Border Crime"],
                theme: "What stands between a phone at the scene and a finding that holds in court?",
                state: DemoState::Closed,
                maps: vec![
                    map(include_str!("../../demo/mobile-evidence.txt")),
                    map(include_str!("../../demo/laboratory-trust.txt")),
                ],
            },
            DemoSession {
                title: "Helping people early",
                groups: &["Prevention & Victim Support", "Cybercrime"],
                theme: "Which help would prevent harm, and what keeps people from it?",
                state: DemoState::Live,
                maps: vec![
                    map(include_str!("../../demo/helping-early.txt")),
                    DemoMap {
                        title: "Ideas of the day".to_owned(),
                        branches: Vec::new(),
                    },
                ],
            },
        ],
    }
}

/// The groups stand under where they come from.
fn groups(outline: &str) -> Vec<DemoGroup> {
    let origins = outline::parse(outline).into_iter();
    let groups = origins.flat_map(
        |Branch {
             text: origin,
             children,
             ..
         }| {
            children.into_iter().map(move |group| DemoGroup {
                name: group.text,
                scope: group.note.unwrap_or_default(),
                origin: origin.clone(),
            })
        },
    );
    groups.collect()
}

/// A file holds one map: the line that isn't indented is its title.
fn map(outline: &str) -> DemoMap {
    let central = outline::parse(outline).into_iter().next();
    let central = central.unwrap_or_default();
    DemoMap {
        title: central.text,
        branches: central.children,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::mindmap::limits::Limits;
    use crate::mindmap::schema::Kind;

    fn all(branches: &[Branch]) -> Vec<&Branch> {
        let below = branches.iter().flat_map(|it| all(&it.children));
        branches.iter().chain(below).collect()
    }

    #[test]
    fn sessions_name_groups_that_there_are() {
        let demo = demo();

        let names: HashSet<&str> = demo.groups.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names.len(), 7);
        assert!(demo.groups.iter().all(|it| !it.scope.is_empty()));
        let i_lead = demo.groups.iter().filter(|it| it.origin == "i-LEAD");
        assert_eq!(i_lead.count(), 5);
        for session in &demo.sessions {
            assert!(
                session.groups.iter().all(|it| names.contains(it)),
                "{}",
                session.title
            );
        }
    }

    #[test]
    fn every_outline_is_one_map_with_marked_and_coloured_branches() {
        let demo = demo();

        let maps: Vec<&DemoMap> = demo.sessions.iter().flat_map(|it| &it.maps).collect();
        let filled = maps.iter().filter(|it| !it.branches.is_empty());
        for map in filled.clone() {
            let nodes = all(&map.branches);
            assert!(
                (40..=60).contains(&nodes.len()),
                "{}: {}",
                map.title,
                nodes.len()
            );
            assert!(
                map.branches.iter().all(|it| it.colour.is_some()),
                "{}",
                map.title
            );
            assert!(nodes.iter().all(|it| it.kind.is_some()), "{}", map.title);
            let kinds: HashSet<Kind> = nodes.iter().filter_map(|it| it.kind).collect();
            assert!(8 <= kinds.len(), "{}", map.title);
            let longest = nodes.iter().map(|it| it.text.chars().count()).max();
            assert!(
                longest < Some(Limits::default().text_chars / 40),
                "{}",
                map.title
            );
        }
        assert_eq!((filled.count(), maps.len()), (3, 4));
    }
}
