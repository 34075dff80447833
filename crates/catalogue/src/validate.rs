//! The rules that every class keeps, built-in or a team's.

use crate::class::Class;
use crate::slots::slots;

/// Names that a sentence may ask for.
const SLOTS: [&str; 12] = [
    "system", "app", "actor", "actors", "thing", "things", "object", "objects", "from", "to",
    "format", "provider",
];

/// What is wrong with a class, one clause each; empty when it is sound.
#[must_use]
pub fn validate(class: &Class) -> Vec<String> {
    let mut faults = Vec::new();
    if class.id.is_empty()
        || !class
            .id
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    {
        faults.push("its id is not kebab-case".to_owned());
    }
    if !is_term(&class.system) {
        faults.push(format!(
            "its system `{}` is not written like `Auth_Service`",
            class.system
        ));
    }
    if class.groups.is_empty() {
        faults.push("it has no group".to_owned());
    }
    for part in &class.parts {
        let known =
            class.strong.contains(part) || class.words.values().flatten().any(|w| w == part);
        if !known {
            faults.push(format!("its part `{part}` is not among its strong phrases"));
        }
    }
    for decision in &class.decisions {
        if !(2..=4).contains(&decision.choices.len()) {
            faults.push(format!(
                "decision `{}` needs two to four choices",
                decision.id
            ));
        }
        if decision
            .choices
            .iter()
            .any(|choice| choice.trim().is_empty() || choice.contains(['`', '|', '[', ']']))
        {
            faults.push(format!(
                "a choice of decision `{}` is empty or holds a mark",
                decision.id
            ));
        }
        if decision
            .choices
            .iter()
            .any(|choice| choice.trim().parse::<f64>().is_ok())
        {
            faults.push(format!(
                "a choice of decision `{}` is a bare number without a unit",
                decision.id
            ));
        }
        if !class
            .criteria
            .iter()
            .any(|criterion| criterion.text.contains(&format!("{{?{}}}", decision.id)))
        {
            faults.push(format!("no criterion uses decision `{}`", decision.id));
        }
    }
    for criterion in &class.criteria {
        let name = &criterion.concern;
        if let Some(fault) = ears_fault(&criterion.text) {
            faults.push(format!("criterion `{name}` {fault}"));
        }
        if !(1..=3).contains(&criterion.p) {
            faults.push(format!("criterion `{name}` has a priority outside 1 to 3"));
        }
        if !criterion.g.is_empty() && !class.groups.iter().any(|group| group.id == criterion.g) {
            faults.push(format!(
                "criterion `{name}` names the unknown group `{}`",
                criterion.g
            ));
        }
        if (1..criterion.needs.len()).any(|at| criterion.needs[..at].contains(&criterion.needs[at]))
        {
            faults.push(format!("criterion `{name}` names a need twice"));
        }
        if criterion.covers.is_empty() {
            faults.push(format!("criterion `{name}` has no words in `covers`"));
        }
        if class
            .criteria
            .iter()
            .filter(|other| other.concern == *name)
            .count()
            > 1
        {
            faults.push(format!("concern `{name}` stands twice"));
        }
    }
    for (place, text) in sentences(class) {
        for slot in slots(text) {
            let known = if slot.decision {
                class.decision(slot.name).is_some()
            } else {
                SLOTS.contains(&slot.name)
            };
            if !known {
                faults.push(format!("{place} asks for the unknown slot `{}`", slot.name));
            }
        }
    }
    let known = |concern: &String| class.criterion(concern).is_some();
    for concern in class
        .properties
        .iter()
        .flat_map(|property| &property.of)
        .filter(|c| !known(c))
    {
        faults.push(format!("a property cites the unknown concern `{concern}`"));
    }
    for concern in class
        .tasks
        .iter()
        .flat_map(|task| &task.of)
        .filter(|c| !known(c))
    {
        faults.push(format!("a task cites the unknown concern `{concern}`"));
    }
    for concern in class
        .errors
        .iter()
        .map(|error| &error.of)
        .filter(|c| !known(c))
    {
        faults.push(format!(
            "an error case cites the unknown concern `{concern}`"
        ));
    }
    faults
}

fn sentences(class: &Class) -> Vec<(&'static str, &str)> {
    let mut out: Vec<(&'static str, &str)> = vec![("the approach", &class.approach)];
    out.extend(
        class
            .criteria
            .iter()
            .map(|criterion| ("a criterion", criterion.text.as_str())),
    );
    out.extend(
        class
            .decisions
            .iter()
            .map(|decision| ("a decision", decision.ask.as_str())),
    );
    out.extend(
        class
            .properties
            .iter()
            .map(|property| ("a property", property.text.as_str())),
    );
    for task in &class.tasks {
        out.push(("a task", &task.title));
        out.push(("a task", &task.done));
        out.extend(task.steps.iter().map(|step| ("a task", step.as_str())));
    }
    for group in &class.groups {
        out.extend([
            ("a group", group.title.as_str()),
            ("a group", &group.want),
            ("a group", &group.so),
        ]);
    }
    out.extend(class.data.iter().map(|line| ("a data line", line.as_str())));
    for error in &class.errors {
        out.extend([
            ("an error case", error.case.as_str()),
            ("an error case", &error.answer),
        ]);
    }
    out
}

fn is_term(text: &str) -> bool {
    !text.is_empty()
        && text
            .split('_')
            .all(|part| part.starts_with(|c: char| c.is_ascii_uppercase()))
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn ears_fault(text: &str) -> Option<String> {
    if text.matches("SHALL").count() != 1 {
        return Some("does not say SHALL exactly once".to_owned());
    }
    if !text.contains("THE {system} SHALL") && !text.contains("THE {app} SHALL") {
        return Some("does not say `THE {system} SHALL` or `THE {app} SHALL`".to_owned());
    }
    if text.ends_with('.') {
        return Some("ends with a full stop".to_owned());
    }
    let opened = ["WHEN ", "WHILE ", "WHERE "]
        .iter()
        .any(|word| text.starts_with(word))
        && text.contains(", THE {");
    let unwanted = text.starts_with("IF ") && text.contains(", THEN THE {");
    let always = text.starts_with("THE {");
    (!(opened || unwanted || always)).then(|| "is in none of the five EARS forms".to_owned())
}
