//! What is read from files and written to them: the options of `import`, `export` and `report`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::base::id::{MapId, SessionId};
use crate::base::invalid::Invalid;
use crate::export::{Format, ReportFormat};
use crate::import::maps::MapFormat;
use crate::report::{Language, ReportHandle};

/// What to bring in.
#[derive(Debug, Args)]
pub(super) struct ImportOptions {
    /// What made the files.
    #[arg(value_enum)]
    pub(super) what: Importable,
    /// A file; for cordis also a folder with `project` and `organization`.
    pub(super) path: PathBuf,
    /// Only say what would be done.
    #[arg(long)]
    pub(super) dry_run: bool,
    /// For gaps and solutions: read the table by the saved mapping of this name.
    #[arg(long)]
    pub(super) mapping: Option<String>,
    /// Where the file and a record disagree and nothing says who is right, take the file's value.
    #[arg(long)]
    pub(super) take_conflicts: bool,
    /// For a map: the session that it becomes one of.
    #[arg(long, conflicts_with = "map")]
    pub(super) session: Option<SessionId>,
    /// For a map: the one that it is put into, as one edit. No server may have the database.
    #[arg(long)]
    pub(super) map: Option<MapId>,
    /// With --map: the node that it comes under, behind what is there; the central topic unless
    /// said.
    #[arg(long, requires = "map", value_name = "NODE")]
    pub(super) under: Option<String>,
    /// For a map: freeplane, xmind, opml, markdown, text or json; told from the file unless said.
    #[arg(long, value_parser = map_format)]
    pub(super) format: Option<MapFormat>,
    /// For a map of a session: what it is called; as the file says unless said.
    #[arg(long, conflicts_with = "map")]
    pub(super) title: Option<String>,
}

/// What can be brought in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Importable {
    /// Gaps, as CSV or JSON.
    Gaps,
    /// Solutions, as CSV or JSON.
    Solutions,
    /// Projects of CORDIS.
    Cordis,
    /// Projects of the OpenAIRE Graph.
    Openaire,
    /// A mind map of Freeplane, FreeMind or XMind, an outline in OPML, Markdown or indented text, or
    /// our own JSON: a new map of a session, or nodes of one that is there.
    Map,
}

/// What to export.
#[derive(Debug, Subcommand)]
pub(super) enum ExportCommand {
    /// One map, without what is in its trash and without names of people.
    Map(MapExport),
}

/// A map to export.
#[derive(Debug, Args)]
pub(super) struct MapExport {
    /// The map.
    #[arg(value_name = "ID")]
    pub(super) map: MapId,
    /// json, freeplane, xmind, opml, markdown, csv, svg, pdf or png.
    #[arg(long, value_parser = format)]
    pub(super) format: Format,
    /// The file to write; standard output unless said.
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
    /// Only the branch under this node.
    #[arg(long, value_name = "NODE")]
    pub(super) branch: Option<String>,
    /// Leave the notes out.
    #[arg(long)]
    pub(super) no_notes: bool,
    /// Leave links to the catalogue out.
    #[arg(long)]
    pub(super) no_links: bool,
    /// Leave the sums of votes out.
    #[arg(long)]
    pub(super) no_votes: bool,
}

/// A report to write.
#[derive(Debug, Args)]
pub(super) struct ReportFile {
    /// The report: its id, or its number such as REP-3.
    #[arg(value_name = "ID", value_parser = report_handle)]
    pub(super) report: ReportHandle,
    /// docx, pdf, html, markdown, json or csv.
    #[arg(long, value_parser = report_format)]
    pub(super) format: ReportFormat,
    /// en or fr; the language that was chosen for the report unless said.
    #[arg(long, value_parser = language)]
    pub(super) language: Option<Language>,
    /// The file to write; standard output unless said.
    #[arg(short, long, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

fn report_handle(word: &str) -> Result<ReportHandle, String> {
    let handle: Result<ReportHandle, Invalid> = word.parse();
    handle.map_err(|refused| refused.reason.into_owned())
}

fn report_format(word: &str) -> Result<ReportFormat, String> {
    ReportFormat::try_from(word).map_err(|refused| refused.reason.into_owned())
}

fn language(word: &str) -> Result<Language, String> {
    Language::try_from(word).map_err(|refused| refused.reason.into_owned())
}

fn format(word: &str) -> Result<Format, String> {
    Format::try_from(word).map_err(|refused| refused.reason.into_owned())
}

fn map_format(word: &str) -> Result<MapFormat, String> {
    MapFormat::try_from(word).map_err(|refused| refused.reason.into_owned())
}
