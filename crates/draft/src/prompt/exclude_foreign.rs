//! What a clause in another language does not want.

use rutter_catalogue::language::Language;

use super::exclude::{Exclusion, Reading};

/// "SMS brauchen wir dafür nicht", "die Sprache muss nicht umschaltbar sein": what is not needed.
fn negated_need(text: &str, language: Language) -> Option<String> {
    if language != Language::German {
        return None;
    }
    for verb in [
        " brauchen wir ",
        " braucht es ",
        " benötigen wir ",
        " wollen wir ",
        " brauchen die ",
        " muss ",
        " müssen ",
    ] {
        let Some((what, rest)) = text.split_once(verb) else {
            continue;
        };
        let rest = rest.trim_end_matches(['.', '!']);
        let needless = rest == "nicht"
            || rest.ends_with(" nicht")
            || matches!(verb, " muss " | " müssen ") && rest.starts_with("nicht ");
        if needless && what.split(' ').count() <= 5 {
            let how = rest
                .trim_start_matches("nicht ")
                .trim_end_matches(" sein")
                .trim_end_matches(" werden");
            return Some(if matches!(verb, " muss " | " müssen ") && how != rest {
                format!("{what} {how}")
            } else {
                what.to_owned()
            });
        }
    }
    None
}

pub(super) fn read(clause: &str, language: Language) -> Reading {
    let text = clause.trim();
    let lower = text.to_lowercase();
    let (starts, ends): (&[&str], &[&str]) = match language {
        Language::German => (
            &[
                "ohne ",
                "kein ",
                "keine ",
                "keinen ",
                "keinem ",
                "keiner ",
                "nicht ",
                "außer ",
                "aber ohne ",
                "aber kein ",
                "aber keine ",
                "aber keinen ",
                "aber nicht ",
                "und ohne ",
                "bitte kein ",
                "bitte keine ",
                "und keine ",
                "und kein ",
            ],
            &[
                " wird nicht gebraucht",
                " nicht nötig",
                " brauchen wir nicht",
                " ist nicht nötig",
                " sind nicht nötig",
                " nicht erforderlich",
                " ist nicht gewünscht",
                " nicht gewünscht",
                " nicht gebraucht",
                " können warten",
                " kann warten",
                " lassen wir weg",
                " braucht es nicht",
            ],
        ),
        Language::Spanish => (
            &[
                "no hace falta ",
                "no hacen falta ",
                "no es necesario ",
                "no son necesarios ",
                "no necesitamos ",
                "tampoco queremos ",
                "tampoco necesitamos ",
                "tampoco ",
                "no queremos ",
                "no se necesita ",
                "sin ",
                "no ",
                "pero no ",
                "pero sin ",
                "excepto ",
                "salvo ",
                "y sin ",
                "nada de ",
            ],
            &[
                " no es necesario",
                " no es necesaria",
                " no son necesarios",
                " no son necesarias",
                " no hace falta",
                " no hacen falta",
            ],
        ),
        Language::French => (
            &[
                "on n'a pas besoin de ",
                "on n'a pas besoin d'",
                "nous n'avons pas besoin de ",
                "nous n'avons pas besoin d'",
                "pas besoin de ",
                "pas besoin d'",
                "inutile de ",
                "il n'y a pas besoin de ",
                "et on n'a pas besoin de ",
                "et pas de ",
                "sans ",
                "pas de ",
                "pas d'",
                "mais pas ",
                "mais sans ",
                "sauf ",
                "excepté ",
                "et sans ",
                "mais pas de ",
            ],
            &[
                " n'est pas nécessaire",
                " ne sont pas nécessaires",
                " n'est pas utile",
                " ne sont pas utiles",
                " n'est pas requis",
                " n'est pas requise",
                " est inutile",
                " sont inutiles",
            ],
        ),
        Language::Japanese => (
            &[],
            &[
                "は不要",
                "は不要です",
                "はいりません",
                "は必要ありません",
                "なし",
                "は使わない",
                "は使わないでください",
                "は使いません",
                "は除く",
                "は要らない",
                "は含めない",
                "は対象外",
                "は対象外です",
                "は含めません",
                "は含めないでください",
                "はしない",
                "は必要ない",
            ],
        ),
        Language::Chinese => (
            &[
                "不要",
                "不需要",
                "无需",
                "不用",
                "不使用",
                "不支持",
                "除了",
                "不包括",
                "但不要",
                "但不需要",
                "不包含",
                "无须",
            ],
            &[
                "除外",
                "也不需要",
                "也不用",
                "也不要",
                "不需要",
                "不用",
                "不要",
                "暂不考虑",
                "不做",
            ],
        ),
        Language::English => (&[], &[]),
    };
    if let Some(found) = negated_need(text, language) {
        return Reading::Out(vec![Exclusion { what: found }]);
    }
    if language == Language::German
        && let Some(rest) = lower
            .strip_prefix("aber nicht ")
            .or_else(|| lower.strip_prefix("nicht "))
        && [
            "am ",
            "an ",
            "im ",
            "in ",
            "bei ",
            "für ",
            "nach ",
            "vor ",
            "während ",
            "zwischen ",
            "wenn ",
            "auf ",
        ]
        .iter()
        .any(|cue| rest.starts_with(cue))
    {
        return Reading::Wish(text.to_owned(), Vec::new());
    }
    for cue in starts {
        if lower.starts_with(cue) && text.is_char_boundary(cue.len()) {
            return Reading::Out(vec![Exclusion {
                what: text[cue.len()..].trim().to_owned(),
            }]);
        }
    }
    for cue in ends {
        if let Some(rest) = text
            .strip_suffix(cue)
            .or_else(|| text.strip_suffix(&format!("{cue}。")))
        {
            return Reading::Out(vec![Exclusion {
                what: rest.trim().to_owned(),
            }]);
        }
    }
    let inner: &[&str] = match language {
        Language::German => &[
            " ohne ",
            ", nicht ",
            ", aber kein ",
            ", aber keine ",
            ", kein ",
            ", keine ",
        ],
        Language::Spanish => &[" sin ", ", no ", ", pero no "],
        Language::French => &[" sans ", ", pas de ", ", mais pas "],
        _ => &[],
    };
    let mut wish = text.to_owned();
    let mut found = Vec::new();
    for cue in inner {
        while let Some(at) = wish
            .to_lowercase()
            .find(cue)
            .filter(|at| wish.is_char_boundary(*at) && wish.is_char_boundary(at + cue.len()))
        {
            let start = at + cue.len();
            let tail = &wish[start..];
            let end = tail
                .find([',', '.', ';', ')'])
                .map_or(wish.len(), |n| start + n);
            if tail.starts_with("zu ") || wish[start..end].split(' ').count() > 6 {
                break;
            }
            found.push(Exclusion {
                what: wish[start..end].trim().to_owned(),
            });
            wish = format!("{}{}", &wish[..at], &wish[end..]);
        }
    }
    Reading::Wish(wish.trim_matches([' ', ',']).to_owned(), found)
}
