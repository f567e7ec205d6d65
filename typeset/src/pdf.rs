//! How files are written as PDF, whatever is on their pages.

use krilla::configure::{Accessibility, ConfigurationBuilder, PdfVersion};
use krilla::error::KrillaError;
use krilla::metadata::{DateTime, Metadata};
use krilla::{Document, SerializeSettings};
use serde::Deserialize;

/// What a file says of itself.
#[derive(Deserialize)]
pub(crate) struct About {
    title: String,
    #[serde(default)]
    authors: Vec<String>,
    about: String,
    date: (u16, u8, u8),
    lang: String,
    #[serde(default)]
    region: String,
}

impl About {
    /// The language as files name it (BCP 47).
    pub(crate) fn language(&self) -> String {
        match &*self.region {
            "" => self.lang.clone(),
            region => format!("{}-{region}", self.lang),
        }
    }

    fn metadata(&self, data: &str) -> Metadata {
        let (year, month, day) = self.date;
        let mut metadata = Metadata::new()
            .title(self.title.clone())
            .creator("Gapmap".to_owned())
            .language(self.language())
            .creation_date(DateTime::new(year).month(month).day(day))
            // What it is made from says which file it is: the hash of this becomes its identifier.
            .document_id(data.to_owned());
        if !self.about.is_empty() {
            metadata = metadata.description(self.about.clone());
        }
        if !self.authors.is_empty() {
            metadata = metadata.authors(self.authors.clone());
        }
        metadata
    }
}

/// Writes a file with these pages. The same data is the same bytes.
///
/// The file says that it keeps to PDF/UA-1 (ISO 14289-1), unless a text in it needs a letter that no
/// font here has: then it is as accessible as it can be, and does not say so.
///
/// # Errors
///
/// What the pages themselves could not do, or what keeps the file from being written.
pub(crate) fn write(
    about: &About,
    data: &str,
    pages: impl Fn(&mut Document) -> Result<(), String>,
) -> Result<Vec<u8>, String> {
    let written = |configuration: ConfigurationBuilder| {
        let configuration = configuration.with_version(PdfVersion::Pdf17).finish();
        let mut document = Document::new_with(SerializeSettings {
            configuration: configuration.map_err(|error| format!("{error:?}"))?,
            ..SerializeSettings::default()
        });
        pages(&mut document)?;
        document.set_metadata(about.metadata(data));
        Ok::<_, String>(document.finish())
    };
    let accessible = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1);
    match written(accessible)? {
        Err(KrillaError::Validation(_)) => written(ConfigurationBuilder::new())?,
        file => file,
    }
    .map_err(|error| format!("{error:?}"))
}
