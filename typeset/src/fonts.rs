//! The fonts that are inside the program: no other is used, so that a file looks the same wherever
//! it is made.

/// Sans-serif, for tables, pictures and maps, and for whatever the other one lacks: Latin, Greek,
/// Cyrillic, Armenian, Georgian, Hebrew, Arabic.
pub(crate) fn sans() -> [&'static [u8]; 6] {
    [
        dejavu::sans::regular(),
        dejavu::sans::bold(),
        dejavu::sans::oblique(),
        dejavu::sans::bold_oblique(),
        dejavu::sans_condensed::regular(),
        dejavu::sans_condensed::bold(),
    ]
}

/// All of them: the sans-serif, and the serif that reports are set in.
pub(crate) fn all() -> impl Iterator<Item = &'static [u8]> {
    typst_assets::fonts().chain(sans())
}
