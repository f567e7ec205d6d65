//! Reports as files: a value in, bytes out. The same report is the same bytes, in every format.

mod csv;
mod docx;
mod drawing;
mod html;
mod json;
mod markdown;
mod paper;
mod svg;

#[cfg(test)]
mod tests;

use crate::base::invalid::Invalid;
use crate::export::file_type::FileType;
use crate::report::document::Document;
use crate::report::{Language, Report};

/// What a report can be written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReportFormat {
    /// For word processors, with real styles.
    Docx,
    /// For submission and for paper: what is written is what the typesetter sets.
    Pdf,
    /// One page for browsers, without anything from elsewhere.
    Html,
    /// Headings, lists and tables.
    Markdown,
    /// A table with a row for each fit.
    Csv,
    /// Everything, for programs.
    Json,
}

impl ReportFormat {
    /// All of them, in the order in which people are shown them.
    pub const ALL: [Self; 6] = [
        Self::Docx,
        Self::Pdf,
        Self::Html,
        Self::Markdown,
        Self::Csv,
        Self::Json,
    ];

    /// The word for it in the API and on the command line.
    pub fn as_str(self) -> &'static str {
        self.file_type().word
    }

    /// Writes a report; as PDF, what the typesetter makes one of.
    pub fn write(self, report: &Report) -> Vec<u8> {
        match self {
            Self::Docx => docx::write(&Document::of(report)),
            Self::Pdf => paper::write(&Document::of(report)),
            Self::Html => html::write(&Document::of(report)),
            Self::Markdown => markdown::write(&Document::of(report)),
            Self::Csv => csv::write(report),
            Self::Json => json::write(report),
        }
    }

    /// What its files are.
    pub fn file_type(self) -> FileType {
        match self {
            Self::Docx => FileType::of(
                "docx",
                "Word",
                "docx",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ),
            Self::Pdf => FileType::of("pdf", "PDF", "pdf", "application/pdf").set_as("report"),
            Self::Html => FileType::of("html", "HTML", "html", "text/html; charset=utf-8"),
            Self::Markdown => {
                FileType::of("markdown", "Markdown", "md", "text/markdown; charset=utf-8")
            }
            Self::Csv => FileType::of("csv", "CSV", "csv", "text/csv; charset=utf-8"),
            Self::Json => FileType::of("json", "JSON", "json", "application/json"),
        }
    }
}

impl TryFrom<&str> for ReportFormat {
    type Error = Invalid;

    fn try_from(word: &str) -> Result<Self, Invalid> {
        let found = Self::ALL.into_iter().find(|it| it.as_str() == word);
        found.ok_or_else(|| Invalid::one_of("format", &Self::ALL.map(Self::as_str)))
    }
}

/// What the file of a report is called: its number, title and edition, and how far it may travel.
pub fn report_file_name(report: &Report, format: ReportFormat) -> String {
    let cover = &report.cover;
    let name = format!("{} {} v{}", cover.number, cover.title, cover.edition);
    let name = super::file_name::plain_name(&name, "report");
    let label = report.label();
    // The same report in two languages is two files.
    let language = match cover.language {
        Language::English => String::new(),
        other => format!(" {}", other.as_str()),
    };
    format!(
        "{name} {} TLP-{label}{language}.{}",
        cover.level,
        format.file_type().extension
    )
}
