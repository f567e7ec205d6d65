//! The words of scales, states, lights and reasons.

use crate::catalogue::coverage::{LeftOut, Light};
use crate::report::language::Language;

phrases! {
    green: "green", "vert";
    amber: "amber", "ambre";
    red: "red", "rouge";
    grey: "grey", "gris";

    is_green: "covered: something fits that meets the rule",
        "couverte (au moins une solution convient et satisfait la règle)";
    is_amber: "covered in part: something fits in part, or is not known to be ripe",
        "couverte en partie (une solution convient en partie, ou sa maturité n'est pas établie)";
    is_red: "open: somebody searched, and nothing fits",
        "ouverte (on a cherché, et rien ne convient)";
    is_grey: "not searched yet", "pas encore cherchée";

    public: "PU - public", "PU - public";
    sensitive: "SEN - sensitive, limited under the conditions of the grant agreement",
        "SEN - sensible, diffusion limitée selon les conditions de la convention de subvention";

    out_rejected: "rejected, or superseded by another", "rejetée, ou remplacée par une autre";
    out_not_accepted: "not accepted yet", "pas encore acceptée";
    out_withdrawn: "the solution was withdrawn", "la solution a été retirée";
    out_no_fit: "does not fit", "ne convient pas";
    out_partial: "fits in part only", "ne convient qu'en partie";
    out_target_only: "the level is a target only: claimed, not verified",
        "le niveau n'est qu'une cible\u{a0}: annoncé, non vérifié";
    out_trl_not_stated: "the level, or what it rests on, is not stated",
        "le niveau, ou ce sur quoi il repose, n'est pas déclaré";
    out_trl_outside: "the level is outside of the rule", "le niveau est hors de la règle";
    out_not_in_use: "not known to be in use", "pas en service, à ce que l'on sait";
    out_not_named: "not named in the chosen sessions", "pas nommée dans les sessions choisies";
    out_not_begun: "not begun at the cut-off", "pas commencée à la date d'arrêt";
    out_in_state(state): "in the state \u{201c}{state}\u{201d}", "à l'état «\u{a0}{state}\u{a0}»";

    miss_trl: "Readiness level 4 to 6", "Niveau de maturité 4 à 6";
    miss_target: "Claimed, not verified: the level is a target only",
        "Annoncé, non vérifié\u{a0}: le niveau n'est qu'une cible";
    miss_not_stated: "Readiness level not stated, or not on what it rests",
        "Niveau de maturité, ou sa base, non déclaré";
    miss_not_in_use: "Not known to be in use", "Pas en service, à ce que l'on sait";
    miss_partial: "Fits in part only", "Ne convient qu'en partie";

    for_practitioners: "For practitioners", "Pour les praticiens";
    for_procurement: "For procurement", "Pour les achats";
    for_standardisation: "For standardisation", "Pour la normalisation";
    for_research: "For research programming", "Pour la programmation de la recherche";
    for_policy: "For policy", "Pour les décideurs publics";
}

impl Language {
    /// A word of a scale, a state, a method or a role as people read it.
    pub(in crate::report) fn word(self, word: &str) -> String {
        let said = match self {
            Self::English => english(word),
            Self::French => french(word),
        };
        said.map_or_else(|| word.replace('_', " "), str::to_owned)
    }

    /// How well a solution fits, in a word.
    pub(in crate::report) fn degree(self, degree: &str) -> String {
        match (self, degree) {
            (Self::French, "none") => "aucune".to_owned(),
            _ => self.word(degree),
        }
    }

    /// The colour of a light.
    pub(in crate::report) fn light(self, light: &str) -> &'static str {
        match light {
            "green" => self.green(),
            "amber" => self.amber(),
            "red" => self.red(),
            _ => self.grey(),
        }
    }

    /// What a light means.
    pub(in crate::report) fn meaning(self, light: Light) -> &'static str {
        match light {
            Light::Green => self.is_green(),
            Light::Amber => self.is_amber(),
            Light::Red => self.is_red(),
            Light::Grey => self.is_grey(),
        }
    }

    /// Why a fit does not count.
    pub(in crate::report) fn left_out(self, reason: LeftOut) -> &'static str {
        match reason {
            LeftOut::Rejected => self.out_rejected(),
            LeftOut::NotAccepted => self.out_not_accepted(),
            LeftOut::Withdrawn => self.out_withdrawn(),
            LeftOut::NoFit => self.out_no_fit(),
            LeftOut::Partial => self.out_partial(),
            LeftOut::TargetOnly => self.out_target_only(),
            LeftOut::TrlNotStated => self.out_trl_not_stated(),
            LeftOut::TrlOutside => self.out_trl_outside(),
            LeftOut::NotInUse => self.out_not_in_use(),
        }
    }

    /// What a report of a level is, for its cover.
    pub(in crate::report) fn level(self, level: &str) -> &'static str {
        match level {
            "PU" => self.public(),
            _ => self.sensitive(),
        }
    }

    /// Whom a recommendation is for.
    pub(in crate::report) fn addressee(self, addressee: &str) -> &'static str {
        match addressee {
            "practitioners" => self.for_practitioners(),
            "procurement" => self.for_procurement(),
            "standardisation" => self.for_standardisation(),
            "research" => self.for_research(),
            _ => self.for_policy(),
        }
    }

    /// What a near miss lacks.
    pub(in crate::report) fn near_miss(self, reason: &str) -> &'static str {
        match reason {
            "trl_4_to_6" => self.miss_trl(),
            "target_only" => self.miss_target(),
            "trl_not_stated" => self.miss_not_stated(),
            "not_in_use" => self.miss_not_in_use(),
            _ => self.miss_partial(),
        }
    }
}

