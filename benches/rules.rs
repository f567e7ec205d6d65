//! What an edit costs a room while rules withhold something: `cargo bench --bench rules`. Each
//! figure is the median of many; the client that writes is not in it.

#![expect(clippy::unwrap_used, reason = "a program that prints figures")]

#[path = "../tests/it/pen.rs"]
#[expect(dead_code, reason = "what the tests write, too")]
mod pen;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use gapmap::base::id::ParticipantId;
use gapmap::base::time::Timestamp;
use gapmap::mindmap::{edit, limits::Limits};
use gapmap::sync::backlog::Stored;
use gapmap::sync::delivery::Connection;
use gapmap::sync::presence::Persona;
use gapmap::sync::room::{Member, Right, Room};
use gapmap::sync::rules::Rules;
use gapmap::workshop::grants::{Grants, Scope};
use yrs::{Doc, ReadTxn, StateVector, Transact};

/// Edits of which the median is taken.
const EDITS: usize = 200;
/// The one who writes, as a member of the room.
const ANN: u64 = 1;

fn main() {
    for n_nodes in [1_000, 10_000] {
        println!("{n_nodes} nodes");
        let mut scene = Scene::of(n_nodes);
        scene.rules(Grants::MAP, &[]);
        scene.texts("a text edit, nothing withheld");
        scene.rules(only_own(), &[]);
        scene.once("the first edit after rules withhold something");
        scene.texts("a text edit, only one's own may be changed");
        scene.rules(Grants::MAP, &["n1"]);
        scene.once("the first edit after a branch is locked");
        scene.texts("a text edit, a branch is locked");
        scene.moves("a move, a branch is locked");
        scene.after_moves("a text edit after a move, a branch is locked");
        scene.collide();
        scene.moves("a move, once two moves have collided");
    }
}

/// A room over a large map, and somebody in it.
struct Scene {
    room: Room,
    doc: Doc,
    n_nodes: usize,
    n_edits: usize,
}

impl Scene {
    /// Ten nodes hang under each, the first of them under the root.
    fn of(n_nodes: usize) -> Self {
        let doc = pen::blank();
        pen::apply(&doc, &edit::new_document("Bench", None, Timestamp(1)));
        let ann = ParticipantId::new();
        for at in 1..=n_nodes {
            let parent = if at <= 10 {
                "root".to_owned()
            } else {
                name(at / 10)
            };
            pen::add_under(&doc, &name(at), &parent, &ann.to_string());
        }
        let state = doc
            .transact()
            .encode_state_as_update_v1(&StateVector::default());
        let stored = Stored::begin(&state).unwrap();
        let limits = Limits::default();
        let replica = stored.backlog.build(&limits).unwrap();
        let owners = HashMap::from([(doc.client_id().get(), ann)]);
        let mut room = Room::new(1, stored, owners, limits);
        room.keep_replica(replica);
        let persona = Persona {
            id: ann.to_string(),
            name: "Badger-01".to_owned(),
            role: "editor",
        };
        let member = Member {
            connection: Arc::new(Connection::new(ANN, true, None)),
            participant: ann,
            persona,
            right: Right::Write,
        };
        room.members.insert(ANN, member);
        Self {
            room,
            doc,
            n_nodes,
            n_edits: 0,
        }
    }

    fn rules(&mut self, grants: Grants, locks: &[&str]) {
        let locks = locks.iter().map(ToString::to_string).collect();
        self.room.set_rules(Rules { grants, locks });
    }

    /// A node in the second or third main branch, another each time.
    fn next(&mut self) -> String {
        self.n_edits += 7;
        let tenth = self.n_nodes / 10;
        name(2 * tenth + self.n_edits % tenth)
    }

    fn write(&mut self) -> Duration {
        let node = self.next();
        let update = pen::write(&self.doc, &node, "x");
        self.admit(update)
    }

    /// Puts a node under one of another main branch.
    fn put(&mut self) -> Duration {
        let node = self.next();
        let parent = name(4 + self.n_edits % 5);
        let update = pen::put(&self.doc, &node, &parent);
        self.admit(update)
    }

    fn admit(&mut self, update: Vec<u8>) -> Duration {
        let update = update.into();
        let begun = Instant::now();
        self.room.admit(ANN, &update).unwrap();
        begun.elapsed()
    }

    fn once(&mut self, name: &str) {
        let took = self.write();
        print(name, took);
    }

    fn texts(&mut self, name: &str) {
        print(name, median(|| self.write()));
    }

    fn moves(&mut self, name: &str) {
        print(name, median(|| self.put()));
    }

    fn after_moves(&mut self, name: &str) {
        let after = median(|| {
            self.put();
            self.write()
        });
        print(name, after);
    }

    /// Two nodes put under each other, as by two people at once.
    fn collide(&mut self) {
        for (node, parent) in [("n8", "n9"), ("n9", "n8")] {
            let update = pen::put(&self.doc, node, parent);
            self.admit(update);
        }
    }
}

fn only_own() -> Grants {
    Grants {
        edit: Scope::Own,
        ..Grants::MAP
    }
}

fn name(node: usize) -> String {
    format!("n{node}")
}

fn median(mut one: impl FnMut() -> Duration) -> Duration {
    let mut all: Vec<Duration> = (0..EDITS).map(|_| one()).collect();
    all.sort();
    all[EDITS / 2]
}

fn print(name: &str, took: Duration) {
    println!("   {name:52} {:9.1} us", took.as_secs_f64() * 1e6);
}
