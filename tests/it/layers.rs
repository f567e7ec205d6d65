//! The floors of the crate, who may know which library, and how long a file may be.
//!
//! Reads the source as text: a `use` line says everything that is needed here.

use std::fs;
use std::path::{Path, PathBuf};

/// From the ground up. Modules that share a line do not use one another.
const FLOORS: &[&[&str]] = &[
    &["base"],
    &["mindmap", "catalogue", "workshop"],
    &["report", "suggest"],
    &["export", "import", "sync"],
    &["store", "broker"],
    &["hub", "intake"],
    &["http"],
    &["cli"],
];

/// What is known in some places only: how it looks in the source, and where it may.
const KEPT: &[(&str, &[&str])] = &[
    ("yrs", &["mindmap/", "sync/"]),
    ("sqlx", &["store/"]),
    ("async_nats", &["broker/"]),
    ("axum", &["http/"]),
    ("openidconnect", &["http/identity/"]),
    ("anyhow", &["cli/"]),
    ("std::env", &["cli/config.rs"]),
];

/// Lines that one file may have.
const MAX_LINES: usize = 400;

#[test]
fn modules_use_lower_floors_only() {
    let upward: Vec<String> = sources("src")
        .iter()
        .flat_map(|(path, text)| upward_uses(path, text))
        .collect();

    assert_eq!(upward, [""; 0]);
}

#[test]
fn every_module_stands_on_a_floor() {
    let homeless: Vec<String> = sources("src")
        .iter()
        .filter(|(path, _)| module_of(path).is_some_and(|it| floor_of(it).is_none()))
        .map(|(path, _)| path.clone())
        .collect();

    assert_eq!(homeless, [""; 0]);
}

#[test]
fn libraries_and_settings_are_known_where_they_belong() {
    let strays: Vec<String> = sources("src")
        .iter()
        .flat_map(|(path, text)| strays(path, text))
        .collect();

    assert_eq!(strays, [""; 0]);
}

#[test]
fn no_file_is_too_long_to_read() {
    let long: Vec<String> = ["src", "tests", "benches", "typeset/src"]
        .into_iter()
        .flat_map(sources)
        .filter(|(_, text)| MAX_LINES < text.lines().count())
        .map(|(path, _)| path)
        .collect();

    assert_eq!(long, [""; 0]);
}

#[test]
fn an_upward_use_is_found_however_it_is_written() {
    for text in [
        "use crate::store::Store;",
        "    let map = crate::hub::Hub::new(store);",
        "use crate::{base::id::MapId, http::App};",
        "use crate::{\n    base::id::MapId,\n    cli::{config, serve},\n};",
        "pub use crate :: export :: svg;",
        "use super::super::store::Store;",
    ] {
        assert_eq!(upward_uses("sync/made_up.rs", text).len(), 1, "{text}");
    }
}

#[test]
fn a_downward_use_and_one_inside_the_module_are_fine() {
    let text = "//! Unlike [`crate::store`], this knows no disk.\n\
                use crate::base::{id::MapId, time::Timestamp};\n\
                use crate::sync::room::Room;\n\
                use crate::{mindmap::limits::Limits, workshop};\n\
                use super::store_like;";

    assert_eq!(upward_uses("sync/made_up.rs", text), [""; 0]);
}

#[test]
fn a_library_out_of_place_is_found_and_a_longer_name_is_another_library() {
    assert_eq!(strays("hub/made_up.rs", "use sqlx::Row;").len(), 1);
    assert_eq!(strays("cli/serve.rs", "std::env::var(\"X\")").len(), 1);
    assert_eq!(
        strays("http/made_up.rs", "use axum_extra::extract::CookieJar;"),
        [""; 0]
    );
    assert_eq!(
        strays("hub/made_up.rs", "// sqlx:: is the store's."),
        [""; 0]
    );
}

/// Uses of modules that are not below the one that `path` is in.
fn upward_uses(path: &str, text: &str) -> Vec<String> {
    let Some(own) = module_of(path) else {
        return Vec::new();
    };
    let is_upward = |name: &&str| *name != own && floor_of(own) <= floor_of(name);
    let code = code_of(text);
    // From there it could be any module: what leaves a folder is written from the crate down.
    let unclear = code.contains("super::super").then_some("super::super");
    used_modules(&code)
        .iter()
        .map(String::as_str)
        .filter(is_upward)
        .chain(unclear)
        .map(|name| format!("{path} uses {name}"))
        .collect()
}

/// Uses of what is known elsewhere only.
fn strays(path: &str, text: &str) -> Vec<String> {
    let code = code_of(text);
    KEPT.iter()
        .filter(|(_, places)| !places.iter().any(|place| path.starts_with(place)))
        .filter(|(name, _)| mentions(&code, name))
        .map(|(name, _)| format!("{path} uses {name}"))
        .collect()
}

/// The modules named behind `crate::`, alone or in braces.
fn used_modules(code: &str) -> Vec<String> {
    let tight: String = code.split_whitespace().collect::<Vec<_>>().join(" ");
    let tight = tight.replace(" :: ", "::");
    let mut names = Vec::new();
    for after in tight.split("crate::").skip(1) {
        match after.strip_prefix('{') {
            Some(group) => names.extend(entries(group).into_iter().filter_map(first_word)),
            None => names.extend(first_word(after)),
        }
    }
    names
}

/// The entries of a group of a `use` line, up to its closing brace.
pub(crate) fn entries(group: &str) -> Vec<&str> {
    let (mut depth, mut from, mut found) = (0, 0, Vec::new());
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                found.push(&group[from..at]);
                from = at + 1;
                if letter == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    found
}

fn first_word(text: &str) -> Option<String> {
    let word: String = text
        .trim_start()
        .chars()
        .take_while(|it| it.is_alphanumeric() || *it == '_')
        .collect();
    (!word.is_empty()).then_some(word)
}

/// Whether a path that begins with `name` stands in the code.
fn mentions(code: &str, name: &str) -> bool {
    code.match_indices(name).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let begins = !before.is_some_and(|it| it.is_alphanumeric() || it == '_' || it == ':');
        begins && code[at + name.len()..].starts_with("::")
    })
}

/// The text without its comments, in which names may stand freely.
pub(crate) fn code_of(text: &str) -> String {
    let is_code = |line: &&str| !line.trim_start().starts_with("//");
    text.lines().filter(is_code).collect::<Vec<_>>().join("\n")
}

/// The module that a file is in; none for the crate's own two files.
fn module_of(path: &str) -> Option<&str> {
    path.split_once('/').map(|(module, _)| module)
}

fn floor_of(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

/// Every Rust file below a folder of the package: its path from there, and what it says.
pub(crate) fn sources(folder: &str) -> Vec<(String, String)> {
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files = Vec::new();
    let mut folders: Vec<PathBuf> = vec![base.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") {
                let name = path.strip_prefix(&base).unwrap().to_str().unwrap();
                files.push((name.to_owned(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(!files.is_empty(), "{folder} holds no source");
    files
}
