//! Front matter as people write it: keys with places, and patterns that no YAML parser takes, such as a bare `*.ts`.

use std::ops::Range;

use rutter_text::front_matter;

/// A key and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// The bytes of the key.
    pub key_range: Range<usize>,
    /// Each item of a list, or the one value; without quotes.
    pub values: Vec<String>,
    /// Whether it was written as a list.
    pub list: bool,
    /// The bytes of the value, from its first character to its last; empty where there is none.
    pub value_range: Range<usize>,
}

/// A front matter block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Front {
    /// The YAML between the two `---` lines.
    pub yaml: Range<usize>,
    /// Where the text behind it begins.
    pub body: usize,
    /// The keys, in order.
    pub entries: Vec<Entry>,
    /// Why it is no YAML, where it is none even with its patterns in quotes: the place and what is wrong.
    pub broken: Option<(Range<usize>, String)>,
}

impl Front {
    /// Reads the front matter of a text.
    pub fn read(text: &str) -> Option<Self> {
        let found = front_matter::find(text)?;
        let entries = entries(text, found.yaml.clone());
        let broken = broken(&text[found.yaml.clone()], found.yaml.start);
        Some(Self {
            yaml: found.yaml,
            body: found.body,
            entries,
            broken,
        })
    }

    /// The entry with this key.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|e| e.key == key)
    }

    /// The single value of a key, without white space; nothing where it is empty.
    pub fn value(&self, key: &str) -> Option<&str> {
        let value = self.entry(key)?.values.first()?.trim();
        (!value.is_empty()).then_some(value)
    }

    /// Every value of a key.
    pub fn values(&self, key: &str) -> &[String] {
        self.entry(key).map_or(&[], |e| &e.values)
    }
}

fn entries(text: &str, yaml: Range<usize>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut at = yaml.start;
    for full in text[yaml].split_inclusive('\n') {
        let line = full.trim_end();
        let start = at;
        at += full.len();
        let content = line.trim_start();
        let indent = line.len() - content.len();
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        let item = content
            .strip_prefix("- ")
            .or((content == "-").then_some(""));
        if let (Some(item), Some(entry)) = (item, entries.last_mut()) {
            let from = start + line.len() - item.len();
            entry.list = true;
            entry.values.push(unquote(item));
            extend(&mut entry.value_range, from..start + line.len());
            continue;
        }
        if indent > 0 {
            // A line that goes on with the value above.
            if let Some(entry) = entries.last_mut() {
                match entry.values.last_mut() {
                    Some(last) if !last.is_empty() => *last = format!("{last} {content}"),
                    Some(last) => *last = content.to_owned(),
                    None => entry.values.push(content.to_owned()),
                }
                extend(&mut entry.value_range, start + indent..start + line.len());
            }
            continue;
        }
        let Some(colon) = content.find(':') else {
            continue;
        };
        let value = content[colon + 1..].trim_start();
        let from = start + line.len() - value.len();
        let key = content[..colon].trim_end();
        let (values, list) = read_value(value);
        entries.push(Entry {
            key: key.trim_matches(['"', '\'']).to_owned(),
            key_range: start..start + key.len(),
            values,
            list,
            value_range: from..start + line.len(),
        });
    }
    entries
}

fn extend(range: &mut Range<usize>, by: Range<usize>) {
    *range = if range.start >= range.end {
        by
    } else {
        range.start..by.end
    };
}

fn read_value(value: &str) -> (Vec<String>, bool) {
    if let Some(inside) = value
        .strip_prefix('[')
        .and_then(|v| v.trim_end().strip_suffix(']'))
    {
        let items = split_outside(inside, ',');
        return (items.iter().map(|i| unquote(i)).collect(), true);
    }
    match value {
        "" | ">" | "|" | ">-" | "|-" | ">+" | "|+" => (Vec::new(), false),
        _ => (vec![unquote(value)], false),
    }
}

