//! The languages that a text can be in, how their words are cut to stems, and which a text is in.

use rust_stemmers::{Algorithm, Stemmer};

/// A language of the thesaurus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names of languages")]
pub enum Language {
    English,
    German,
    French,
    Dutch,
    Spanish,
    Italian,
    Polish,
    Portuguese,
    Swedish,
}

use Language::{Dutch, English, French, German, Italian, Polish, Portuguese, Spanish, Swedish};

impl Language {
    /// All of them.
    pub const ALL: [Self; 9] = [
        English, German, French, Dutch, Spanish, Italian, Polish, Portuguese, Swedish,
    ];

    /// The two letters for it in files.
    pub fn code(self) -> &'static str {
        match self {
            English => "en",
            German => "de",
            French => "fr",
            Dutch => "nl",
            Spanish => "es",
            Italian => "it",
            Polish => "pl",
            Portuguese => "pt",
            Swedish => "sv",
        }
    }

    /// Whether it writes words together that others write apart.
    pub fn joins_words(self) -> bool {
        matches!(self, German | Dutch | Swedish)
    }

    fn algorithm(self) -> Option<Algorithm> {
        match self {
            English => Some(Algorithm::English),
            German => Some(Algorithm::German),
            French => Some(Algorithm::French),
            Dutch => Some(Algorithm::Dutch),
            Spanish => Some(Algorithm::Spanish),
            Italian => Some(Algorithm::Italian),
            Portuguese => Some(Algorithm::Portuguese),
            Swedish => Some(Algorithm::Swedish),
            Polish => None,
        }
    }

    /// The stem of a word that went through `normalise`.
    pub fn stem(self, word: &str) -> String {
        match self.algorithm() {
            Some(it) => Stemmer::create(it).stem(word).into_owned(),
            None => word.to_owned(),
        }
    }

    /// Words that hold sentences together and say nothing of their own, without accents.
    fn small_words(self) -> &'static str {
        match self {
            English => {
                " a about after all also an and any are as at be because been before being but by can \
                 could did do does done each even every for from get gets got had has have having he \
                 her here him his how i if in into is it its just let like made make many may me might \
                 more most much must my never no nor not now of off on once one only or other our out \
                 over own really s same she should so some still such t than that the their them then \
                 there these they this those through to too under until up us very was way we were what \
                 when where which while who whom why will with without would yet you your "
            }
            German => {
                " aber alle als am an auch auf aus bei bin bis da das dass dem den der des die dies diese \
                 dieser doch durch ein eine einem einen einer eines er es etwas fur gibt hat haben hier \
                 ich ihr ihre im immer in ins ist ja jede jeder kann keine keinen keiner man mehr mit \
                 muss mussen nach nicht nichts noch nur ob oder ohne schon sehr sein seine sich sie sind \
                 so uber um und uns unser unsere vom von vor war was weil wenn wer werden wie wir wird \
                 wo zu zum zur zwischen "
            }
            French => {
                " a au aux avec c ce ces cet cette chaque comme d dans de des du elle elles en entre est \
                 et etre eux fait il ils je jamais l la le les leur leurs lui ma mais me meme mes moi mon \
                 n ne nos notre nous on ont ou par pas peu plus pour qu quand que qui s sa sans se ses \
                 si son sont sous sur ta te toi ton tous tout toute trop tu un une vers vos votre vous y "
            }
            Dutch => {
                " aan al alle als altijd bij dan dat de deze die dit door een elk elke en er ge geen had \
                 heb hebben heeft het hier hij hoe hun iets ik in is je kan kunnen maar me meer met mij \
                 moet moeten na naar niemand niet nog nu of om ons onze ook op over te tot uit van veel \
                 voor waar wat we wel wie wij word worden wordt ze zich zijn zo zonder "
            }
            Spanish => {
                " a al como con cuando de del el en es esta hay la las lo los mas muy nadie ni no nos \
                 nuestro o para pero por que se sin son su sus un una y ya "
            }
            Italian => {
                " a al alla anche che chi ci come con da dal dei del della di e gli ha hanno i il in la le \
                 lo ma mai non nessuno o per piu quando si sono su un una "
            }
            Polish => {
                " a ale bez czy dla do i jak jest juz ma nie niz o od po przed przez sa sie tak tylko to w \
                 we z za ze "
            }
            Portuguese => {
                " a ao as com como da das de do dos e em ha mais muito na nao nas ninguem no nos o os ou \
                 para pela pelo por que quando se sem sao um uma "
            }
            Swedish => {
                " alla att av den det detta du efter eller en ett for fran har hur i ingen inte jag kan man \
                 med men nar ni och om pa sa som till ut utan var vi "
            }
        }
    }

    /// Whether a word is one of those that hold sentences together.
    pub fn is_small(self, word: &str) -> bool {
        // Every entry stands between two spaces.
        let words = self.small_words();
        words
            .match_indices(word)
            .any(|(at, _)| words[..at].ends_with(' ') && words[at + word.len()..].starts_with(' '))
    }
}

/// How likely a text is in each language, as far as its small words tell: their number.
pub fn small_words_of(words: &[&str]) -> [f32; 9] {
    let mut counts = [0.0; 9];
    for language in Language::ALL {
        let small = words.iter().filter(|it| language.is_small(it));
        counts[language as usize] = small.count() as f32;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_words_are_whole_words() {
        assert!(English.is_small("the"));
        assert!(!English.is_small("th"));
        assert!(!English.is_small("e"));
        assert!(German.is_small("nicht"));
    }

    #[test]
    fn inflected_words_have_one_stem() {
        assert_eq!(English.stem("reports"), English.stem("report"));
        assert_eq!(German.stem("beweise"), German.stem("beweis"));
        assert_eq!(French.stem("victimes"), French.stem("victime"));
    }
}
