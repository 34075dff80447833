//! From a read prompt to a plan: which classes, which criteria, how many.

use rutter_catalogue::{Class, Match};

use super::fill::{Slots, criterion};
use super::{Line, Plan, Requirement, Story, criteria, many, small, stated, title, vague};
use crate::ground::Ground;
use crate::prompt::names;
use crate::prompt::{Prompt, Want, say};

/// The most criteria of a feature and of a small change.
const MOST: usize = 20;
const MOST_SMALL: usize = 5;
/// The most concerns that the catalogue adds to those of the prompt.
const MOST_CONCERNS: usize = 6;
/// The most questions of a prompt that become decisions.
const MOST_QUESTIONS: usize = 5;

/// A class with what the prompt fills it with.
struct Chosen<'a> {
    class: &'a Class,
    slots: Slots,
}

/// A class's criterion that fits the prompt.
struct Candidate<'a> {
    of: usize,
    criterion: &'a rutter_catalogue::Criterion,
    text: String,
}

/// Plans the first document.
pub fn plan(prompt: &Prompt, ground: &Ground) -> Plan {
    let mut plan = Plan { request: request(prompt), out: prompt.exclusions.iter().map(|out| out.what.clone()).collect(), ..Plan::default() };
    plan.out.dedup();
    let app = ground.app_term();
    let wished = wished_text(prompt);
    let quality = vague::quality(&wished).filter(|_| prompt.wants.len() <= 1 && names::amounts(&wished).is_empty());
    let matches = if quality.is_some() { Vec::new() } else { ground.catalogue.classify_in(&wished, prompt.language) };
    plan.small = small::is_small(prompt, &matches);
    let chosen = filled(with_own_wish(choose(&matches, prompt, plan.small), prompt), prompt, &app);
    if let Some(quality) = quality {
        of_quality(quality, prompt, ground, &app, &mut plan);
    } else {
        of_wishes(prompt, ground, &chosen, &app, &mut plan);
    }
    questions(prompt, chosen.first().map_or(&app, |first| &first.slots.system).clone(), &mut plan);
    for line in plan.requirements.iter_mut().flat_map(|requirement| &mut requirement.lines) {
        line.text = many::settle(&line.text, &prompt.questions, &mut plan.decisions);
    }
    let limit = if plan.small { MOST_SMALL } else { MOST };
    overflow(&mut plan, limit);
    plan.kinds = chosen.iter().filter(|one| plan.requirements.iter().any(|r| r.lines.iter().any(|line| line.text.contains(&one.slots.system)))).map(|one| say::lower_first(&one.class.title)).filter(|_| !plan.small).collect();
    plan.title = plan_title(prompt, &chosen, &plan);
    plan.glossary = glossary(&plan, &chosen, &app, ground);
    notes(prompt, chosen.is_empty() && quality.is_none(), &mut plan);
    plan
}

fn request(prompt: &Prompt) -> String {
    let mut text = String::new();
    for sentence in &prompt.kept {
        if !text.is_empty() {
            text.push_str(". ");
        }
        text.push_str(sentence);
    }
    text
}

fn wished_text(prompt: &Prompt) -> String {
    let mut parts: Vec<&str> = Vec::new();
    // "Don't touch the payment code" is about no payment, nor is a ban about the feature it bans.
    let about = |want: &&Want| !want.not && !(want.shall.starts_with("leave ") && want.shall.ends_with(" as it is"));
    let some = prompt.wants.iter().any(|want| about(&want));
    for want in prompt.wants.iter().filter(|want| !some || about(want)) {
        if let Some(heading) = &want.heading
            && !parts.contains(&heading.as_str())
        {
            parts.push(heading);
        }
        parts.push(&want.text);
    }
    let conditions: Vec<&str> = prompt.wants.iter().filter_map(|want| want.trigger.as_ref()).map(|(_, condition)| condition.as_str()).collect();
    parts.extend(conditions);
    // A wish has its exclusions cut out in `shall`, not in `text`.
    let text = parts.join(". ");
    prompt.exclusions.iter().fold(text, |text, out| text.replace(out.what.as_str(), " "))
}