/// What is said in English; none where the word says it itself.
fn english(word: &str) -> Option<&'static str> {
    Some(match word {
        "wont" => "won't",
        "pcp" => "pre-commercial procurement (PCP)",
        "ppi" => "public procurement of innovation (PPI)",
        "joint" => "joint procurement",
        "off_the_shelf" => "off the shelf",
        "not_stated" => "basis not stated",
        "target_stated" => "a target only",
        "self_declared" => "self-declared",
        "assessed" => "assessed by an analyst",
        "tested" => "tested by practitioners",
        "pre_commercial" => "pre-commercial",
        "available_restricted" => "available (restricted)",
        "available_public" => "available (public)",
        "not_ai" => "not AI",
        "annex_iii_candidate" => "candidate for Annex III of the AI Act",
        "prohibited_risk" => "risk of a prohibited practice",
        "ai_act" => "AI Act",
        "dpia" => "data protection impact assessment",
        "editor" => "participants",
        "viewer" => "observers",
        "facilitator" => "facilitators",
        "desk" => "desk research",
        "node" => "a workshop",
        _ => return None,
    })
}

/// What is said in French; gaps, solutions and fits are feminine.
pub(super) fn french(word: &str) -> Option<&'static str> {
    let of_scales = french_scale(word).or_else(|| french_measure(word));
    of_scales.or_else(|| french_state(word))
}

fn french_scale(word: &str) -> Option<&'static str> {
    Some(match word {
        "technology" => "technologie",
        "human" => "humain",
        "organisational" => "organisation",
        "regulatory" => "réglementation",
        "must" => "doit",
        "should" => "devrait",
        "could" => "pourrait",
        "wont" => "pas cette fois",
        "none" => "aucun",
        "pcp" => "achat public avant commercialisation (PCP)",
        "ppi" => "achat public d'innovation (PPI)",
        "joint" => "achat conjoint",
        "off_the_shelf" => "achat sur étagère",
        "desk" => "recherche documentaire",
        "node" => "un atelier",
        "import" => "une importation",
        "platform" => "plateforme",
        "standard" => "norme",
        "training" => "formation",
        "guidance" => "lignes directrices",
        "practice" => "pratique",
        "service" => "service",
        "network" => "réseau",
        "procurement" => "achat",
        "dataset" => "jeu de données",
        "policy" => "politique",
        "technology_class" => "classe de technologies",
        _ => return None,
    })
}

/// How ripe something is, how well it fits, how it was found.
fn french_measure(word: &str) -> Option<&'static str> {
    Some(match word {
        "not_stated" => "base non déclarée",
        "target_stated" => "cible seulement",
        "self_declared" => "déclaré par le fournisseur",
        "assessed" => "évalué par un analyste",
        "tested" => "éprouvé par des praticiens",
        "unrated" => "non évaluée",
        "pioneering" => "pionnière",
        "prudent" => "prudente",
        "promising" => "prometteuse",
        "effective" => "efficace",
        "unknown" => "inconnu",
        "planned" => "prévue",
        "in_progress" => "en cours",
        "completed" => "achevée",
        "in_use" => "en service",
        "published" => "publiée",
        "in_research" => "en recherche",
        "pre_commercial" => "avant commercialisation",
        "available_restricted" => "disponible (restreint)",
        "on_market" => "sur le marché",
        "available_public" => "disponible (public)",
        "not_applicable" => "sans objet",
        "not_ai" => "sans IA",
        "to_check" => "à examiner",
        "annex_iii_candidate" => "relève peut-être de l'annexe III du règlement sur l'IA",
        "prohibited_risk" => "risque de pratique interdite",
        "checked" => "examiné",
        "yes" => "oui",
        "no" => "non",
        "ai_act" => "règlement sur l'IA",
        "dpia" => "analyse d'impact relative à la protection des données",
        "fundamental_rights" => "droits fondamentaux",
        "safeguarding" => "protection des personnes",
        "partial" => "partielle",
        "good" => "bonne",
        "full" => "complète",
        "official_record" => "registre officiel",
        "project_page" => "page de projet",
        "deliverable" => "livrable",
        "paper" => "article",
        "vendor_claim" => "affirmation d'un fournisseur",
        "trial_result" => "résultat d'un essai",
        "notice" => "avis",
        "practitioner_statement" => "déclaration de praticiens",
        "other" => "autre",
        _ => return None,
    })
}

fn french_state(word: &str) -> Option<&'static str> {
    Some(match word {
        "draft" => "brouillon",
        "proposed" => "proposée",
        "accepted" => "acceptée",
        "prioritised" => "prioritaire",
        "closed" => "close",
        "merged" => "fusionnée",
        "rejected" => "rejetée",
        "candidate" => "candidate",
        "screened" => "triée",
        "documented" => "documentée",
        "verified" => "vérifiée",
        "recommended" => "recommandée",
        "not_recommended" => "non recommandée",
        "withdrawn" => "retirée",
        "under_review" => "en examen",
        "superseded" => "remplacée",
        "current" => "actuelle",
        "operational_priority" => "priorité opérationnelle",
        "maturity" => "maturité",
        "standardisation" => "normalisation",
        "interoperability" => "interopérabilité",
        "current_use" => "usage actuel",
        "editor" => "participants",
        "viewer" => "observateurs",
        "facilitator" => "animateurs",
        "collect" => "recueil",
        "silent" => "en silence",
        "reveal" => "dévoilement",
        "group" => "regroupement",
        "link" => "liens",
        "vote" => "vote",
        "discuss" => "discussion",
        "close" => "clôture",
        _ => return None,
    })
}
