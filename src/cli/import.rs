//! `gapmap import`: files into the catalogue, also beside a running server.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, bail};

use super::file_options::{ImportOptions, Importable};
use super::say::say;
use crate::base::id::ImportId;
use crate::base::time::Clock;
use crate::import::rows::Source;
use crate::intake::{Intake, IntakeOptions, read_file};
use crate::store::{By, Import, ImportState, Mode, NoteKind, PageRequest, Store};

/// How many lines that were not taken are printed.
const PRINTED: i64 = 100;
/// How long a running server has the database to itself after each batch.
const PAUSE: Duration = Duration::from_millis(5);

/// Brings files in, one after another, and says what became of their rows.
pub(super) async fn import(database: &str, options: &ImportOptions) -> anyhow::Result<()> {
    let files = files(options)?;
    let store = Store::open(database, Mode::Existing).await?;
    let source = source(&store, options).await?;
    let mut refused = None;
    for file in &files {
        let done = one(&store, &source, file, options).await?;
        print(&store, file, &done, options.dry_run).await?;
        if !done.problem.is_empty() {
            refused = Some(format!("{}: {}", file.display(), done.problem));
        }
    }
    store.close().await;
    match refused {
        Some(words) => bail!(words),
        None => Ok(()),
    }
}

async fn source(store: &Store, options: &ImportOptions) -> anyhow::Result<Source> {
    let Some(name) = &options.mapping else {
        return Ok(match options.what {
            Importable::Gaps => Source::Gaps,
            Importable::Solutions => Source::Solutions,
            Importable::Cordis => Source::Cordis,
            Importable::Openaire => Source::OpenAire,
            Importable::Map => bail!("a map has no rows"),
        });
    };
    let saved = store.mapping(name).await;
    let saved = saved.with_context(|| format!("no mapping is called {name:?}"))?;
    let kind = match options.what {
        Importable::Gaps => "gap",
        Importable::Solutions => "solution",
        _ => bail!("--mapping goes with gaps and solutions"),
    };
    if saved.mapping.kind().as_str() != kind {
        bail!("the mapping {name:?} is for {}s", saved.mapping.kind());
    }
    Ok(Source::Mapped(Box::new(saved.mapping)))
}

/// The files to read, in their order: projects before those who take part in them.
fn files(options: &ImportOptions) -> anyhow::Result<Vec<PathBuf>> {
    let path = &options.path;
    let about =
        std::fs::metadata(path).with_context(|| format!("cannot read {}", path.display()))?;
    if !about.is_dir() {
        return Ok(vec![path.clone()]);
    }
    if options.what != Importable::Cordis {
        bail!("{} is a folder", path.display());
    }
    let mut found = Vec::new();
    for name in ["project", "organization"] {
        let files = ["csv", "json"].map(|it| path.join(format!("{name}.{it}")));
        found.extend(files.into_iter().find(|it| it.is_file()));
    }
    if found.is_empty() {
        bail!(
            "{} has neither project.csv nor project.json",
            path.display()
        );
    }
    Ok(found)
}

async fn one(
    store: &Store,
    source: &Source,
    file: &Path,
    options: &ImportOptions,
) -> anyhow::Result<Import> {
    let clock = Clock::System;
    let by = By::command(clock.now());
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let id = store.create_import(&name, &by).await?;
    store.finish_import_file(id, "", &by).await?;
    let mapping = match source {
        Source::Mapped(mapping) => mapping.to_json(),
        _ => String::new(),
    };
    let called = options.mapping.as_deref().unwrap_or_default();
    store
        .set_import_source(id, source.as_str(), &mapping, called, by.at)
        .await?;
    let costs = IntakeOptions {
        max_rows: i64::MAX,
        pause: PAUSE,
        ..IntakeOptions::default()
    };
    let intake = Intake::new(store.clone(), clock, costs);
    let looked = work(&intake, store, id, file, ImportState::Reading).await?;
    if options.dry_run || !looked.problem.is_empty() {
        store.stop_import(id, &by).await?;
        return Ok(looked);
    }
    if options.take_conflicts {
        store.decide_import(id, &[], Some(true), &by).await?;
    }
    work(&intake, store, id, file, ImportState::Applying).await
}

async fn work(
    intake: &Intake,
    store: &Store,
    id: ImportId,
    file: &Path,
    to: ImportState,
) -> anyhow::Result<Import> {
    let by = By::command(Clock::System.now());
    store.begin_import(id, to, &by).await?;
    Ok(intake.read(id, to, read_file(file.to_owned()), by).await?)
}

async fn print(store: &Store, file: &Path, it: &Import, is_dry: bool) -> anyhow::Result<()> {
    let count = it.tally;
    let would = if is_dry { "would be " } else { "" };
    say!(
        "{}: {} rows read, {would}{} created, {} updated, {} skipped, {} rejected",
        file.display(),
        count.read,
        count.created,
        count.changed,
        count.same,
        count.rejected,
    )?;
    if 0 < count.conflicts {
        let (n, kept) = (
            count.conflicts,
            match it.takes_undecided {
                true => "the file's values were taken",
                false => "the catalogue's values stay",
            },
        );
        say!("{n} rows disagree with the catalogue: {kept}")?;
    }
    let page = PageRequest::new(Some(PRINTED), None, None)?;
    for kind in [NoteKind::Rejected, NoteKind::Remark] {
        for note in store.import_notes(it.id, Some(kind), &page).await?.items {
            let (line, column) = (note.on.line, &note.on.column);
            say!("{} line {line}: {column} {}", kind.as_str(), note.on.reason)?;
        }
    }
    Ok(())
}