/// The classes a prompt is about: the strongest, and others with evidence of their own.
fn choose<'a>(matches: &[Match<'a>], prompt: &Prompt, is_small: bool) -> Vec<&'a Class> {
    let most = if is_small { 1 } else if prompt.wants.len() > 6 { 4 } else { 3 };
    let mut chosen: Vec<&Match<'a>> = Vec::new();
    for found in matches {
        if chosen.len() == most || is_small && !found.class.small || found.class.id == "bug-fix" && !reports_a_bug(found, prompt) {
            continue;
        }
        let own = found.why.iter().any(|word| found.class.strong.iter().any(|strong| strong == word) && !chosen.iter().any(|other| other.why.iter().any(|theirs| theirs.contains(word) || word.contains(theirs))))
            || found.why.iter().any(|word| !word.is_ascii());
        let named = found.why.iter().any(|word| *word == found.class.thing || word.replace(' ', "-") == found.class.id);
        if !is_small && found.class.small && !chosen.is_empty() && !named {
            continue;
        }
        let strong = named || chosen.first().is_none_or(|first| found.score * 2 >= first.score || found.score >= 4);
        if chosen.is_empty() || own && strong {
            chosen.push(found);
        }
    }
    chosen.into_iter().map(|found| found.class).collect()
}

/// Drops a class that no wish belongs to most, unless the prompt names the very thing it builds: "a login page with rate
/// limits" wants both, "60 requests per minute to the API" no new endpoint.
fn with_own_wish<'a>(classes: Vec<&'a Class>, prompt: &Prompt) -> Vec<&'a Class> {
    if classes.len() < 2 {
        return classes;
    }
    let homes: Vec<Option<usize>> = prompt
        .wants
        .iter()
        .map(|want| classes.iter().map(|class| strength(want, class)).enumerate().max_by_key(|(at, strength)| (*strength, std::cmp::Reverse(*at))).filter(|(_, strength)| *strength > 0).map(|(at, _)| at))
        .collect();
    let text = rutter_catalogue::words::stems(&prompt.wants.iter().map(|want| want.text.as_str()).collect::<Vec<_>>().join(". "));
    let named = |class: &Class| rutter_catalogue::words::has_phrase(&text, &class.thing) || rutter_catalogue::words::has_phrase(&text, &class.id.replace('-', " "));
    let kept: Vec<&Class> = classes.iter().enumerate().filter(|(at, class)| homes.contains(&Some(*at)) || named(class)).map(|(_, class)| *class).collect();
    if kept.is_empty() { classes } else { kept }
}

/// Whether a prompt of a feature reports a bug: "fixed amount" does not.
fn reports_a_bug(found: &Match<'_>, prompt: &Prompt) -> bool {
    let only_fix = found.why.iter().all(|word| matches!(*word, "fix" | "error" | "issue" | "problem" | "fail" | "wrong"));
    let text = prompt.kept.join(" ").to_lowercase();
    !only_fix || text.split(|c: char| !c.is_alphanumeric()).any(|word| word == "fix")
}

/// The classes with what fills them, in the order in which the prompt comes to speak of them. What a class works on is
/// taken from the wishes that speak of that class.
fn filled<'a>(classes: Vec<&'a Class>, prompt: &Prompt, app: &str) -> Vec<Chosen<'a>> {
    let alone = classes.len() == 1;
    let mut out: Vec<(usize, Chosen<'a>)> = Vec::new();
    for (at, class) in classes.iter().copied().enumerate() {
        let mut things = prompt.things.clone();
        let own: Vec<(usize, &Want)> = prompt.wants.iter().enumerate().filter(|(_, want)| strength(want, class) > 0).collect();
        let object = own.iter().find_map(|(_, want)| crate::prompt::things::object_of(want, class));
        things.object = object.or_else(|| things.object.filter(|_| alone && !class.object.is_empty()));
        let first = own.first().map_or(usize::MAX, |(place, want)| {
            let lower = want.text.to_lowercase();
            let at = class.strong.iter().chain([&class.thing]).filter_map(|phrase| lower.find(phrase.as_str())).min();
            place * 10_000 + at.unwrap_or(9_999).min(9_999)
        });
        out.push((first, Chosen { class, slots: Slots::of(class, &things, app, at == 0) }));
    }
    if !alone {
        out.sort_by_key(|(first, _)| *first);
    }
    out.into_iter().map(|(_, one)| one).collect()
}

