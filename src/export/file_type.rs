//! What kind of file something is written as.

/// A kind of file, as people and programs name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileType {
    /// The word for it in the API and on the command line.
    pub word: &'static str,
    /// Its name, which is the same in every language.
    pub name: &'static str,
    /// How its files end, without the dot.
    pub extension: &'static str,
    /// Its media type.
    pub media_type: &'static str,
    /// What the typesetter makes of what a writer wrote; none where that is the file already.
    pub typeset: Option<&'static str>,
}

impl FileType {
    /// One of these facts, in the order of the fields.
    pub(super) const fn of(
        word: &'static str,
        name: &'static str,
        extension: &'static str,
        media_type: &'static str,
    ) -> Self {
        Self {
            word,
            name,
            extension,
            media_type,
            typeset: None,
        }
    }

    /// The same, where the typesetter makes the file.
    pub(super) const fn set_as(mut self, what: &'static str) -> Self {
        self.typeset = Some(what);
        self
    }
}
