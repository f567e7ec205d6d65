//! Whether what stands in a document fits the schema. Asked once an update has been applied: what
//! can be told from the update alone (nesting, sizes, sub-documents) is refused before.

use yrs::branch::{Branch, BranchPtr};
use yrs::types::text::YChange;
use yrs::{Any, Map, MapRef, Out, ReadTxn, Text, TextRef};

use super::fields::whole;
use super::names::*;
use super::values::{Link, Made, Mark, Place, Relation};
use super::violation::Violation;
use crate::base::time::Timestamp;
use crate::mindmap::limits::Limits;

/// Checks a whole document: its root maps, every entry of them, and how many nodes there are.
///
/// # Errors
///
/// The first [`Violation`] found.
pub fn check_document<T: ReadTxn>(txn: &T, limits: &Limits) -> Result<(), Violation> {
    for (root, _) in txn.root_refs() {
        if !ROOTS.contains(&root) {
            return Err(Violation::unknown_key("a document"));
        }
        let Some(entries) = txn.get_map(root) else {
            continue;
        };
        check_is_map_only(&entries, "a root map")?;
        if root == NODES && limits.nodes < entries.len(txn) as usize {
            return Err(Violation::too_large("a map", limits.nodes, "nodes"));
        }
        for (key, value) in entries.iter(txn) {
            check_entry(root, key, Some(&value), txn, limits)?;
        }
    }
    let nodes = txn.get_map(NODES);
    if nodes.is_none_or(|nodes| !nodes.contains_key(txn, ROOT)) {
        return Err(Violation::missing("a map", "root"));
    }
    Ok(())
}

/// Checks what stands under `key` of the root map `root`; `None` says that it was taken out.
///
/// A node may go as a whole, because undoing its making does that. The root and the fields of
/// `meta` stay.
///
/// # Errors
///
/// [`Violation`] where it doesn't fit the schema.
pub fn check_entry<T: ReadTxn>(
    root: &str,
    key: &str,
    value: Option<&Out>,
    txn: &T,
    limits: &Limits,
) -> Result<(), Violation> {
    match (root, value) {
        (META, Some(value)) => check_meta(key, value, limits),
        (META, None) => Err(Violation::missing("meta", "fields")),
        (NODES, Some(Out::YMap(node))) => check_node(key, node, txn, limits),
        (NODES, Some(_)) => Err(Violation::wrong_type("a node", "a shared map")),
        (NODES, None) if key == ROOT => Err(Violation::missing("a map", "root")),
        (RELATIONS, Some(value)) => check_relation(key, value, limits),
        (COMMENTS, Some(value)) => check_comment(key, value, txn, limits),
        (NODES | RELATIONS | COMMENTS, None) => Ok(()),
        _ => Err(Violation::unknown_key("a document")),
    }
}

/// Checks a field of `meta`.
///
/// # Errors
///
/// [`Violation`] where it doesn't fit the schema.
pub fn check_meta(key: &str, value: &Out, limits: &Limits) -> Result<(), Violation> {
    match (key, value) {
        (META_SCHEMA, Out::Any(Any::Number(number))) if number.as_i64() == Some(SCHEMA) => Ok(()),
        (META_SCHEMA, _) => Err(Violation::bad_value("the schema of a map", "1")),
        (META_TITLE, Out::Any(title @ Any::String(words))) => {
            check_length("the title", words, limits.text_chars)?;
            check_size("the title", title, limits)
        }
        (META_TITLE, _) => Err(Violation::wrong_type("the title", "a string")),
        _ => Err(Violation::unknown_key("meta")),
    }
}

/// Checks a whole node: its id, that it has all it must have, and every field.
///
/// # Errors
///
/// [`Violation`] where it doesn't fit the schema.
pub fn check_node<T: ReadTxn>(
    id: &str,
    node: &MapRef,
    txn: &T,
    limits: &Limits,
) -> Result<(), Violation> {
    check_id(id)?;
    check_is_map_only(node, "a node")?;
    for (key, value) in node.iter(txn) {
        check_node_key(id, key, Some(&value), txn, limits)?;
    }
    for key in [PLACE, TEXT, NOTE, LINKS] {
        if !node.contains_key(txn, key) {
            check_node_key(id, key, None, txn, limits)?;
        }
    }
    Ok(())
}

