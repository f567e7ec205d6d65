//! No file of the crate uses another that uses it, on whatever way: so each can be read after those
//! that it stands on. A folder's `mod.rs` is its front, which may name what is behind it.

use std::collections::{BTreeMap, BTreeSet};

use crate::layers::{code_of, entries, sources};

/// Files, each with those that it uses.
type Uses = BTreeMap<String, BTreeSet<String>>;

#[test]
fn files_do_not_use_one_another_in_a_circle() {
    assert_eq!(circles(uses(&sources("src"))), [""; 0]);
}

#[test]
fn a_circle_is_found_however_it_is_written() {
    let file = |path: &str, text: &str| (path.to_owned(), text.to_owned());
    for (there, back) in [
        ("use super::b::B;", "use super::a::A;"),
        (
            "use crate::hub::{\n    b::{B, C},\n    other::D,\n};",
            "pub(super) use crate::hub::a::A;",
        ),
        ("use super::{c as other, b as another};", "use super::a;"),
    ] {
        let files = [
            file("hub/mod.rs", "mod a; mod b; mod c;"),
            file("hub/a.rs", there),
            file("hub/b.rs", back),
            file("hub/c.rs", "use crate::base::id::Id;"),
            file("hub/d.rs", "use super::a::A;"),
        ];

        assert_eq!(circles(uses(&files)), ["hub::a", "hub::b"], "{there}");
    }
}

/// What is left when whatever uses nothing that is left, or is used by nothing that is left, is taken
/// away again and again: the circles, and what stands between two of them.
fn circles(mut uses: Uses) -> Vec<String> {
    loop {
        let used: BTreeSet<String> = uses.values().flatten().cloned().collect();
        let n_before = uses.len();
        uses.retain(|file, on| used.contains(file) && !on.is_empty());
        if uses.len() == n_before {
            return uses.into_keys().collect();
        }
        let left: BTreeSet<String> = uses.keys().cloned().collect();
        for on in uses.values_mut() {
            on.retain(|it| left.contains(it));
        }
    }
}

fn uses(files: &[(String, String)]) -> Uses {
    let file_of = |path: &str| Some(path.strip_suffix(".rs")?.replace('/', "::"));
    let is_file = |path: &String| !path.ends_with("mod.rs") && path.contains('/');
    let texts: BTreeMap<String, &str> = files
        .iter()
        .filter(|(path, _)| is_file(path))
        .filter_map(|(path, text)| Some((file_of(path)?, text.as_str())))
        .collect();
    let on = |file: &str, text: &str| -> BTreeSet<String> {
        let named = paths_used(file, text).into_iter();
        let found = named.filter_map(|path| deepest(&path, |it| texts.contains_key(it)));
        found.filter(|it| it != file).collect()
    };
    let all = texts.iter();
    all.map(|(file, text)| (file.clone(), on(file, text)))
        .collect()
}

/// The longest beginning of a path that is a file.
fn deepest(path: &str, is_file: impl Fn(&str) -> bool) -> Option<String> {
    let mut path = path;
    while !is_file(path) {
        path = path.rsplit_once("::")?.0;
    }
    Some(path.to_owned())
}

/// What the `use` lines of a file name, from the crate down.
fn paths_used(file: &str, text: &str) -> Vec<String> {
    let code = code_of(text.split("#[cfg(test)]").next().unwrap_or_default());
    let code = code.split_whitespace().collect::<Vec<_>>().join(" ");
    let folder = file.rsplit_once("::").map_or("", |it| it.0);
    let mut paths = Vec::new();
    for line in code.split("use ").skip(1) {
        let tree = line.split(';').next().unwrap_or_default();
        for path in leaves(&without_aliases(tree)) {
            match path.split_once("::") {
                Some(("crate", rest)) => paths.push(rest.to_owned()),
                Some(("super", rest)) => paths.push(format!("{folder}::{rest}")),
                _ => {}
            }
        }
    }
    paths
}

/// A tree without spaces, and without what something is called instead.
fn without_aliases(tree: &str) -> String {
    let (mut tight, mut words) = (String::new(), tree.split(' '));
    while let Some(word) = words.next() {
        let alias = (word == "as").then(|| words.next().unwrap_or_default());
        let is_letter = |it: char| it.is_alphanumeric() || it == '_';
        tight.push_str(alias.map_or(word, |it| it.trim_start_matches(is_letter)));
    }
    tight
}

/// The paths of a tree such as `a::{b, c::{d, e}}`.
fn leaves(tree: &str) -> Vec<String> {
    let Some((head, rest)) = tree.split_once('{') else {
        return vec![tree.to_owned()];
    };
    let named = entries(rest).into_iter().filter(|it| !it.is_empty());
    named
        .flat_map(leaves)
        .map(|it| format!("{head}{it}"))
        .collect()
}
