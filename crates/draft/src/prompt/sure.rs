//! The last step of reading: what can't stand behind SHALL with certainty is kept in the person's own words instead.

use super::clause::Trigger;
use super::{Prompt, Want, lexicon, tell};

/// What an entry in the person's own words opens with.
pub const OWN_WORDS: &str = "meet this part of the request: ";

/// The most words a criterion may have.
const MOST_WORDS: usize = 45;

/// Turns every wish that is not sure into an entry, and keeps what a sentence names that no wish holds.
pub(super) fn settle(prompt: &mut Prompt) {
    let alone = prompt.questions.is_empty();
    let (sure, unsure): (Vec<Want>, Vec<Want>) = std::mem::take(&mut prompt.wants)
        .into_iter()
        .partition(is_sure);
    prompt.wants = sure;
    let mut unsure = unsure.into_iter();
    if prompt.wants.is_empty()
        && alone
        && let Some(first) = unsure.next()
    {
        prompt.wants.push(in_own_words(first));
    }
    for want in unsure {
        let said = in_own_words(want).shall;
        if !prompt.entries.contains(&said) {
            prompt.entries.push(said);
        }
    }
    super::literal::keep_names(prompt);
}

/// The wish as it was written, its condition included.
fn in_own_words(want: Want) -> Want {
    if want.shall.starts_with(OWN_WORDS) {
        return want;
    }
    let text = match &want.trigger {
        Some((kind, condition)) => {
            let word = match kind {
                Trigger::When => "when",
                Trigger::If => "if",
                Trigger::While => "while",
            };
            format!("{word} {condition}, {}", want.text)
        }
        None => want.text.clone(),
    };
    Want {
        shall: tell::quoted(&text),
        trigger: None,
        not: false,
        fragment: true,
        ..want
    }
}

/// Whether a wish can stand as a criterion. What another language says stands as it was written.
pub(super) fn is_sure(want: &Want) -> bool {
    // What stands as it was written is as sure as its writer.
    let said = want
        .shall
        .strip_prefix("ensure that ")
        .unwrap_or(&want.shall);
    if want.shall.starts_with(OWN_WORDS) || said.eq_ignore_ascii_case(&want.text) {
        return true;
    }
    let condition = want
        .trigger
        .as_ref()
        .map_or("", |(_, condition)| condition.as_str());
    let words = want.shall.split_whitespace().count() + condition.split_whitespace().count();
    words <= MOST_WORDS
        && is_balanced(&want.shall)
        && is_balanced(condition)
        && is_closed(condition)
        && stands_behind_shall(&want.shall)
}

/// Whether a verb phrase can follow SHALL: one verb in its base form, and no second sentence behind it.
pub fn stands_behind_shall(shall: &str) -> bool {
    let shall = shall.trim();
    let plain = without_quotes(shall);
    let words: Vec<&str> = plain.split_whitespace().collect();
    let Some(first) = words.first().map(|word| word.to_lowercase()) else {
        return false;
    };
    if !is_closed(&plain)
        || plain.contains(" so that ")
        || words.iter().any(|word| is_first_person(word))
        || words.iter().any(|word| word.len() > 60)
    {
        return false;
    }
    match first.as_str() {
        "ensure" if words.get(1) == Some(&"that") => is_statement(&words[2..]),
        "let" => is_let(&words[1..]),
        "provide" => is_thing(&words[1..]),
        "keep" if words.get(1) == Some(&"to") => words.get(2..).is_some_and(|rest| rest.len() > 1),
        "be" => false,
        "no" => words.get(1) == Some(&"longer") && words.get(2).is_some_and(|verb| is_base(verb)),
        "read" if words.len() == 2 && words[1] == "only" => false,
        "always" | "automatically" | "only" | "never" | "also" => words
            .get(1)
            .is_some_and(|verb| is_base(&verb.to_lowercase())),
        _ => (is_base(&first) || lexicon::may_be_order(&first)) && !has_second_sentence(&words),
    }
}