/// Checks one field of the node `id`; `None` says that the node doesn't have it.
///
/// # Errors
///
/// [`Violation`] where it doesn't fit the schema.
pub fn check_node_key<T: ReadTxn>(
    id: &str,
    key: &str,
    value: Option<&Out>,
    txn: &T,
    limits: &Limits,
) -> Result<(), Violation> {
    match (key, value) {
        (PLACE, None) if id == ROOT => Ok(()),
        (PLACE | DELETED, Some(_)) if id == ROOT => Err(Violation::unknown_key("the root")),
        (PLACE, None) => Err(Violation::missing("a node", PLACE)),
        (TEXT, None) => Err(Violation::missing("a node", TEXT)),
        (NOTE, None) => Err(Violation::missing("a node", NOTE)),
        (LINKS, None) => Err(Violation::missing("a node", LINKS)),
        (KIND | COLOUR | DELETED | MADE, None) => Ok(()),
        (TEXT, Some(value)) => {
            check_text("the text of a node", value, most_chars(key, limits), txn)
        }
        (NOTE, Some(value)) => {
            check_text("the note of a node", value, most_chars(key, limits), txn)
        }
        (LINKS, Some(value)) => check_links(value, txn),
        (PLACE, Some(Out::Any(value))) => check_clock(Place::read(value)?.clock, txn),
        (KIND | COLOUR | DELETED | MADE, Some(Out::Any(value))) => check_plain_field(key, value),
        (PLACE | KIND | COLOUR | DELETED | MADE, Some(_)) => Err(Violation::wrong_type(
            &format!("the {key} of a node"),
            "a plain value",
        )),
        _ => Err(Violation::unknown_key("a node")),
    }
}

/// Checks one link of a node.
///
/// # Errors
///
/// [`Violation`] where it doesn't fit the schema.
pub fn check_link(target: &str, value: &Out) -> Result<(), Violation> {
    if !is_link_target(target) {
        let wanted = "gap: or solution: and a UUID in lower case";
        return Err(Violation::bad_value("the target of a link", wanted));
    }
    let link = Link::read(plain("a link", value)?)?;
    check_time("a link", link.made.at)
}

/// Checks a relation. Its ends may be gone: somebody else may have taken a node away meanwhile.
///
/// # Errors
///
/// [`Violation`] where it doesn't fit the schema.
pub fn check_relation(id: &str, value: &Out, limits: &Limits) -> Result<(), Violation> {
    check_id(id)?;
    let value = plain("a relation", value)?;
    check_time("a relation", Relation::read(value)?.made.at)?;
    check_size("a relation", value, limits)
}

/// Checks a whole comment.
///
/// # Errors
///
/// [`Violation`] where it doesn't fit the schema.
pub fn check_comment<T: ReadTxn>(
    id: &str,
    value: &Out,
    txn: &T,
    limits: &Limits,
) -> Result<(), Violation> {
    check_id(id)?;
    let Out::YMap(comment) = value else {
        return Err(Violation::wrong_type("a comment", "a shared map"));
    };
    check_is_map_only(comment, "a comment")?;
    for (key, value) in comment.iter(txn) {
        match (key, &value) {
            (NODE | BY, Out::Any(Any::String(id))) => check_id(id)?,
            (AT, Out::Any(at)) if whole(at).is_some_and(|it| it <= LAST_TIME) => {}
            (TEXT, text) => check_text("a comment", text, limits.text_chars, txn)?,
            (DONE, Out::Any(Any::Bool(_))) => {}
            (NODE | BY | AT | DONE, _) => {
                let what = format!("the {key} of a comment");
                return Err(Violation::wrong_type(&what, "as the schema says"));
            }
            _ => return Err(Violation::unknown_key("a comment")),
        }
    }
    match [NODE, BY, AT, TEXT]
        .into_iter()
        .find(|key| !comment.contains_key(txn, key))
    {
        Some(key) => Err(Violation::missing("a comment", key)),
        None => Ok(()),
    }
}

fn check_plain_field(key: &str, value: &Any) -> Result<(), Violation> {
    match (key, value) {
        (DELETED, value) => check_time("a mark", Mark::read(value)?.at),
        (MADE, value) => check_time("a mark", Made::read(value)?.mark.at),
        (KIND, Any::String(word)) if Kind::parse(word).is_some() => Ok(()),
        (COLOUR, Any::String(word)) if Colour::parse(word).is_some() => Ok(()),
        (KIND, _) => Err(Violation::bad_value(
            "the kind of a node",
            "one of the list",
        )),
        _ => Err(Violation::bad_value(
            "the colour of a node",
            "one of the list",
        )),
    }
}

