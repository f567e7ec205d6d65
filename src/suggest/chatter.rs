//! Words that belong to a workshop's own course: breaks, thanks, greetings, the agenda. A node that
//! says nothing else asks for no record, whatever single words of it stand for elsewhere.

use super::text::Word;
use crate::catalogue::words::normalise;

/// Each between two spaces, without accents.
const WORDS: &str = " \
    afternoon agenda agree agreed bye breakfast break breaks business closing coffee dinner everybody \
    everyone example feedback folks good goodbye guys hello hi icebreaker idea ideas intro introduction \
    introductions later lunch minutes misc miscellaneous morning new next ok okay opening photo plenary \
    please question questions recap round rounds see session sorry start step steps stuff tba tbc tbd tea \
    test testing thank thanks thing things today todo tomorrow topic topics untitled welcome workshop wrap \
    yes \
    abschluss beginn begrussung bitte danke dank einverstanden ende essen fragen gruppenfoto guten hallo \
    herzlich idee ideen kaffee kaffeepause mittag mittagessen mittagspause morgen nachste nachster pause \
    runde schritt schritte sonstiges tagesordnung themen tschuss verschiedenes vielen vorstellung \
    vorstellungsrunde willkommen zusammenfassung \
    accord bienvenue bonjour bonsoir cafe debut dejeuner divers etape etapes fin idee idees jour merci \
    ordre oui pause presentation presentations prochaine prochaines questions revoir suite sujets table \
    tour \
    akkoord allemaal bedankt dank einde goedemorgen iedereen koffie koffiepauze lunchpauze onderwerpen \
    pauze rondvraag ronde stap stappen volgende voorstelronde vragen welkom ";

/// Whether a word asks for nothing.
pub(super) fn says_nothing(word: &Word<'_>) -> bool {
    word.is_small || is_chatter(&normalise(word.written))
}

/// Whether a word says nothing beside others of its kind. Numbers do not either.
fn is_chatter(plain: &str) -> bool {
    // Every entry stands between two spaces.
    let is_listed = || {
        let mut found = WORDS.match_indices(plain);
        found
            .any(|(at, _)| WORDS[..at].ends_with(' ') && WORDS[at + plain.len()..].starts_with(' '))
    };
    plain.bytes().all(|it| it.is_ascii_digit()) || is_listed()
}
