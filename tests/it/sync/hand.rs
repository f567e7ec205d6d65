//! Updates written by hand, as no honest client writes them.

/// One update of one client: blocks from clock `start` on, and nothing deleted.
pub(crate) fn update(client: u64, start: u64, blocks: &[Vec<u8>]) -> Vec<u8> {
    let mut out = vec![1];
    number(&mut out, blocks.len() as u64);
    number(&mut out, client);
    number(&mut out, start);
    out.extend(blocks.iter().flatten());
    out.push(0);
    out
}

/// Updates of one client each, as one; what they delete is left out.
pub(crate) fn together(updates: &[Vec<u8>]) -> Vec<u8> {
    let mut out = Vec::new();
    number(&mut out, updates.len() as u64);
    for update in updates {
        out.extend(&update[1..update.len() - 1]);
    }
    out.push(0);
    out
}

/// A collected block of so many clocks.
pub(crate) fn collected(length: u64) -> Vec<u8> {
    let mut out = vec![0];
    number(&mut out, length);
    out
}

/// A shared type (1: map, 2: text, …) under a key of a root.
pub(crate) fn type_in_root(root: &str, key: &str, kind: u8) -> Vec<u8> {
    let mut out = vec![0x27, 1];
    text(&mut out, root);
    text(&mut out, key);
    out.push(kind);
    out
}

/// A shared type under a key of the type that `client` made at `clock`.
pub(crate) fn type_in(client: u64, clock: u64, key: &str, kind: u8) -> Vec<u8> {
    let mut out = vec![0x27, 0];
    number(&mut out, client);
    number(&mut out, clock);
    text(&mut out, key);
    out.push(kind);
    out
}

/// A plain value, already encoded, under a key of a root.
pub(crate) fn value_in_root(root: &str, key: &str, value: &[u8]) -> Vec<u8> {
    let mut out = vec![0x28, 1];
    text(&mut out, root);
    text(&mut out, key);
    out.push(1);
    out.extend(value);
    out
}

/// Two plain values, already encoded, one after the other under a key of a root: the second counts.
pub(crate) fn values_in_root(root: &str, key: &str, values: [&[u8]; 2]) -> Vec<u8> {
    let mut out = vec![0x28, 1];
    text(&mut out, root);
    text(&mut out, key);
    out.push(2);
    out.extend(values.concat());
    out
}

/// A plain value, already encoded, under a key of the type that `client` made at `clock`.
pub(crate) fn value_in(client: u64, clock: u64, key: &str, value: &[u8]) -> Vec<u8> {
    let mut out = vec![0x28, 0];
    number(&mut out, client);
    number(&mut out, clock);
    text(&mut out, key);
    out.push(1);
    out.extend(value);
    out
}

/// A shared type to the right of what `client` made at `clock`.
pub(crate) fn type_beside(client: u64, clock: u64, kind: u8) -> Vec<u8> {
    let mut out = vec![0x87];
    number(&mut out, client);
    number(&mut out, clock);
    out.push(kind);
    out
}

/// A deleted character at the beginning of the text that `client` made at `clock`.
pub(crate) fn deleted_in(client: u64, clock: u64) -> Vec<u8> {
    let mut out = vec![1, 0];
    number(&mut out, client);
    number(&mut out, clock);
    out.push(1);
    out
}

/// An update that deletes these ranges of clients and brings nothing.
pub(crate) fn deletes(clients: &[(u64, Vec<(u64, u64)>)]) -> Vec<u8> {
    let mut out = vec![0];
    number(&mut out, clients.len() as u64);
    for (client, ranges) in clients {
        number(&mut out, *client);
        number(&mut out, ranges.len() as u64);
        for (start, length) in ranges {
            number(&mut out, *start);
            number(&mut out, *length);
        }
    }
    out
}

/// One update of so many clients that follow upon each other, each with one collected block.
pub(crate) fn of_clients(first: u64, n_clients: u64) -> Vec<u8> {
    let mut out = Vec::new();
    number(&mut out, n_clients);
    for client in first..first + n_clients {
        out.push(1);
        number(&mut out, client);
        out.push(0);
        out.extend(collected(1));
    }
    out.push(0);
    out
}

/// Lists in lists, so many deep.
pub(crate) fn nested_lists(depth: usize) -> Vec<u8> {
    let mut out: Vec<u8> = std::iter::repeat_n([117, 1], depth).flatten().collect();
    out.push(126);
    out
}

fn number(out: &mut Vec<u8>, value: u64) {
    gapmap::sync::lib0::write_uint(out, value);
}

fn text(out: &mut Vec<u8>, value: &str) {
    gapmap::sync::lib0::write_bytes(out, value.as_bytes());
}