/// The parts between a separator that stands in no quotes, braces or brackets.
pub(crate) fn split_outside(text: &str, separator: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut from, mut depth, mut quote) = (0, 0usize, None);
    for (i, c) in text.char_indices() {
        match (quote, c) {
            (Some(q), _) if q == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '{' | '[' | '(') => depth += 1,
            (None, '}' | ']' | ')') => depth = depth.saturating_sub(1),
            (None, c) if c == separator && depth == 0 => {
                parts.push(text[from..i].trim());
                from = i + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(text[from..].trim());
    parts.retain(|p| !p.is_empty());
    parts
}

fn unquote(value: &str) -> String {
    let value = value.trim();
    for quote in ['"', '\''] {
        if let Some(rest) = value.strip_prefix(quote)
            && let Some(end) = rest.rfind(quote)
        {
            return rest[..end].to_owned();
        }
    }
    // A comment needs white space before it; a pattern has none.
    value
        .split(" #")
        .next()
        .unwrap_or(value)
        .trim_end()
        .to_owned()
}

fn broken(yaml: &str, start: usize) -> Option<(Range<usize>, String)> {
    let read = |text: &str| {
        serde_saphyr::from_str::<Option<serde_json::Map<String, serde_json::Value>>>(text)
    };
    if yaml.trim().is_empty() {
        return None;
    }
    read(yaml).err()?;
    // Colons and stars in plain values are the usual reason; what these mean is clear without YAML's help.
    let quoted: String = yaml.split_inclusive('\n').map(quote_value).collect();
    let error = read(&quoted).err()?;
    let line = error
        .location()
        .map_or(0, |l| (l.line() as usize).saturating_sub(1));
    let mut at = 0;
    for (i, full) in yaml.split_inclusive('\n').enumerate() {
        if i == line || at + full.len() >= yaml.len() {
            let content = full.trim();
            let from = start + at + (full.len() - full.trim_start().len()).min(full.len());
            return Some((from..from + content.len(), content.to_owned()));
        }
        at += full.len();
    }
    Some((start..start + yaml.len(), String::new()))
}

/// The line with its plain value in quotes.
fn quote_value(line: &str) -> String {
    let body = line.trim_end();
    let split = match body.trim_start().strip_prefix("- ") {
        Some(rest) => Some(body.len() - rest.len()),
        None => body.find(": ").map(|i| i + 2),
    };
    let Some(at) = split else {
        return line.to_owned();
    };
    let value = body[at..].trim_start();
    if value.is_empty() || value.starts_with(['"', '\'', '[', '|', '>']) {
        return line.to_owned();
    }
    format!("{}'{}'\n", &body[..at], value.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_in_every_form() {
        let text = "---\ninclusion: fileMatch # why\nfileMatchPattern: *.ts\nlist: [\"a/**\", 'b,{c,d}']\nblock:\n  - src/**/*.ts\n  - \"x\"\ndescription: >\n  two\n  lines\n---\nbody";
        let front = Front::read(text).unwrap();
        assert_eq!(front.value("inclusion"), Some("fileMatch"));
        assert_eq!(front.value("fileMatchPattern"), Some("*.ts"));
        assert_eq!(front.values("list"), ["a/**", "b,{c,d}"]);
        assert_eq!(front.values("block"), ["src/**/*.ts", "x"]);
        assert_eq!(front.value("description"), Some("two lines"));
        assert_eq!(front.broken, None);
        let entry = front.entry("fileMatchPattern").unwrap();
        assert_eq!(&text[entry.value_range.clone()], "*.ts");
        assert_eq!(&text[entry.key_range.clone()], "fileMatchPattern");
    }

    #[test]
    fn what_is_no_yaml_is_shown_at_its_line() {
        let text = "---\ninclusion: always\n: [\n---\n";
        let (range, _) = Front::read(text).unwrap().broken.unwrap();
        assert_eq!(&text[range], ": [");
        let plain = "---\ndescription: Use this: always, *not* sometimes\n---\n";
        assert_eq!(Front::read(plain).unwrap().broken, None);
    }
}