/// Quotes and code each become one word, for their words are no part of the sentence.
fn without_quotes(text: &str) -> String {
    let mut out = String::new();
    let mut inside: Option<char> = None;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let (last, next) = (
            before,
            text[at + c.len_utf8()..].chars().next().unwrap_or(' '),
        );
        before = c;
        match (inside, c) {
            // An apostrophe stands inside a word or behind one.
            (None, '\'') if !last.is_alphanumeric() && text[at + 1..].contains('\'') => {
                inside = Some('\'');
            }
            (Some('\''), '\'') if next.is_alphanumeric() => {}
            (None, '"') => inside = Some('"'),
            (None, '“') => inside = Some('”'),
            (None, '`') => inside = Some('`'),
            (Some(close), c) if c == close => {
                inside = None;
                out.push_str("Quoted");
            }
            (None, c) => out.push(c),
            (Some(_), _) => {}
        }
    }
    out
}

fn is_base(word: &str) -> bool {
    lexicon::may_be_verb(word)
        || word
            .split_once('-')
            .is_some_and(|(_, verb)| lexicon::may_be_verb(verb))
        || [
            "e-mail", "behave", "be", "ask", "answer", "meet", "follow", "put", "stay", "remain",
            "try", "pass", "make", "treat", "count", "mean",
        ]
        .contains(&word)
}

fn is_first_person(word: &str) -> bool {
    matches!(
        word.trim_matches([',', '.', ';', ':', '(', ')']),
        "I" | "i" | "I'm" | "i'm" | "I've" | "my" | "our" | "we" | "me" | "us" | "we're" | "mine"
    ) && word != "i."
}

/// Whether every quote and bracket that opens also closes.
fn is_balanced(text: &str) -> bool {
    let count = |c: char| text.matches(c).count();
    count('"').is_multiple_of(2)
        && count('`').is_multiple_of(2)
        && count('(') == count(')')
        && count('[') == count(']')
        && count('“') == count('”')
}

/// Whether nothing is missing behind the last word.
fn is_closed(text: &str) -> bool {
    const OPEN: &str = "to for with of and or but by from than the a an per via into onto at as if when while until unless because which not no so is are be";
    let last = text
        .rsplit(' ')
        .next()
        .unwrap_or_default()
        .trim_matches([',', ':', ';', '.'])
        .to_lowercase();
    !OPEN.split(' ').any(|open| open == last) && !text.ends_with([':', ',', ';', '-'])
}

/// Words behind which a verb with its own subject may stand.
const JOINS: &str = "that which who whose what when if while until unless before after because how whether where whenever wherever once than as though although even so like , whoever whatever since and";

/// Whether a verb that is bent stands where no subordinate clause holds it.
fn has_second_sentence(words: &[&str]) -> bool {
    const BENT: &str = "is are was were isn't aren't must should shall cannot can't will doesn't don't does has should";
    let mut held = false;
    for (at, word) in words.iter().enumerate() {
        let lower = word.to_lowercase();
        let bare = lower.trim_matches([',', ';', ':', '(', ')']);
        if JOINS.split(' ').any(|join| join == bare) {
            held = true;
        }
        if !held && BENT.split(' ').any(|bent| bent == bare) {
            return true;
        }
        if !held && at > 0 && is_bent(bare, words[at - 1], words.get(at + 1).copied()) {
            return true;
        }
        let pronoun = matches!(lower.as_str(), "it" | "they" | "he" | "she")
            && at > 0
            && words[at - 1].ends_with(',');
        if pronoun
            && words.get(at + 1).is_some_and(|next| {
                next.ends_with('s')
                    || lexicon::is_modal(next)
                    || lower == "they" && lexicon::may_be_verb(next)
            })
        {
            return true;
        }
        if word.ends_with(';') {
            held = false;
        }
    }
    false
}

/// "`copy` copies a note", "link expires after": a verb in "-s" behind a singular noun and in front of its object.
fn is_bent(word: &str, before: &str, next: Option<&str>) -> bool {
    const NOT_NOUNS: &str = "a an the of for to with in on and or all no any each every their its his her this that these those new own by as from";
    const BEHIND: &str = "a an the its their all every no nothing everything after before when if to at in on from it them";
    let base = lexicon::base(word);
    word.ends_with('s')
        && word == lexicon::third(&base)
        && lexicon::may_be_verb(&base)
        && !lexicon::may_be_noun(&base)
        && !NOT_NOUNS.split(' ').any(|known| known == before)
        && !lexicon::is_plural(&before.to_lowercase())
        && next.is_some_and(|next| BEHIND.split(' ').any(|known| known == next))
}

