//! A guess at the language of a prompt, good enough to know whose words to look for.

use crate::words::{is_cjk, words};

/// Languages that the catalogue has words for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English, and whatever is not recognised as another one.
    English,
    /// German.
    German,
    /// Spanish.
    Spanish,
    /// French.
    French,
    /// Japanese.
    Japanese,
    /// Chinese.
    Chinese,
}

impl Language {
    /// The two-letter code that data files use.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::Spanish => "es",
            Self::French => "fr",
            Self::Japanese => "ja",
            Self::Chinese => "zh",
        }
    }

    /// The language's English name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "German",
            Self::Spanish => "Spanish",
            Self::French => "French",
            Self::Japanese => "Japanese",
            Self::Chinese => "Chinese",
        }
    }
}

const ENGLISH: &str = "the a an and or to of in on for with when if is are should must can that this it we our users user add not no as from by be at";
const GERMAN: &str = "in um der die das und oder ein eine einen einem einer für mit ohne nicht kein keine wenn soll sollen muss müssen kann können wir ich ist sind auf bei nach von zu zum zur im den dem des als dass werden wird bitte nutzer benutzer füge hinzufügen einbauen ermöglichen zwischen zwei aus über unter vor durch per am beim vom neue neuen neues eine alle allen jede jeden sich sie er es noch nur mehr aber auch ihre ihren seine";
const SPANISH: &str = "dos tres agrega añade haz el los las y o una un para con sin no cuando debe deben puede pueden que del al es son en por se su sus como nosotros usuario usuarios quiero añadir agregar pero también de la cada los las desde hasta sobre entre cuando mi nuestro nuestra todos todas permitir enviar exportar crear corregir mostrar está";
const FRENCH: &str = "le les et ou une un pour avec sans pas quand doit doivent peut peuvent que du des au aux est sont en par se son ses comme nous utilisateur utilisateurs je veux ajouter mais sur dans il faut de la l d chaque lors depuis vers entre nos notre leurs leur tous toutes permettre envoyer exporter créer corriger afficher ne ce cette";

/// Guesses the language of a text.
#[must_use]
pub fn guess(text: &str) -> Language {
    let (mut kana, mut han, mut latin) = (0usize, 0usize, 0usize);
    for c in text.chars() {
        match c {
            '\u{3040}'..='\u{30ff}' => kana += 1,
            _ if is_cjk(c) => han += 1,
            _ if c.is_alphabetic() => latin += 1,
            _ => {}
        }
    }
    if (kana + han) * 4 > latin && kana + han > 1 {
        return if kana > 0 {
            Language::Japanese
        } else {
            Language::Chinese
        };
    }
    let words = words(text);
    let count = |list: &str| {
        let list: Vec<&str> = list.split(' ').collect();
        words
            .iter()
            .filter(|word| list.contains(&word.as_str()))
            .count()
    };
    let english = count(ENGLISH);
    // "de" and "la" are Spanish and French: letters that only one of them has decide.
    let letters = |own: &str| usize::from(text.chars().any(|c| own.contains(c)));
    let others = [
        (Language::German, count(GERMAN), letters("äöüß")),
        (Language::Spanish, count(SPANISH), letters("ñáíóú¿¡")),
        (Language::French, count(FRENCH), letters("èêëçàùôîœ")),
    ];
    let accents = text.chars().any(|c| "äöüßñáéíóúèêçàùôî¿¡œ".contains(c));
    match others.into_iter().max_by_key(|(_, n, own)| 2 * n + own) {
        Some((language, n, own))
            if n > english && (n >= 2 || accents || english == 0) || own > 0 && english == 0 =>
        {
            language
        }
        _ => Language::English,
    }
}

/// Whether no word tells that a text is English, although it may be: "Mode sombre".
pub(crate) fn is_unsure(text: &str) -> bool {
    guess(text) == Language::English
        && !words(text)
            .iter()
            .any(|word| ENGLISH.split(' ').any(|known| known == word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_the_six() {
        for (text, language) in [
            ("Add a login page for customers", Language::English),
            (
                "Füge eine Anmeldeseite hinzu, aber ohne SMS",
                Language::German,
            ),
            (
                "Añadir una página para los usuarios sin SMS",
                Language::Spanish,
            ),
            (
                "Ajouter une page de connexion pour les clients, sans SMS",
                Language::French,
            ),
            (
                "ログイン画面を追加してください。SMSは不要です。",
                Language::Japanese,
            ),
            ("添加登录页面，不要短信验证", Language::Chinese),
            ("bump serde", Language::English),
            ("", Language::English),
        ] {
            assert_eq!(guess(text), language, "{text}");
        }
    }
}