fn of_quality(quality: vague::Quality, prompt: &Prompt, ground: &Ground, app: &str, plan: &mut Plan) {
    let about = prompt.wants.first().map_or("it".to_owned(), |want| {
        let core = want.shall.strip_prefix("make ").or_else(|| want.shall.strip_prefix("improve ")).unwrap_or("it");
        let core = core.split(' ').take_while(|word| !["faster", "better", "nicer", "fast", "more", "quicker", "secure", "stable"].contains(word)).collect::<Vec<_>>().join(" ");
        if core.is_empty() || core == "it" { "it".to_owned() } else { core }
    });
    let lines = small::quality_lines(quality, &about, app, ground, prompt, &mut plan.decisions);
    let heading = prompt.wants.first().map_or_else(|| "Improvement".to_owned(), title::of_want);
    let want = match quality {
        vague::Quality::Speed => "short waiting times",
        vague::Quality::Use => "to reach my goal without help",
        vague::Quality::Security => "my data to be safe from others",
        vague::Quality::Reliability => "to rely on the software while I work",
        vague::Quality::Source => "the code to be clear enough to change it without fear",
        vague::Quality::Unclear => "the part that holds me up to become better",
    };
    let story = Story { who: prompt.things.actor.clone().unwrap_or_else(|| if quality == vague::Quality::Source { "developer" } else { "user" }.to_owned()), want: want.to_owned(), so: prompt.reason.clone().unwrap_or_default() };
    plan.requirements.push(Requirement { title: heading, story, lines: lines.into_iter().map(|text| Line { text }).collect() });
}