/// "Ensure that …": a subject, then its verb.
fn is_statement(words: &[&str]) -> bool {
    let Some(first) = words
        .first()
        .map(|word| word.trim_matches(',').to_lowercase())
    else {
        return false;
    };
    let order = lexicon::is_verb(&first)
        && words.get(1).is_some_and(|next| {
            [
                "the",
                "a",
                "an",
                "for",
                "before",
                "after",
                "it",
                "them",
                "all",
                "everything",
                "to",
            ]
            .contains(&next.to_lowercase().as_str())
        });
    let opens = [
        "as", "so", "but", "and", "or", "if", "when", "until", "unless", "before", "after",
        "because", "while", "instead", "for", "not", "that", "to", "with",
    ]
    .contains(&first.as_str())
        || lexicon::is_modal(&first);
    if order || opens {
        return false;
    }
    // "It …" stands for nothing that this sentence names.
    words.len() > 2 && !matches!(first.as_str(), "it" | "this" | "they" | "he" | "she")
}

/// "Let users …": who, then a verb in its base form.
fn is_let(words: &[&str]) -> bool {
    let Some(at) = (1..words.len().min(14)).find(|at| {
        let word = words[*at].trim_matches(',').to_lowercase();
        is_base(&word)
            || lexicon::may_be_order(&word) && lexicon::is_plural(&words[at - 1].to_lowercase())
    }) else {
        return false;
    };
    let opens = [
        "they", "he", "she", "it", "if", "when", "after", "before", "until", "unless", "as", "so",
        "not", "to",
    ]
    .contains(&words[0].to_lowercase().as_str());
    // "Read only" is a quality, not an act.
    let quality = words[at..].join(" ").eq_ignore_ascii_case("read only");
    !opens && !quality && !has_second_sentence(&words[at..])
}

/// "Provide …": a thing, not a sentence.
fn is_thing(words: &[&str]) -> bool {
    const HEAD_ENDS: &str = "that which who where when for so with to whose if how what from in on";
    let Some(first) = words.first().map(|word| word.to_lowercase()) else {
        return false;
    };
    let head: Vec<&str> = words
        .iter()
        .copied()
        .take_while(|word| !HEAD_ENDS.split(' ').any(|end| end == *word) && !word.ends_with(','))
        .collect();
    let method = words[0].chars().all(char::is_uppercase);
    let no_thing = (!method
        && lexicon::is_verb(&first)
        && words.len() > 1
        && !lexicon::is_feature_noun(&words[1].to_lowercase()))
        || [
            "it's",
            "there",
            "nobody",
            "everybody",
            "without",
            "not",
            "no",
            "then",
            "one",
            "same",
            "this",
            "that",
            "it",
            "they",
            "you",
            "very",
            "more",
            "less",
            "too",
            "actual",
            "expected",
            "ever",
            "never",
            "by",
            "as",
            "otherwise",
            "instead",
        ]
        .contains(&first.trim_matches(','));
    !no_thing && tell::main_verb(&head).is_none() && !has_second_sentence(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_verb_stands_behind_shall() {
        for fine in [
            "provide a page that is fast",
            "let users see their last 10 searches",
            "ensure that dates are shown",
            "draw the routes on the map",
            "send newsletters only to customers who opted in",
            "provide `ledger balance --at DATE`, which prints the balance",
            "e-mail the supplier",
            "let only dispatchers open the page",
            "ensure that vehicles cannot be assigned to two trips unless a dispatcher overrides it",
            "write 'empty' in place of 'emtpy'",
        ] {
            assert!(stands_behind_shall(fine), "{fine}");
        }
        for broken in [
            "provide `notes copy SRC DST` copies a note to another notebook",
            "ensure that ask before overwriting unless --force is given",
            "ensure that should be 'Your cart is empty'",
            "let users link expires after 7 days",
            "be below 500 ms",
            "keep to 1",
            "provide nobody",
            "provide without logging in",
            "ensure that as a shop owner the user gives discounts",
            "export the file to",
            "show my orders",
            "let after three no-shows a patient only book by phone",
            "save it so that nothing is lost",
        ] {
            assert!(!stands_behind_shall(broken), "{broken}");
        }
    }

    #[test]
    fn quotes_close() {
        assert!(!is_balanced("say \"yes") && is_balanced("say \"yes\" (twice)"));
    }
}