/// A time that browsers cannot show would stop whatever shows it. What is in a map already is read all
/// the same.
fn check_time(what: &str, at: Timestamp) -> Result<(), Violation> {
    if at.0 <= LAST_TIME {
        return Ok(());
    }
    let what = format!("the at of {what}");
    Err(Violation::bad_value(&what, "a time that has a date"))
}

/// A move writes 1 + the greatest clock in the document, so clocks run no faster than changes. One
/// far ahead of them would leave honest clients no room to count on. And no honest clock is ever
/// refused after it: whoever counts on adds a change for each number.
fn check_clock<T: ReadTxn>(clock: i64, txn: &T) -> Result<(), Violation> {
    if clock <= CLOCK_LEAD {
        return Ok(());
    }
    let clients = txn.state_vector();
    let counted = clients
        .iter()
        .map(|(_, n)| i64::from((*n).min(COUNTED_CHANGES)));
    if clock <= CLOCK_LEAD + counted.sum::<i64>() {
        return Ok(());
    }
    let wanted = "1 more than the greatest in the map";
    Err(Violation::bad_value("the clock of a place", wanted))
}

fn check_links<T: ReadTxn>(value: &Out, txn: &T) -> Result<(), Violation> {
    let Out::YMap(links) = value else {
        return Err(Violation::wrong_type("the links of a node", "a shared map"));
    };
    check_is_map_only(links, "the links of a node")?;
    links
        .iter(txn)
        .try_for_each(|(target, link)| check_link(target, &link))
}

/// How many characters the text or the note of a node has at most.
pub fn most_chars(key: &str, limits: &Limits) -> usize {
    match key {
        NOTE => limits.note_chars,
        _ => limits.text_chars,
    }
}

/// Only characters, no more than `most` of them: nothing embedded, no formatting.
fn check_text<T: ReadTxn>(what: &str, value: &Out, most: usize, txn: &T) -> Result<(), Violation> {
    let Out::YText(text) = value else {
        return Err(Violation::wrong_type(what, "a shared text"));
    };
    if has_keys(text, txn) {
        return Err(Violation::wrong_type(what, "plain text"));
    }
    let mut n_chars = 0;
    for chunk in text.diff(txn, YChange::identity) {
        match (&chunk.insert, &chunk.attributes) {
            (Out::Any(Any::String(chars)), None) => n_chars += chars.chars().count(),
            _ => return Err(Violation::wrong_type(what, "plain text")),
        }
    }
    if most < n_chars {
        return Err(Violation::too_large(what, most, "characters"));
    }
    Ok(())
}

fn check_id(id: &str) -> Result<(), Violation> {
    if is_id(id) {
        return Ok(());
    }
    Err(Violation::bad_value(
        "an id",
        "1 to 64 visible ASCII characters",
    ))
}

fn check_length(what: &str, words: &str, most: usize) -> Result<(), Violation> {
    if most < words.chars().count() {
        return Err(Violation::too_large(what, most, "characters"));
    }
    Ok(())
}

fn check_size(what: &str, value: &Any, limits: &Limits) -> Result<(), Violation> {
    let mut encoded = Vec::new();
    value.encode(&mut encoded);
    if limits.value_bytes < encoded.len() {
        return Err(Violation::too_large(what, limits.value_bytes, "bytes"));
    }
    Ok(())
}

fn plain<'a>(what: &str, value: &'a Out) -> Result<&'a Any, Violation> {
    match value {
        Out::Any(value) => Ok(value),
        _ => Err(Violation::wrong_type(what, "a plain object")),
    }
}

/// Every shared type can hold both entries and a list; a client that puts a list into a map puts
/// it where nobody sees it.
fn check_is_map_only(map: &MapRef, what: &str) -> Result<(), Violation> {
    let branch: &Branch = map.as_ref();
    if branch.len() == 0 {
        return Ok(());
    }
    Err(Violation::wrong_type(what, "a map without a list in it"))
}

/// The other way round: whether a text holds entries.
fn has_keys<T: ReadTxn>(text: &TextRef, txn: &T) -> bool {
    let branch: &Branch = text.as_ref();
    MapRef::from(BranchPtr::from(branch)).len(txn) != 0
}
