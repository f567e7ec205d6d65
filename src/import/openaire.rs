//! Projects as the OpenAIRE Graph gives them. Their `code` is the number of the grant, so that they
//! meet those of CORDIS.

use serde_json::{Map, Value as Json};

use super::cordis::cut;
use super::draft::{Row, Scope};
use super::objects::Object;
use super::trouble::Rejection;
use crate::catalogue::kind::RecordKind;

/// What a project says.
///
/// # Errors
///
/// [`Rejection`] when it is no project, or a value makes no sense.
pub fn row(object: &Object) -> Result<Row, Rejection> {
    let said = &object.said;
    let mut row = Row::new(object.line, RecordKind::Solution);
    row.scope = Scope::Project;
    let (acronym, title) = (text(said, "acronym"), text(said, "title"));
    let name = match (acronym.is_empty(), title.is_empty()) {
        (_, true) => acronym.to_owned(),
        (true, false) => title.to_owned(),
        (false, false) => format!("{acronym}: {title}"),
    };
    if name.is_empty() {
        return Err(Rejection::new(object.line, "title", "is empty"));
    }
    row.put("name", "title", &cut(&name, 300))?;
    row.put("grant_number", "code", text(said, "code"))?;
    row.put("programme", "funding", &programme(said))?;
    row.put("summary", "summary", &cut(text(said, "summary"), 10_000))?;
    row.put(
        "call",
        "callidentifier",
        &cut(text(said, "callidentifier"), 200),
    )?;
    row.put("start", "startdate", either(said, "startDate", "startdate"))?;
    row.put("end", "enddate", either(said, "endDate", "enddate"))?;
    // Addresses there are often not whole; a project is worth more than its address.
    let _ = row.put(
        "url",
        "websiteurl",
        either(said, "websiteUrl", "websiteurl"),
    );
    let id = text(said, "id");
    if !id.is_empty() {
        row.put("external_ids", "id", &format!("openaire:{}", cut(id, 180)))?;
    }
    row.suppose("kind", "technology");
    row.suppose("market_status", "in_research");
    row.suppose("trl_basis", "not_stated");
    Ok(row)
}

fn text<'a>(said: &'a Map<String, Json>, name: &str) -> &'a str {
    said.get(name)
        .and_then(Json::as_str)
        .unwrap_or_default()
        .trim()
}

fn either<'a>(said: &'a Map<String, Json>, one: &str, other: &str) -> &'a str {
    match text(said, one) {
        "" => text(said, other),
        it => it,
    }
}

/// The programme behind a stream such as `EC::HE::IA`; else the funder by its short name.
fn programme(said: &Map<String, Json>) -> String {
    let funding = said.get("funding").and_then(|it| it.get(0).or(Some(it)));
    let stream = funding
        .and_then(|it| it.get("funding_stream"))
        .and_then(|it| it.get("id").and_then(Json::as_str));
    let parts: Vec<&str> = stream.unwrap_or_default().split("::").collect();
    match parts.get(1).copied().unwrap_or_default() {
        "HE" => "Horizon Europe".to_owned(),
        "H2020" => "Horizon 2020".to_owned(),
        "" => {
            let short = funding.and_then(|it| it.get("shortName").and_then(Json::as_str));
            cut(short.unwrap_or_default(), 200)
        }
        other => cut(other, 200),
    }
}
