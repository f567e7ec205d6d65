//! What everybody is told before they join, as lines: what it is for, what does not belong in it,
//! who sees it and how long it is kept.

/// Goes on record with everybody who joins: raise it when the words change.
pub const VERSION: &str = "2";

/// A language that the notice is there in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English, which everybody gets who asks for none of these.
    #[default]
    English,
    /// French.
    French,
}

impl Language {
    /// The first that there is of those that somebody asks for: one tag such as `fr`, or a browser's
    /// list such as `fr-BE,fr;q=0.9,en;q=0.8`, where the dearest stands first.
    pub fn wanted(tags: &str) -> Self {
        let found = tags.split(',').find_map(|tag| {
            let tag = tag.trim_start().to_ascii_lowercase();
            match tag.split(['-', ';']).next()?.trim_end() {
                "en" => Some(Self::English),
                "fr" => Some(Self::French),
                _ => None,
            }
        });
        found.unwrap_or_default()
    }
}

/// The notice of a session whose maps are kept until this day, such as 2027-11-23; without one they
/// are kept until somebody deletes them.
pub fn notice(language: Language, retain_until: Option<&str>) -> String {
    match language {
        Language::English => english(retain_until),
        Language::French => french(retain_until),
    }
}

fn english(retain_until: Option<&str>) -> String {
    let kept = match retain_until {
        Some(day) => format!("It is kept until {day}, and deleted then."),
        None => "It is kept until the organiser of this session deletes it.".to_owned(),
    };
    [
        "This is for planning and knowledge: what is hard in daily work, what is missing, and what \
         might help. What is collected goes into the group's report.",
        "Text only, no pictures. Please write no case material, no personal data and nothing \
         classified.",
        "Everybody in this session sees what you write, as you write it, under your pseudonym.",
        &kept,
    ]
    .join("\n")
}

fn french(retain_until: Option<&str>) -> String {
    let kept = match retain_until {
        Some(day) => format!("C'est conservé jusqu'au {day}, puis supprimé."),
        None => {
            "C'est conservé jusqu'à ce que l'organisateur de cette session le supprime.".to_owned()
        }
    };
    [
        "Ceci sert à planifier et à partager des connaissances\u{a0}: ce qui est difficile au \
         quotidien, ce qui manque et ce qui pourrait aider. Ce qui est recueilli entre dans le \
         rapport du groupe.",
        "Du texte seulement, pas d'images. N'écrivez aucun élément de dossier, aucune donnée \
         personnelle et rien de classifié.",
        "Tout le monde dans cette session voit ce que vous écrivez, à mesure que vous l'écrivez, \
         sous votre pseudonyme.",
        &kept,
    ]
    .join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_until_when_things_are_kept() {
        for (language, open_end) in [
            (Language::English, "until the organiser of this session"),
            (Language::French, "jusqu'à ce que l'organisateur"),
        ] {
            let dated = notice(language, Some("2027-11-23"));
            let open = notice(language, None);

            assert!(dated.contains("2027-11-23"));
            assert!(open.contains(open_end));
            assert_eq!((dated.lines().count(), open.lines().count()), (4, 4));
        }
    }

    #[test]
    fn the_dearest_language_that_is_there_counts() {
        for (tags, language) in [
            ("fr", Language::French),
            ("FR-be,fr;q=0.9,en;q=0.8", Language::French),
            ("de, fr;q=0.7, en;q=0.3", Language::French),
            ("en-GB,fr;q=0.5", Language::English),
            ("de", Language::English),
            ("", Language::English),
        ] {
            assert_eq!(Language::wanted(tags), language, "{tags}");
        }
    }
}
