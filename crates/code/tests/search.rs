//! What the words of a prompt find.

use rutter_code::search::{Hit, Index};
use rutter_code::{Language, symbols};

const FILES: [(&str, &str); 7] = [
    (
        "src/auth/login.ts",
        "export function login(name: string) {}\nexport const MAX_FAILURES = 5;\n",
    ),
    (
        "src/auth/AuthService.ts",
        "export class AuthService {\n  login() {}\n  logout() {}\n  refreshToken() {}\n}\n",
    ),
    (
        "src/orders/OrderController.ts",
        "export class OrderController {\n  list() {}\n  create() {}\n}\n",
    ),
    (
        "src/orders/pricing.ts",
        "export function totalPrice(items) {}\n",
    ),
    (
        "src/db/database.ts",
        "export class Database {\n  query() {}\n  create() {}\n}\n",
    ),
    (
        "src/util/strings.ts",
        "export function create() {}\nexport function signInUrl() {}\n",
    ),
    (
        "tests/login.test.ts",
        "describe('login', () => { it('locks the login', () => {}) })\n",
    ),
];

fn index() -> Index {
    let mut index = Index::default();
    for (path, text) in FILES {
        index.add(
            path,
            Language::TypeScript,
            &symbols(Language::TypeScript, text),
        );
    }
    index
}

fn shown(hits: &[Hit]) -> Vec<String> {
    hits.iter()
        .map(|hit| {
            format!(
                "{}{}",
                hit.path,
                hit.symbol
                    .as_ref()
                    .map_or(String::new(), |s| format!("#{s}"))
            )
        })
        .collect()
}

fn find(query: &str) -> Vec<String> {
    let words: Vec<String> = query.split_whitespace().map(str::to_owned).collect();
    shown(&index().find(&words))
}

#[test]
fn a_word_finds_files_and_symbols() {
    let found = find("Add a login page");
    assert_eq!(found[0], "src/auth/login.ts#login");
    let top: Vec<_> = found.iter().take(4).map(String::as_str).collect();
    assert!(top.contains(&"src/auth/login.ts"), "{found:?}");
    assert!(top.contains(&"src/auth/AuthService.ts#login"), "{found:?}");
    let test = found
        .iter()
        .position(|hit| hit.starts_with("tests/"))
        .unwrap();
    assert!(test >= 3, "{found:?}");
}

#[test]
fn another_form_of_the_word_finds_it_too() {
    assert_eq!(
        find("orders")[0],
        "src/orders/OrderController.ts#OrderController"
    );
    assert!(find("authentication").contains(&"src/auth/AuthService.ts#AuthService".to_owned()));
    assert!(find("the sign in flow").contains(&"src/auth/login.ts#login".to_owned()));
    assert!(find("login").contains(&"src/util/strings.ts#signInUrl".to_owned()));
    assert_eq!(find("prices")[0], "src/orders/pricing.ts#totalPrice");
}

#[test]
fn an_exact_identifier_or_path_wins() {
    assert_eq!(
        find("login orders database create for `totalPrice`")[0],
        "src/orders/pricing.ts#totalPrice"
    );
    assert_eq!(
        find("login orders in Database.create")[0],
        "src/db/database.ts#create"
    );
    assert_eq!(
        find("login orders of OrderController#list()")[0],
        "src/orders/OrderController.ts#list"
    );
    assert_eq!(
        find("orders and login, see src/db/database.ts.")[0],
        "src/db/database.ts"
    );
    assert_eq!(find("orders in auth/login")[0], "src/auth/login.ts");
    assert_eq!(
        find("orders MAX_FAILURES")[0],
        "src/auth/login.ts#MAX_FAILURES"
    );
    let hits = index().find(&["totalPrice".to_owned()]);
    assert!(hits[0].exact && !hits.get(1).is_some_and(|hit| hit.exact));
}

#[test]
fn words_that_name_nothing_find_nothing() {
    assert!(find("please add a new one").is_empty());
    assert!(find("").is_empty());
    assert!(find("zebra").is_empty());
}

#[test]
fn a_changed_file_is_known_by_its_new_text_alone() {
    let mut index = index();
    let text = "export function logon() {}";
    index.add(
        "src/orders/pricing.ts",
        Language::TypeScript,
        &symbols(Language::TypeScript, text),
    );
    index.remove("src/db/database.ts");
    assert_eq!(index.files(), 6);
    assert!(
        index
            .find(&["totalPrice".to_owned()])
            .iter()
            .all(|hit| hit.symbol.as_deref() != Some("totalPrice"))
    );
    assert!(index.find(&["database".to_owned()]).is_empty());
    assert_eq!(
        index.find(&["logon".to_owned()])[0].symbol.as_deref(),
        Some("logon")
    );
}

#[test]
fn many_replacements_leave_a_small_index_that_still_finds() {
    let mut index = index();
    let text: String = (0..100)
        .map(|n| format!("export function helper{n}() {{}}\n"))
        .collect();
    let many = symbols(Language::TypeScript, &text);
    for _ in 0..50 {
        index.add("src/many.ts", Language::TypeScript, &many);
    }
    assert_eq!(index.files(), 8);
    assert_eq!(
        shown(&index.find(&["helper42".to_owned()]))[0],
        "src/many.ts#helper42"
    );
    assert_eq!(
        shown(&index.find(&["login".to_owned()]))[0],
        "src/auth/login.ts#login"
    );
}
