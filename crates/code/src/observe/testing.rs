//! What is seen in each language.

use super::*;

/// The exits of a text, a line each.
fn shown(language: Language, text: &str) -> Vec<String> {
    let seen = observe(language, text).unwrap();
    let mut lines = Vec::new();
    for function in seen.functions {
        for exit in function.exits {
            let when = match exit.when {
                When::Holds(c) => c,
                When::Fails(c) => format!("not {c}"),
                When::IsNot(v, p) => format!("{v} is not {p}"),
                When::ErrorFrom(c) => format!("error from {c}"),
                When::NoCase(v) => format!("no case for {v}"),
            };
            let then = match exit.then {
                Then::Fails(verb, error) => format!("{} {error}", verb.as_str()),
                Then::Returns(value) => format!("returns {value}"),
                Then::Runs(code) => format!("runs {code}"),
                Then::Stops => "stops".to_owned(),
            };
            lines.push(format!("{}: {when} -> {then}", function.symbol.name));
        }
        if function.left_out > 0 {
            lines.push(format!(
                "{}: {} more",
                function.symbol.name, function.left_out
            ));
        }
    }
    lines
}

#[test]
fn rust() {
    let text = "pub fn a(n: u8, o: Option<u8>) -> Result<u8, E> {
    if n > LIMIT { log(); return Err(E::TooMany); }
    let Some(x) = o else { return Err(E::None) };
    let y = o.ok_or(E::Gone)?;
    ensure!(n != 7, \"seven, {n}\");
    if let None = o { return Ok(0); }
    let f = || { if n > 3 { return 1; } 2 };
    match n { 1 => Ok(1), _ => return Err(E::Odd) }
}
";
    assert_eq!(
        shown(Language::Rust, text),
        [
            "a: n > LIMIT -> return Err(E::TooMany)",
            "a: o is not Some(x) -> return Err(E::None)",
            "a: o is not Some -> return Err(E::Gone)",
            "a: not n != 7 -> return \"seven, {n}\"",
            "a: o is None -> returns Ok(0)",
            "a: no case for n -> return Err(E::Odd)",
        ]
    );
}

#[test]
fn python() {
    let text = "def make(name):
    if not name:
        raise ValueError(\"empty\")
    elif len(name) > 80:
        raise ValueError
    try:
        if name == 'x':
            raise KeyError(name)
    except KeyError:
        return None
    if name in TAKEN:
        return None
    for n in name:
        if n == '?':
            continue
    return name
";
    assert_eq!(
        shown(Language::Python, text),
        [
            "make: not name -> raise ValueError(\"empty\")",
            "make: len(name) > 80 -> raise ValueError",
            "make: name in TAKEN -> returns None",
        ]
    );
}

#[test]
fn typescript_and_java() {
    let text = "export class Cart {
  add(count: number) {
    if (count <= 0) { throw new RangeError('no count'); }
    if (this.closed) return;
    switch (count) { case 1: return 1; default: throw new Error('odd'); }
  }
}
export const total = (c: Cart) => { if (!c) return 0; return c.sum; };
";
    assert_eq!(
        shown(Language::TypeScript, text),
        [
            "add: count <= 0 -> throw new RangeError('no count')",
            "add: this.closed -> stops",
            "add: no case for count -> throw new Error('odd')",
            "total: !c -> returns 0",
        ]
    );
    let text = "class A {\n  int a(String s) {\n    if (s == null) {\n      throw new IllegalArgumentException(\"s\");\n    } else { return 1; }\n  }\n}\n";
    assert_eq!(
        shown(Language::Java, text),
        [
            "a: s == null -> throw new IllegalArgumentException(\"s\")",
            "a: not s == null -> returns 1"
        ]
    );
}

#[test]
fn go() {
    let text = "package a

// Load reads it.
func Load(path string) (*A, error) {
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf(\"load: %w\", err)
	}
	if len(raw) == 0 {
		return nil, errors.New(\"empty\")
	}
	if err := check(raw); err != nil {
		return nil, err
	}
	return parse(raw)
}
";
    assert_eq!(
        shown(Language::Go, text),
        [
            "Load: error from os.ReadFile(path) -> return nil, fmt.Errorf(\"load: %w\", err)",
            "Load: len(raw) == 0 -> return nil, errors.New(\"empty\")",
        ]
    );
}