fn of_wishes(prompt: &Prompt, ground: &Ground, chosen: &[Chosen<'_>], app: &str, plan: &mut Plan) {
    let told = stated::told(prompt);
    let exclusions = prompt.exclusions.clone();
    let banned = |text: &str| exclusions.iter().any(|out| criteria::mentions(text, &out.what));
    let mut candidates: Vec<Candidate<'_>> = Vec::new();
    for (of, one) in chosen.iter().enumerate() {
        // A PDF has no columns.
        let tables = one.slots.format.as_deref().is_none_or(|format| !["PDF", "PNG", "SVG", "ZIP", "HTML", "Markdown", "iCalendar", "GPX"].contains(&format));
        for found in criteria::ranked(one.class) {
            if found.layer == rutter_catalogue::Layer::Ui && !ground.has_face() {
                continue;
            }
            if !tables && ["CSV", "spreadsheet", "column", "separator", "header row", "tab between"].iter().any(|word| found.text.contains(word)) {
                continue;
            }
            let Some(text) = criterion(one.class, &found.text, &one.slots, &told, &mut plan.decisions, &banned) else { continue };
            let text = stated::with_limits(&text, &told);
            let plain = plan.decisions.plain(&text);
            if criteria::is_excluded(found, &plain, &prompt.exclusions) || prompt.wants.iter().any(|want| criteria::says(want, found, &plain)) || candidates.iter().any(|other| other.criterion.concern == found.concern && criteria::content(&other.text) == criteria::content(&text)) {
                continue;
            }
            candidates.push(Candidate { of, criterion: found, text });
        }
    }
    let limit = if plan.small { MOST_SMALL } else { MOST };
    let wants: Vec<&Want> = prompt.wants.iter().filter(|want| !absorbed(want, &candidates, chosen, &plan.decisions)).collect();
    let kept = wants.len().min(if chosen.is_empty() || plan.small { limit } else { 16 });
    let assigned = assign(&wants, chosen, prompt);
    // Where most wishes speak of something else, the classes add less.
    let strays = assigned.iter().filter(|class| class.is_none()).count();
    let share = if strays * 2 > wants.len() { 5 } else { 9 };
    let target = if plan.small { limit } else { limit.min(kept + share * chosen.len()) };
    // Among equals, what the prompt's own actor, thing or object stands in comes first.
    let speaks = |candidate: &Candidate<'_>| {
        let text = &candidate.criterion.text;
        let things = &prompt.things;
        things.actor.is_some() && text.contains("actor") || things.object.is_some() && text.contains("object") || things.thing.is_some() && text.contains("thing")
    };
    candidates.sort_by_key(|candidate| (candidate.criterion.p, !speaks(candidate)));
    // Each class gets its share: the first of each, then the second of each.
    let ranks: Vec<usize> = candidates.iter().enumerate().map(|(at, one)| candidates[..at].iter().filter(|other| other.of == one.of && other.criterion.p == one.criterion.p).count()).collect();
    let mut ranked: Vec<(usize, Candidate<'_>)> = ranks.into_iter().zip(candidates).collect();
    ranked.sort_by_key(|(rank, candidate)| (candidate.criterion.p, *rank));
    let candidates: Vec<Candidate<'_>> = ranked.into_iter().map(|(_, candidate)| candidate).collect();
    let mut left = target.saturating_sub(kept);
    let (mut taken, mut over): (Vec<Candidate<'_>>, Vec<Candidate<'_>>) = (Vec::new(), Vec::new());
    for candidate in candidates {
        if left > 0 && candidate.criterion.p <= 2 {
            left -= 1;
            taken.push(candidate);
        } else {
            over.push(candidate);
        }
    }
    if chosen.is_empty() {
        own_words(prompt, ground, &wants, app, plan);
        return;
    }
    lay_out(prompt, chosen, &wants[..kept], &assigned, &taken, plan);
    for (want, class) in wants.iter().zip(&assigned).skip(kept) {
        let shall = vague::settle(&want.shall, &mut plan.decisions);
        let (at, system) = home(*class, chosen, plan);
        let text = plan.decisions.plain(&criteria::ears(want, &shall, &system));
        plan.concerns.push((at, text));
    }
    over.sort_by_key(|candidate| candidate.criterion.p);
    for candidate in over.into_iter().take(if plan.small { 2 } else { MOST_CONCERNS }) {
        let one = &chosen[candidate.of];
        let heading = one.class.group_of(candidate.criterion).and_then(|group| one.slots.plain(&group.title));
        let at = plan.requirements.iter().position(|requirement| Some(&requirement.title) == heading.as_ref()).unwrap_or(0);
        let text = plan.decisions.plain(&candidate.text);
        plan.concerns.push((at, text));
    }
}

/// Whether a wish is already said by the class's sentences: all its words stand in one, or it only states a number
/// that one of them now holds.
fn absorbed(want: &Want, candidates: &[Candidate<'_>], chosen: &[Chosen<'_>], decisions: &super::decide::Decisions) -> bool {
    let amounts = names::amounts(&want.text);
    let mine = criteria::content(&want.shall);
    let by_words = want.trigger.is_none() && !want.not && candidates.iter().filter(|c| c.criterion.p == 1).any(|c| {
        let theirs = criteria::content(&decisions.plain(&c.text));
        mine.iter().all(|word| theirs.contains(word))
    });
    // "up to 5 MB, JPEG or PNG" says more than its number.
    let units: Vec<String> = amounts.iter().flat_map(|amount| amount.unit.iter().map(|unit| rutter_catalogue::words::stem(unit)).chain([amount.number.to_lowercase()])).collect();
    let limits = ["max", "maximum", "minimum", "min", "most", "least", "allow", "keep", "up", "limit", "require", "finish", "within", "per"];
    let kinds: Vec<String> = chosen.iter().flat_map(|one| one.slots.kinds.iter().map(|kind| kind.to_lowercase())).filter(|kind| candidates.iter().any(|c| c.text.to_lowercase().contains(kind.as_str()))).map(|kind| rutter_catalogue::words::stem(&kind)).collect();
    let only_number = mine.iter().all(|word| units.contains(word) || kinds.contains(word) || limits.contains(&word.as_str()) || word.starts_with(|c: char| c.is_ascii_digit()));
    let by_number = want.fragment
        && only_number
        && !amounts.is_empty()
        && amounts.iter().all(|amount| candidates.iter().any(|c| !c.criterion.text.contains(&amount.number) && c.text.split(' ').any(|word| word.trim_matches(',') == amount.number)));
    !mine.is_empty() && by_words || by_number
}

/// The requirement that a wish belongs to, and the term that fulfils it.
fn home(class: Option<usize>, chosen: &[Chosen<'_>], plan: &Plan) -> (usize, String) {
    let system = class.map_or_else(|| chosen[0].slots.app.clone(), |at| chosen[at].slots.system.clone());
    let requirement = plan.requirements.iter().position(|r| r.lines.iter().any(|line| line.text.contains(&system))).unwrap_or(0);
    (requirement, system)
}

/// How strongly a wish speaks of a class.
fn strength(want: &Want, class: &Class) -> usize {
    let mut text = want.text.clone();
    if let Some((_, condition)) = &want.trigger {
        text = format!("{condition} {text}");
    }
    let stems = rutter_catalogue::words::stems(&text);
    let strong = class.strong.iter().filter(|phrase| rutter_catalogue::words::has_phrase(&stems, phrase)).count() * 3;
    let concerns = class.criteria.iter().filter(|criterion| criterion.is_covered_by(&stems)).count();
    let foreign = if text.is_ascii() { 0 } else { let lower = text.to_lowercase(); class.words.values().flatten().filter(|part| lower.contains(part.trim_start_matches('~'))).count() * 3 };
    strong + concerns + foreign
}

/// The class that each wish belongs to; `None` for a wish that speaks of none of them. What goes on from a wish, or only
/// completes it, belongs where that one does.
fn assign(wants: &[&Want], chosen: &[Chosen<'_>], prompt: &Prompt) -> Vec<Option<usize>> {
    let mut out: Vec<Option<usize>> = Vec::new();
    // A wish for the very thing belongs to the class that builds it.
    let builder = prompt.things.thing.as_ref().and_then(|thing| chosen.iter().position(|one| one.slots.thing == *thing).map(|at| (thing, at)));
    let enough = if chosen.len() == 1 { 1 } else { 2 };
    for want in wants {
        let best = chosen.iter().map(|one| strength(want, one.class)).enumerate().max_by_key(|(at, strength)| (*strength, std::cmp::Reverse(*at))).filter(|(_, strength)| *strength >= enough).map(|(at, _)| at);
        let best = builder.filter(|(thing, _)| want.shall.starts_with("provide ") && want.shall.contains(thing.as_str())).map(|(_, at)| at).or(best);
        let before = out.last().copied();
        out.push(match before {
            Some(before) if best.is_none() && (want.fragment || want.goes_on && !is_new_thing(want)) => before,
            _ => best,
        });
    }
    let strays = out.iter().zip(wants).filter(|(class, want)| class.is_none() && !is_new_thing(want)).count();
    if strays <= 1 || wants.len() <= 2 {
        out.iter_mut().zip(wants).filter(|(_, want)| !is_new_thing(want) || wants.len() < 2).for_each(|(class, _)| *class = class.or(Some(0)));
    }
    out
}

/// Whether a wish adds a thing of its own rather than say more of what was named: "and add a dark mode".
fn is_new_thing(want: &Want) -> bool {
    let says_more = want.text.split(' ').any(|word| ["it", "its", "them", "their", "this", "that", "these", "there", "same"].contains(&word.to_lowercase().trim_matches(',')));
    !want.fragment && !says_more && ["provide a ", "provide an ", "plot ", "draw "].iter().any(|cue| want.shall.starts_with(cue))
}

/// One requirement a group; wishes stand in front of what the class adds.
fn lay_out(prompt: &Prompt, chosen: &[Chosen<'_>], wants: &[&Want], assigned: &[Option<usize>], taken: &[Candidate<'_>], plan: &mut Plan) {
    let strays: Vec<&Want> = wants.iter().zip(assigned).filter(|(_, class)| class.is_none()).map(|(want, _)| *want).collect();
    let strays_first = assigned.first().is_some_and(Option::is_none);
    let app = chosen[0].slots.app.clone();
    if strays_first {
        of_strays(prompt, &strays, &app, plan);
    }
    for (of, one) in chosen.iter().enumerate() {
        let mine: Vec<&&Want> = wants.iter().zip(assigned).filter(|(_, class)| **class == Some(of)).map(|(want, _)| want).collect();
        for (at, group) in one.class.groups.iter().enumerate() {
            let mut lines: Vec<Line> = Vec::new();
            for want in mine.iter().filter(|want| group_of(want, one.class) == at) {
                let shall = vague::settle(&want.shall, &mut plan.decisions);
                lines.push(Line { text: criteria::ears(want, &shall, &one.slots.system) });
            }
            lines.extend(taken.iter().filter(|c| c.of == of && one.class.group_of(c.criterion).is_some_and(|g| g.id == group.id)).map(|c| Line { text: c.text.clone() }));
            if lines.is_empty() {
                continue;
            }
            let who = if group.actor.is_empty() { one.slots.actor.clone() } else { group.actor.clone() };
            let so = if plan.requirements.is_empty() { prompt.reason.clone() } else { None };
            let story = Story { who, want: one.slots.plain(&group.want).unwrap_or_default(), so: so.or_else(|| one.slots.plain(&group.so)).unwrap_or_default() };
            let heading = one.slots.plain(&group.title).unwrap_or_else(|| one.class.title.clone());
            plan.requirements.push(Requirement { title: title::capital(&heading), story, lines });
        }
    }
    if !strays_first {
        of_strays(prompt, &strays, &app, plan);
    }
    if plan.small && plan.requirements.len() > 1 {
        let rest: Vec<Line> = plan.requirements.drain(1..).flat_map(|requirement| requirement.lines).collect();
        plan.requirements[0].lines.extend(rest);
    }
}

/// The group whose criteria a wish is nearest to.
fn group_of(want: &Want, class: &Class) -> usize {
    let stems = rutter_catalogue::words::stems(&want.text);
    let near = |group: &rutter_catalogue::Group| class.criteria.iter().filter(|criterion| class.group_of(criterion).is_some_and(|g| g.id == group.id) && criterion.is_covered_by(&stems)).count();
    class.groups.iter().map(near).enumerate().max_by_key(|(at, count)| (*count, std::cmp::Reverse(*at))).map_or(0, |(at, _)| at)
}

/// A prompt of no known class: its own words, under its own headings.
fn own_words(prompt: &Prompt, ground: &Ground, wants: &[&Want], app: &str, plan: &mut Plan) {
    let limit = if plan.small { MOST_SMALL } else { MOST };
    let room = wants.len().min(limit);
    of_strays(prompt, &wants[..room], app, plan);
    for want in wants.iter().skip(limit) {
        let shall = vague::settle(&want.shall, &mut plan.decisions);
        let text = plan.decisions.plain(&criteria::ears(want, &shall, app));
        plan.concerns.push((plan.requirements.len().saturating_sub(1), text));
    }
    super::small_guard(prompt, ground, app, plan);
}

/// Wishes that no class knows, under their own headings.
fn of_strays(prompt: &Prompt, wants: &[&Want], app: &str, plan: &mut Plan) {
    let mut chunks: Vec<(Option<String>, Vec<&Want>)> = Vec::new();
    for want in wants {
        let room = if plan.small { MOST_SMALL } else { 7 };
        match chunks.last_mut() {
            Some((heading, list)) if *heading == want.heading && list.len() < room => list.push(want),
            _ => chunks.push((want.heading.clone(), vec![want])),
        }
    }
    for (heading, list) in chunks {
        let lines = list
            .iter()
            .map(|want| {
                let shall = vague::settle(&want.shall, &mut plan.decisions);
                Line { text: criteria::ears(want, &shall, app) }
            })
            .collect();
        let mut heading = heading.filter(|h| h.split(' ').count() <= 8).unwrap_or_else(|| title::of_want(list[0]));
        if plan.requirements.iter().any(|requirement| requirement.title == heading) {
            heading = title::of_want(list[0]);
        }
        plan.requirements.push(Requirement { title: heading, story: title::story(list[0], prompt, if plan.small { "developer" } else { "user" }), lines });
    }
}

/// Questions of the prompt are the user's to answer.
fn questions(prompt: &Prompt, system: String, plan: &mut Plan) {
    if plan.requirements.is_empty() {
        let heading = prompt.questions.first().map_or_else(|| "Request".to_owned(), |question| title::capital(&title::shortened(question.trim_end_matches('?'), 7)));
        plan.requirements.push(Requirement { title: heading, story: Story { who: "user".to_owned(), want: "the question of the request to be settled".to_owned(), so: String::new() }, lines: Vec::new() });
    }
    let wanted: Vec<&str> = prompt.wants.iter().flat_map(|want| [Some(want.text.as_str()), want.trigger.as_ref().map(|(_, condition)| condition.as_str())]).flatten().collect();
    for (at, question) in prompt.questions.iter().enumerate() {
        if many::is_settled(question, &wanted) {
            continue;
        }
        let shown = question.replace('"', "'");
        if at >= MOST_QUESTIONS {
            plan.concerns.push((0, format!("THE {system} SHALL follow the answer to this question of the request: \"{shown}\"")));
            continue;
        }
        let choices = crate::prompt::answers::choices(question);
        let ask = if question.contains(['`', '|']) { question.replace(['`', '|'], "'") } else { question.clone() };
        let mark = plan.decisions.mark(&format!("question/{at}"), &title::capital(&ask), &choices);
        plan.requirements[0].lines.push(Line { text: format!("THE {system} SHALL follow this answer to \"{shown}\": {mark}") });
    }
}

/// What is beyond the size becomes a one-line entry.
fn overflow(plan: &mut Plan, limit: usize) {
    let mut left = limit;
    let mut moved = Vec::new();
    for (at, requirement) in plan.requirements.iter_mut().enumerate() {
        if requirement.lines.len() > left {
            moved.extend(requirement.lines.drain(left..).map(|line| (at, line.text)));
        }
        left -= requirement.lines.len();
    }
    for (at, text) in moved {
        let text = plan.decisions.plain(&text);
        plan.concerns.insert(0, (at, text));
    }
    let empty: Vec<bool> = plan.requirements.iter().map(|requirement| requirement.lines.is_empty()).collect();
    if empty.iter().all(|e| *e) {
        return;
    }
    let new_place = |at: usize| (0..at).filter(|i| !empty[*i]).count().min(empty.iter().filter(|e| !**e).count() - 1);
    for (at, _) in &mut plan.concerns {
        *at = new_place(*at);
    }
    plan.requirements.retain(|requirement| !requirement.lines.is_empty());
}

fn plan_title(prompt: &Prompt, chosen: &[Chosen<'_>], plan: &Plan) -> String {
    let generic = |thing: &String| !thing.contains(' ') && crate::prompt::lexicon::is_feature_noun(&thing.to_lowercase());
    let thing = prompt.things.thing.as_ref().filter(|thing| !plan.small && prompt.wants.len() <= 12 && !generic(thing) && (chosen.len() < 2 || prompt.wants.first().is_some_and(|want| want.text.contains(thing.as_str()))));
    if chosen.len() > 1 && thing.is_none() && !plan.small {
        let titles: Vec<String> = chosen.iter().take(2).enumerate().map(|(at, one)| if at == 0 { one.class.title.clone() } else { say::lower_first(&one.class.title) }).collect();
        let joint = if titles.iter().any(|title| title.contains(" and ")) { "; " } else { " and " };
        return titles.join(joint);
    }
    if let Some(thing) = thing {
        return title::capital(&title::shortened(thing, 6));
    }
    let first = plan.requirements.first().map(|requirement| requirement.title.clone()).unwrap_or_default();
    if first.starts_with("Request in ") && !chosen.is_empty() {
        return chosen[0].class.title.clone();
    }
    if !first.is_empty() && (chosen.len() <= 1 || first.split(' ').count() <= 6) { title::shortened(&first, 10) } else { chosen.first().map_or(first, |one| one.class.title.clone()) }
}

/// The terms that the criteria use, with their meaning.
fn glossary(plan: &Plan, chosen: &[Chosen<'_>], app: &str, ground: &Ground) -> Vec<(String, String)> {
    let texts: Vec<&str> = plan.requirements.iter().flat_map(|r| r.lines.iter().map(|l| l.text.as_str())).chain(plan.concerns.iter().map(|(_, text)| text.as_str())).collect();
    let used = |term: &str| texts.iter().any(|text| text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == term));
    let mut out: Vec<(String, String)> = Vec::new();
    let add = |out: &mut Vec<(String, String)>, term: &str, is: String| {
        if used(term) && !out.iter().any(|(known, _)| known == term) {
            out.push((term.to_owned(), is));
        }
    };
    for one in chosen {
        add(&mut out, &one.slots.system, one.slots.plain(&one.class.system_is).unwrap_or_else(|| one.class.system_is.clone()));
    }
    let name = ground.project.name.as_deref().filter(|name| !name.contains(['`', '\n']));
    add(&mut out, app, name.map_or_else(|| "the software in this repository".to_owned(), |name| format!("the software in this repository, {name}")));
    for one in chosen {
        for term in &one.class.terms {
            add(&mut out, &term.name, one.slots.plain(&term.is).unwrap_or_else(|| term.is.clone()));
        }
    }
    out
}

fn notes(prompt: &Prompt, unknown: bool, plan: &mut Plan) {
    if prompt.left_out > 0 {
        let what = if prompt.left_out == 1 { "A sentence".to_owned() } else { format!("{} sentences", prompt.left_out) };
        plan.notes.push(format!("{what} of the request gave orders to the tool rather than saying what the product should do, and {} left out.", if prompt.left_out == 1 { "was" } else { "were" }));
    }
    if unknown && !prompt.wants.is_empty() {
        plan.notes.push("The catalogue knows no feature of this kind, so the draft holds to the words of the request. Look for what they leave out.".to_owned());
    }
}
