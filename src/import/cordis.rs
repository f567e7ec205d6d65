//! CORDIS, the Commission's database of projects, in its three layouts: the flat file of 2014 to
//! 2020, the tables of the zip and their twins in JSON, and the export of its search. Read by the
//! columns' names. Persons in it are not read at all.

use super::draft::{Row, Scope};
use super::record::Record;
use super::trouble::{FileRefused, Rejection};
use crate::base::text::on_one_line;
use crate::catalogue::kind::RecordKind;

/// What a file of CORDIS holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Projects: the flat file, or `project` of the zip.
    Projects,
    /// `organization` of the zip: who takes part in which project.
    Organisations,
    /// The export of the search.
    Search,
}

/// The layout with these columns.
///
/// # Errors
///
/// [`FileRefused`] for another file, in words about which it could be.
pub fn layout(names: &[String]) -> Result<Layout, FileRefused> {
    let has = |all: &[&str]| all.iter().all(|it| names.iter().any(|name| name == it));
    if has(&["record number", "title", "id"]) {
        Ok(Layout::Search)
    } else if has(&["projectid", "organisationid", "role", "name"]) {
        Ok(Layout::Organisations)
    } else if has(&["title", "objective"]) && (has(&["id"]) || has(&["reference"])) {
        Ok(Layout::Projects)
    } else if has(&["projectid"]) {
        Err(FileRefused::new(
            "this table of CORDIS has nothing for the catalogue: take project and organization",
        ))
    } else {
        Err(FileRefused::new(
            "the columns are those of no file of CORDIS that is known here",
        ))
    }
}

/// What a line says; nothing for one that says nothing about a solution.
///
/// # Errors
///
/// [`Rejection`] when it is shifted, or a value makes no sense.
pub fn row(layout: Layout, record: &Record) -> Result<Option<Row>, Rejection> {
    match layout {
        Layout::Projects => project(record).map(Some),
        Layout::Organisations => organisation(record),
        Layout::Search => search(record),
    }
}

fn project(record: &Record) -> Result<Row, Rejection> {
    let id = match record.get("id") {
        "" => "reference",
        _ => "id",
    };
    unshifted(
        record,
        id,
        &["startdate", "enddate"],
        &["totalcost", "ecmaxcontribution"],
    )?;
    let number = record.get(id);
    let mut row = begun(record, number, record.get("frameworkprogramme"))?;
    row.put(
        "summary",
        "objective",
        &cut(record.get("objective"), 10_000),
    )?;
    for (field, column) in [
        ("start", "startdate"),
        ("end", "enddate"),
        ("last_checked", "contentupdatedate"),
    ] {
        row.put(field, column, record.get(column))?;
    }
    let coordinator =
        organisation_name(record.get("coordinator"), record.get("coordinatorcountry"));
    row.put("provider", "coordinator", &coordinator)?;
    let calls = ["topics", "mastercall", "call"];
    let call = calls
        .iter()
        .map(|it| record.get(it))
        .find(|it| !it.is_empty());
    row.put("call", "call", &cut(call.unwrap_or_default(), 200))?;
    row.put("external_ids", id, &ids(number, record.get("rcn")))?;
    let page = record.get("projecturl").trim_end_matches(';');
    match row.put("url", "projecturl", page) {
        Ok(()) if !page.is_empty() => {}
        // A project's page is often no whole address; CORDIS has one of each.
        _ => row.put(
            "url",
            id,
            &format!("https://cordis.europa.eu/project/id/{number}"),
        )?,
    }
    suppose(&mut row, record.get("fundingscheme"));
    if record.get("status").eq_ignore_ascii_case("closed") {
        row.suppose("lifecycle", "completed");
    }
    Ok(row)
}

fn search(record: &Record) -> Result<Option<Row>, Rejection> {
    let kind = record.get("content type").to_lowercase();
    if !kind.is_empty() && !kind.contains("project") {
        return Ok(None);
    }
    unshifted(record, "id", &["start date", "end date"], &[])?;
    let number = record.get("id");
    let programme = record.get("programme");
    let mut row = begun(record, number, programme)?;
    row.put("summary", "teaser", &cut(record.get("teaser"), 10_000))?;
    for (field, column) in [
        ("start", "start date"),
        ("end", "end date"),
        ("last_checked", "last updated"),
        ("url", "url"),
    ] {
        row.put(field, column, record.get(column))?;
    }
    row.put(
        "external_ids",
        "id",
        &ids(number, record.get("record number")),
    )?;
    suppose(&mut row, "");
    Ok(Some(row))
}

