//! Glossary and scales, as annexes have them.

use crate::report::language::Language;

/// Words, and what they mean.
pub(in crate::report) type Pairs = &'static [(&'static str, &'static str)];

impl Language {
    /// The words that a reader may not know, in the order of their letters.
    pub(in crate::report) fn glossary_words(self) -> Pairs {
        self.pick([GLOSSARY, GLOSSARY_FRENCH])
    }

    /// The scales, each with its title.
    pub(in crate::report) fn scales_told(self) -> [(&'static str, Pairs); 3] {
        [
            (self.level_scale(), self.pick([LEVELS, LEVELS_FRENCH])),
            (
                self.strength_scale(),
                self.pick([STRENGTHS, STRENGTHS_FRENCH]),
            ),
            (self.degree_scale(), self.pick([DEGREES, DEGREES_FRENCH])),
        ]
    }

    fn pick(self, [english, french]: [Pairs; 2]) -> Pairs {
        match self {
            Self::English => english,
            Self::French => french,
        }
    }
}

phrases! {
    level_scale: "Technology readiness level", "Niveau de maturité technologique";
    strength_scale: "Strength of the evidence, for what is not technology",
        "Solidité des preuves, pour ce qui n'est pas une technologie";
    degree_scale: "How well a solution fits", "À quel point une solution répond";
}

const GLOSSARY: Pairs = &[
    (
        "Coverage",
        "How well a gap is filled by what is known, as a light. It is computed from the accepted fits and never typed.",
    ),
    (
        "Evidence",
        "A source for something that this report says, with the day on which somebody last read it.",
    ),
    (
        "Fit",
        "How well a solution fits a gap: none, partial, good or full, with the reason for it.",
    ),
    (
        "Gap",
        "Something that practitioners need to be able to do and cannot, or cannot do well enough.",
    ),
    (
        "MoSCoW",
        "A priority in one word: must, should, could, or won't this time.",
    ),
    (
        "Near miss",
        "An accepted fit that would count if one thing were different.",
    ),
    (
        "PCP, PPI",
        "Pre-commercial procurement buys research; public procurement of innovation buys what is nearly on the market.",
    ),
    (
        "Practitioners' Group",
        "People of one line of work who name their gaps together.",
    ),
    (
        "Solution",
        "What might fill a gap: a technology, but also a training, a standard, a service, a practice or a network.",
    ),
    (
        "THOR",
        "The four dimensions in which something can be missing: technology, human, organisational, regulatory.",
    ),
    (
        "TLP",
        "Traffic Light Protocol: how far content may travel. CLEAR is for everybody.",
    ),
    ("TRL", "Technology readiness level, 1 to 9."),
];
const GLOSSARY_FRENCH: Pairs = &[
    (
        "Adéquation",
        "À quel point une solution répond à une lacune\u{a0}: aucune, partielle, bonne ou complète, avec sa justification.",
    ),
    (
        "Couverture",
        "À quel point une lacune est comblée par ce que l'on connaît, sous forme de feu. Elle est calculée à partir des adéquations acceptées et jamais saisie.",
    ),
    (
        "Groupe de praticiens",
        "Des personnes d'un même métier qui nomment ensemble leurs lacunes.",
    ),
    (
        "Lacune",
        "Ce que des praticiens doivent pouvoir faire et ne peuvent pas, ou pas assez bien.",
    ),
    (
        "MoSCoW",
        "Une priorité en un mot\u{a0}: doit, devrait, pourrait, ou pas cette fois.",
    ),
    (
        "PCP, PPI",
        "L'achat public avant commercialisation achète de la recherche\u{a0}; l'achat public d'innovation achète ce qui est presque sur le marché.",
    ),
    (
        "Preuve",
        "Une source pour ce que dit ce rapport, avec le jour où quelqu'un l'a lue pour la dernière fois.",
    ),
    (
        "Quasi-adéquation",
        "Une adéquation acceptée qui compterait s'il ne lui manquait pas une chose.",
    ),
    (
        "Solution",
        "Ce qui pourrait combler une lacune\u{a0}: une technologie, mais aussi une formation, une norme, un service, une pratique ou un réseau.",
    ),
    (
        "THOR",
        "Les quatre dimensions dans lesquelles quelque chose peut manquer\u{a0}: technologie, humain, organisation, réglementation.",
    ),
    (
        "TLP",
        "Traffic Light Protocol\u{a0}: jusqu'où un contenu peut circuler. CLEAR est pour tout le monde.",
    ),
    ("TRL", "Niveau de maturité technologique, de 1 à 9."),
];
/// The technology readiness levels, in our words after the General Annexes of Horizon Europe.
const LEVELS: Pairs = &[
    ("1", "Its basic principles have been observed."),
    ("2", "The concept is formulated."),
    ("3", "An experiment shows that the concept holds."),
    ("4", "It works in the laboratory."),
    ("5", "It works in an environment like the real one."),
    (
        "6",
        "It was demonstrated in an environment like the real one.",
    ),
    ("7", "A prototype was demonstrated in operation."),
    ("8", "The system is complete and qualified."),
    ("9", "The system has proved itself in operation."),
];
const LEVELS_FRENCH: Pairs = &[
    ("1", "Ses principes de base ont été observés."),
    ("2", "Le concept est formulé."),
    ("3", "Une expérience montre que le concept tient."),
    ("4", "Cela fonctionne en laboratoire."),
    (
        "5",
        "Cela fonctionne dans un environnement semblable au réel.",
    ),
    (
        "6",
        "Cela a été démontré dans un environnement semblable au réel.",
    ),
    ("7", "Un prototype a été démontré en opération."),
    ("8", "Le système est complet et qualifié."),
    ("9", "Le système a fait ses preuves en opération."),
];
const STRENGTHS: Pairs = &[
    ("effective", "Its effect was shown by sound studies."),
    ("promising", "First studies show an effect."),
    (
        "prudent",
        "Experience and reasons speak for it; there are no studies yet.",
    ),
    ("pioneering", "It is new, and nobody knows yet."),
    ("unrated", "Nobody rated it."),
];
const STRENGTHS_FRENCH: Pairs = &[
    ("efficace", "Des études solides ont montré son effet."),
    ("prometteuse", "De premières études montrent un effet."),
    (
        "prudente",
        "L'expérience et des raisons parlent pour elle\u{a0}; il n'y a pas encore d'étude.",
    ),
    (
        "pionnière",
        "Elle est nouvelle, et personne ne sait encore.",
    ),
    ("non évaluée", "Personne ne l'a évaluée."),
];
const DEGREES: Pairs = &[
    ("full", "It does all that the gap asks for."),
    ("good", "It does most of it."),
    ("partial", "It does a part of it."),
    ("none", "Somebody looked, and it does not fit."),
];
const DEGREES_FRENCH: Pairs = &[
    ("complète", "Elle fait tout ce que la lacune demande."),
    ("bonne", "Elle en fait la plus grande part."),
    ("partielle", "Elle en fait une partie."),
    ("aucune", "On a regardé, et elle ne convient pas."),
];
