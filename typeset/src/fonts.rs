//! The fonts that are inside the program: no other is used, so that a file looks the same wherever
//! it is made.

use std::sync::Arc;

use krilla::text::Font;
use parley::FontContext;
use parley::fontique::{Blob, Collection, CollectionOptions, FontInfoOverride, SourceCache};
use resvg::usvg::{Options, fontdb};

/// The serif that reports are set in.
pub(crate) const SERIF: &str = "Serif";
/// Narrow, for tables, headings and what stands at the edge of a page.
pub(crate) const NARROW: &str = "Narrow";
/// For whatever the others lack: Latin, Greek, Cyrillic, Armenian, Georgian, Hebrew, Arabic.
pub(crate) const SANS: &str = "Sans";

/// Of pictures and maps, by its own name.
const PICTURES: &str = "DejaVu Sans";

/// The fonts of texts, each under the name of its family here.
#[derive(Clone)]
pub(crate) struct Fonts {
    files: Arc<[(&'static str, Blob<u8>)]>,
}

impl Fonts {
    /// All of them.
    pub(crate) fn new() -> Self {
        // Libertinus Serif, regular and bold, come first there.
        let serif = typst_assets::fonts().take(2);
        let narrow = [
            dejavu::sans_condensed::regular(),
            dejavu::sans_condensed::bold(),
        ];
        let sans = [dejavu::sans::regular(), dejavu::sans::bold()];
        let named = |name: &'static str| {
            move |file: &'static [u8]| (name, Blob::new(Arc::new(file) as Arc<_>))
        };
        let files = serif.map(named(SERIF)).chain(narrow.map(named(NARROW)));
        let files = files.chain(sans.map(named(SANS)));
        Self {
            files: files.collect(),
        }
    }

    /// As texts are laid out with them.
    pub(crate) fn for_layout(&self) -> FontContext {
        let mut collection = Collection::new(CollectionOptions {
            shared: false,
            system_fonts: false,
        });
        for (name, file) in &*self.files {
            let family = FontInfoOverride {
                family_name: Some(name),
                ..FontInfoOverride::default()
            };
            collection.register_fonts(file.clone(), Some(family));
        }
        FontContext {
            collection,
            source_cache: SourceCache::default(),
        }
    }

    /// Their files, in an order of their own.
    pub(crate) fn files(&self) -> impl Iterator<Item = &[u8]> {
        self.files.iter().map(|(_, file)| file.data())
    }

    /// As they go into a file, in that order.
    ///
    /// # Errors
    ///
    /// When one cannot be read.
    pub(crate) fn for_file(&self) -> Result<Vec<Font>, String> {
        let font = |(name, file): &(&str, Blob<u8>)| {
            let (data, _) = file.clone().into_raw_parts();
            Font::new(data.into(), 0).ok_or_else(|| format!("a font of {name} cannot be read"))
        };
        self.files.iter().map(font).collect()
    }

    /// Where a font stands in that order, by the identity of its file.
    pub(crate) fn place(&self, id: u64) -> u8 {
        let at = self.files.iter().position(|(_, file)| file.id() == id);
        at.and_then(|it| u8::try_from(it).ok()).unwrap_or(0)
    }
}

/// How pictures are read.
pub(crate) fn for_pictures() -> Options<'static> {
    let mut fonts = fontdb::Database::new();
    for font in [
        dejavu::sans::regular(),
        dejavu::sans::bold(),
        dejavu::sans::oblique(),
        dejavu::sans::bold_oblique(),
        dejavu::sans_condensed::regular(),
        dejavu::sans_condensed::bold(),
    ] {
        fonts.load_font_data(font.to_vec());
    }
    Options {
        font_family: PICTURES.to_owned(),
        fontdb: Arc::new(fonts),
        ..Options::default()
    }
}