/// Only who coordinates; the other columns name places and, in older files, persons.
fn organisation(record: &Record) -> Result<Option<Row>, Rejection> {
    if !record.get("role").eq_ignore_ascii_case("coordinator") {
        return Ok(None);
    }
    let number = record.get("projectid");
    if !is_number(number) {
        return Err(shifted(record, "projectid"));
    }
    let mut row = Row::new(record.line, RecordKind::Solution);
    row.scope = Scope::Known;
    row.put("external_ids", "projectid", &format!("cordis:{number}"))?;
    let name = organisation_name(record.get("name"), record.get("country"));
    row.put("provider", "name", &name)?;
    row.put(
        "last_checked",
        "contentupdatedate",
        record.get("contentupdatedate"),
    )?;
    Ok(Some(row))
}

/// What all layouts of projects have.
fn begun(record: &Record, number: &str, programme: &str) -> Result<Row, Rejection> {
    let mut row = Row::new(record.line, RecordKind::Solution);
    row.scope = Scope::Project;
    let (acronym, title) = (record.get("acronym"), record.get("title"));
    if title.is_empty() && acronym.is_empty() {
        return Err(Rejection::new(record.line, "title", "is empty"));
    }
    let has_it = title.to_lowercase().starts_with(&acronym.to_lowercase());
    let name = match acronym.is_empty() || has_it {
        true => title.to_owned(),
        false if title.is_empty() => acronym.to_owned(),
        false => format!("{acronym}: {title}"),
    };
    let name = on_one_line(&name);
    row.put("name", "title", &cut(&name, 300))?;
    row.put("grant_number", "id", number)?;
    row.put("programme", "programme", programme_name(programme))?;
    Ok(row)
}

/// What its source implies of a project, and does not say.
fn suppose(row: &mut Row, scheme: &str) {
    let scheme = scheme.to_uppercase();
    let kind = match scheme.rsplit('-').next().unwrap_or_default() {
        "CSA" => "network",
        "PCP" | "PPI" => "procurement",
        _ => "technology",
    };
    row.suppose("kind", kind);
    row.suppose("market_status", "in_research");
    row.suppose("trl_basis", "not_stated");
}

fn programme_name(text: &str) -> &str {
    let upper = text.to_uppercase();
    let begins = |it: &str| upper.starts_with(it);
    if begins("H2020") || begins("HORIZON 2020") {
        "Horizon 2020"
    } else if begins("HORIZON") {
        "Horizon Europe"
    } else if begins("FP7") {
        "FP7"
    } else {
        text.split(';').next().unwrap_or_default()
    }
}

/// An organisation with its country by the code of the standard: the Commission writes EL for
/// Greece and UK for the United Kingdom.
fn organisation_name(name: &str, country: &str) -> String {
    let country = match country.to_uppercase().as_str() {
        "EL" => "GR".to_owned(),
        "UK" => "GB".to_owned(),
        other => other.to_owned(),
    };
    match (name.is_empty(), country.is_empty()) {
        (true, _) => String::new(),
        (false, true) => name.to_owned(),
        (false, false) => format!("{name} ({country})"),
    }
}

fn ids(number: &str, rcn: &str) -> String {
    match is_number(rcn) {
        true => format!("cordis:{number}|rcn:{rcn}"),
        false => format!("cordis:{number}"),
    }
}

/// Refuses a line of which the cells stand under the wrong names: a quote went wrong before them.
fn unshifted(record: &Record, id: &str, days: &[&str], amounts: &[&str]) -> Result<(), Rejection> {
    if !is_number(record.get(id)) {
        return Err(shifted(record, id));
    }
    let is_day = |it: &str| {
        let day = super::date::normal(it);
        it.is_empty()
            || (day.len() == 10 && day.bytes().all(|it| it == b'-' || it.is_ascii_digit()))
    };
    if let Some(column) = days.iter().find(|it| !is_day(record.get(it))) {
        return Err(shifted(record, column));
    }
    // The decimal sign may be a comma.
    let is_amount = |it: &str| {
        it.bytes()
            .all(|it| matches!(it, b'0'..=b'9' | b'.' | b',' | b' '))
    };
    match amounts.iter().find(|it| !is_amount(record.get(it))) {
        Some(column) => Err(shifted(record, column)),
        None => Ok(()),
    }
}

fn shifted(record: &Record, column: &str) -> Rejection {
    let cell: String = record.get(column).chars().take(40).collect();
    let words = format!("holds {cell:?}: the line seems to be shifted");
    Rejection::new(record.line, column, words)
}

fn is_number(text: &str) -> bool {
    (3..=12).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_digit())
}

/// The text, cut to so many characters.
pub(super) fn cut(text: &str, max: usize) -> String {
    if text.chars().count() <= max {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(max - 1).collect();
    short.push('…');
    short
}
