//! Rust, TypeScript, Python and Go: a task or two a commit, and what goes along with it.

use super::History;
use super::Step::{Commit, Move};

const LOGIN_WANTED: &str = "# Requirements\n\n### Requirement 1: Limit failed sign-ins\n\n#### Acceptance Criteria\n\n1. WHEN 5 sign-ins of an account fail within a minute, THE Login SHALL lock the account\n2. WHILE an account is locked, THE Login SHALL refuse with status 429\n\n### Requirement 2: Sessions\n\n#### Acceptance Criteria\n\n1. WHEN a sign-in succeeds, THE Login SHALL issue a session token that expires after 30 minutes\n2. WHEN a token is refreshed, THE Login SHALL rotate it\n";

/// Rust: one task a commit, tests beside the code, a drive-by change, formatting, a move to another file.
pub(super) const LOGIN: History = History {
    name: "login (Rust)",
    steps: &[
        Commit(
            "Plan",
            &[
                (".kiro/specs/login/requirements.md", LOGIN_WANTED),
                (
                    ".kiro/specs/login/tasks.md",
                    "- [ ] 1. Limit failures\n  - [ ] 1.1 Lock accounts after failures\n    - Count failures per account in a sliding window\n    - _Requirements: 1.1, 1.2_\n  - [ ] 1.2 Write unit tests for locking\n    - _Requirements: 1.1_\n- [ ] 2. Sessions\n  - [ ] 2.1 Issue session tokens\n    - _Requirements: 2.1_\n  - [ ] 2.2 Rotate tokens on refresh\n    - _Requirements: 2.2_\n",
                ),
                (
                    "src/main.rs",
                    "mod util;\n\nfn main() {\n    println!(\"{}\", util::banner(\"login\"));\n}\n",
                ),
                (
                    "src/util.rs",
                    "pub fn banner(name: &str) -> String {\n    format!(\"== {name} ==\")\n}\n\npub fn clamp(value: i32, low: i32, high: i32) -> i32 {\n    if value < low { low } else if value > high { high } else { value }\n}\n",
                ),
            ],
        ),
        Commit(
            "Lock accounts after five failures",
            &[
                (
                    ".kiro/specs/login/tasks.md",
                    "- [ ] 1. Limit failures\n  - [x] 1.1 Lock accounts after failures\n    - Count failures per account in a sliding window\n    - _Requirements: 1.1, 1.2_\n  - [ ] 1.2 Write unit tests for locking\n    - _Requirements: 1.1_\n- [ ] 2. Sessions\n  - [ ] 2.1 Issue session tokens\n    - _Requirements: 2.1_\n  - [ ] 2.2 Rotate tokens on refresh\n    - _Requirements: 2.2_\n",
                ),
                (
                    "src/lock.rs",
                    "use std::collections::HashMap;\n\npub struct Lockout {\n    failures: HashMap<String, Vec<u64>>,\n}\n\nimpl Lockout {\n    pub fn record_failure(&mut self, account: &str, now: u64) {\n        let all = self.failures.entry(account.to_owned()).or_default();\n        prune(all, now);\n        all.push(now);\n    }\n\n    pub fn is_locked(&self, account: &str) -> bool {\n        self.failures.get(account).is_some_and(|all| all.len() >= 5)\n    }\n}\n\nfn prune(all: &mut Vec<u64>, now: u64) {\n    all.retain(|at| now - at < 60);\n}\n",
                ),
                (
                    "src/main.rs",
                    "mod lock;\nmod util;\n\nfn main() {\n    println!(\"{}\", util::banner(\"login\"));\n    let _lockout = lock::Lockout::default();\n}\n",
                ),
                (
                    "src/util.rs",
                    "pub fn banner(name: &str) -> String {\n    format!(\"== {name} ==\")\n}\n\npub fn clamp(value: i32, low: i32, high: i32) -> i32 {\n    value.max(low).min(high)\n}\n",
                ),
            ],
        ),
        Commit(
            "Format",
            &[(
                "src/util.rs",
                "pub fn banner(name: &str) -> String {\n    format!(\n        \"== {name} ==\"\n    )\n}\n\npub fn clamp(value: i32, low: i32, high: i32) -> i32 {\n    value.max(low).min(high)\n}\n",
            )],
        ),
        Commit(
            "Test locking",
            &[
                (
                    ".kiro/specs/login/tasks.md",
                    "- [x] 1. Limit failures\n  - [x] 1.1 Lock accounts after failures\n    - Count failures per account in a sliding window\n    - _Requirements: 1.1, 1.2_\n  - [x] 1.2 Write unit tests for locking\n    - _Requirements: 1.1_\n- [ ] 2. Sessions\n  - [ ] 2.1 Issue session tokens\n    - _Requirements: 2.1_\n  - [ ] 2.2 Rotate tokens on refresh\n    - _Requirements: 2.2_\n",
                ),
                (
                    "tests/lock.rs",
                    "fn lockout() -> Lockout {\n    Lockout::default()\n}\n\n#[test]\nfn five_failures_lock() {\n    let mut lockout = lockout();\n    for at in 0..5 {\n        lockout.record_failure(\"ada\", at);\n    }\n    assert!(lockout.is_locked(\"ada\"));\n}\n\n#[test]\nfn old_failures_do_not_count() {\n    let mut lockout = lockout();\n    lockout.record_failure(\"ada\", 0);\n    lockout.record_failure(\"ada\", 100);\n    assert!(!lockout.is_locked(\"ada\"));\n}\n",
                ),
            ],
        ),
        Commit(
            "Issue session tokens",
            &[
                (
                    ".kiro/specs/login/tasks.md",
                    "- [x] 1. Limit failures\n  - [x] 1.1 Lock accounts after failures\n    - Count failures per account in a sliding window\n    - _Requirements: 1.1, 1.2_\n  - [x] 1.2 Write unit tests for locking\n    - _Requirements: 1.1_\n- [ ] 2. Sessions\n  - [x] 2.1 Issue session tokens\n    - _Requirements: 2.1_\n  - [ ] 2.2 Rotate tokens on refresh\n    - _Requirements: 2.2_\n",
                ),
                (
                    "src/session.rs",
                    "pub struct Session {\n    pub token: String,\n    pub expires: u64,\n}\n\npub fn issue(account: &str, now: u64) -> Session {\n    Session { token: fresh_token(account, now), expires: now + 30 * 60 }\n}\n\nfn fresh_token(account: &str, now: u64) -> String {\n    format!(\"{account}-{now:x}\")\n}\n\npub fn is_expired(session: &Session, now: u64) -> bool {\n    now >= session.expires\n}\n",
                ),
                (
                    "src/lock.rs",
                    "use std::collections::HashMap;\n\n#[derive(Default)]\npub struct Lockout {\n    failures: HashMap<String, Vec<u64>>,\n}\n\nimpl Lockout {\n    pub fn record_failure(&mut self, account: &str, now: u64) {\n        let all = self.failures.entry(account.to_owned()).or_default();\n        prune(all, now);\n        all.push(now);\n    }\n\n    pub fn is_locked(&self, account: &str) -> bool {\n        self.failures.get(account).is_some_and(|all| all.len() >= 5)\n    }\n}\n\nfn prune(all: &mut Vec<u64>, now: u64) {\n    all.retain(|at| now.saturating_sub(*at) < 60);\n}\n",
                ),
            ],
        ),
        Move("src/session.rs", "src/auth/session.rs"),
        Commit("Move sessions", &[]),
        Commit(
            "Rotate tokens",
            &[
                (
                    ".kiro/specs/login/tasks.md",
                    "- [x] 1. Limit failures\n  - [x] 1.1 Lock accounts after failures\n    - Count failures per account in a sliding window\n    - _Requirements: 1.1, 1.2_\n  - [x] 1.2 Write unit tests for locking\n    - _Requirements: 1.1_\n- [x] 2. Sessions\n  - [x] 2.1 Issue session tokens\n    - _Requirements: 2.1_\n  - [x] 2.2 Rotate tokens on refresh\n    - _Requirements: 2.2_\n",
                ),
                (
                    "src/auth/session.rs",
                    "pub struct Session {\n    pub token: String,\n    pub expires: u64,\n}\n\npub fn issue(account: &str, now: u64) -> Session {\n    Session { token: fresh_token(account, now), expires: now + 30 * 60 }\n}\n\npub fn refresh(old: Session, account: &str, now: u64) -> Session {\n    let mut next = issue(account, now);\n    next.token = rotated(&old.token);\n    next\n}\n\nfn rotated(token: &str) -> String {\n    token.chars().rev().collect()\n}\n\nfn fresh_token(account: &str, now: u64) -> String {\n    format!(\"{account}-{now:x}\")\n}\n\npub fn is_expired(session: &Session, now: u64) -> bool {\n    now >= session.expires\n}\n",
                ),
            ],
        ),
    ],
    links: &[
        "login#1.1 src/lock.rs Lockout.record_failure",
        "login#1.1 src/lock.rs Lockout.is_locked",
        "login#1.1 src/lock.rs prune",
        "login#1.2 tests/lock.rs five_failures_lock",
        "login#1.2 tests/lock.rs old_failures_do_not_count",
        "login#2.1 src/auth/session.rs issue",
        "login#2.1 src/auth/session.rs fresh_token",
        "login#2.1 src/auth/session.rs is_expired",
        "login#2.2 src/auth/session.rs refresh",
        "login#2.2 src/auth/session.rs rotated",
    ],
};

/// TypeScript: code and tests in one commit, a function reworked for a later task, wiring in `app.ts`.
pub(super) const CART: History = History {
    name: "cart (TypeScript)",
    steps: &[
        Commit(
            "Plan",
            &[
                (
                    ".kiro/specs/cart/requirements.md",
                    "### Requirement 1: Totals\n\n#### Acceptance Criteria\n\n1. THE Cart SHALL sum the prices of all lines\n2. WHEN a coupon is applied, THE Cart SHALL subtract its discount\n3. THE Cart SHALL add shipping below 50 EUR\n",
                ),
                (
                    ".kiro/specs/cart/tasks.md",
                    "- [ ] 1. Sum the lines\n  - _Requirements: 1.1_\n- [ ] 2. Apply coupons\n  - Reject coupons that expired\n  - _Requirements: 1.2_\n- [ ] 3. Add shipping\n  - _Requirements: 1.3_\n",
                ),
                (
                    "src/app.ts",
                    "import { log } from './log';\n\nexport function start(port: number): void {\n  log('listening on ' + port);\n}\n",
                ),
                (
                    "src/log.ts",
                    "export function log(text: string): void {\n  console.log(text);\n}\n",
                ),
            ],
        ),
        Commit(
            "Sum cart lines",
            &[
                (
                    ".kiro/specs/cart/tasks.md",
                    "- [x] 1. Sum the lines\n  - _Requirements: 1.1_\n- [ ] 2. Apply coupons\n  - Reject coupons that expired\n  - _Requirements: 1.2_\n- [ ] 3. Add shipping\n  - _Requirements: 1.3_\n",
                ),
                (
                    "src/cart.ts",
                    "export interface Line { price: number; count: number }\n\nexport class Cart {\n  private lines: Line[] = [];\n\n  add(line: Line): void {\n    this.lines.push(line);\n  }\n\n  total(): number {\n    return this.lines.reduce((sum, line) => sum + amount(line), 0);\n  }\n}\n\nfunction amount(line: Line): number {\n  return line.price * line.count;\n}\n",
                ),
                (
                    "src/cart.test.ts",
                    "import { Cart } from './cart';\n\nfunction filled(): Cart {\n  const cart = new Cart();\n  cart.add({ price: 2, count: 3 });\n  return cart;\n}\n\ndescribe('Cart', () => {\n  it('sums the prices of all lines', () => {\n    expect(filled().total()).toBe(6);\n  });\n});\n",
                ),
                (
                    "src/app.ts",
                    "import { Cart } from './cart';\nimport { log } from './log';\n\nexport function start(port: number): void {\n  const cart = new Cart();\n  log('listening on ' + port + ' with ' + cart.total());\n}\n",
                ),
            ],
        ),
        Commit(
            "Apply coupons",
            &[
                (
                    ".kiro/specs/cart/tasks.md",
                    "- [x] 1. Sum the lines\n  - _Requirements: 1.1_\n- [x] 2. Apply coupons\n  - Reject coupons that expired\n  - _Requirements: 1.2_\n- [ ] 3. Add shipping\n  - _Requirements: 1.3_\n",
                ),
                (
                    "src/coupon.ts",
                    "export interface Coupon { discount: number; expires: number }\n\nexport function isExpired(coupon: Coupon, now: number): boolean {\n  return now > coupon.expires;\n}\n\nexport const discounted = (sum: number, coupon: Coupon): number => {\n  return Math.max(0, sum - coupon.discount);\n};\n",
                ),
                (
                    "src/cart.ts",
                    "import { Coupon, discounted, isExpired } from './coupon';\n\nexport interface Line { price: number; count: number }\n\nexport class Cart {\n  private lines: Line[] = [];\n  private coupon?: Coupon;\n\n  add(line: Line): void {\n    this.lines.push(line);\n  }\n\n  apply(coupon: Coupon, now: number): void {\n    if (isExpired(coupon, now)) throw new Error('expired');\n    this.coupon = coupon;\n  }\n\n  total(): number {\n    const sum = this.lines.reduce((sum, line) => sum + amount(line), 0);\n    return this.coupon ? discounted(sum, this.coupon) : sum;\n  }\n}\n\nfunction amount(line: Line): number {\n  return line.price * line.count;\n}\n",
                ),
                (
                    "src/log.ts",
                    "export function log(text: string): void {\n  console.info(text);\n}\n",
                ),
            ],
        ),
        Commit(
            "Shipping",
            &[
                (
                    ".kiro/specs/cart/tasks.md",
                    "- [x] 1. Sum the lines\n  - _Requirements: 1.1_\n- [x] 2. Apply coupons\n  - Reject coupons that expired\n  - _Requirements: 1.2_\n- [x] 3. Add shipping\n  - _Requirements: 1.3_\n",
                ),
                (
                    "src/shipping.ts",
                    "const FREE_FROM = 50;\n\nexport function shipping(sum: number): number {\n  return sum < FREE_FROM ? 4.9 : 0;\n}\n",
                ),
            ],
        ),
    ],
    links: &[
        "cart#1 src/cart.ts Cart.add",
        "cart#1 src/cart.ts Cart.total",
        "cart#1 src/cart.ts amount",
        "cart#1 src/cart.test.ts Cart.sums the prices of all lines",
        "cart#2 src/coupon.ts isExpired",
        "cart#2 src/coupon.ts discounted",
        "cart#2 src/cart.ts Cart.apply",
        "cart#2 src/cart.ts Cart.total",
        "cart#3 src/shipping.ts shipping",
    ],
};

/// Python: ticks apart from the code, one commit that ticks all, a trailer, a function that went again.
pub(super) const UPLOAD: History = History {
    name: "upload (Python)",
    steps: &[
        Commit(
            "Plan",
            &[
                (
                    ".kiro/specs/upload/requirements.md",
                    "### Requirement 1: Upload\n\n#### Acceptance Criteria\n\n1. WHEN a file is larger than 10 MB, THE Uploader SHALL refuse it\n2. THE Uploader SHALL scan every file for viruses\n3. THE Uploader SHALL make a thumbnail of each picture\n4. WHEN storing fails, THE Uploader SHALL retry 3 times\n5. THE Uploader SHALL write an audit entry\n",
                ),
                (
                    ".kiro/specs/upload/tasks.md",
                    "- [ ] 1. Refuse large files\n  - _Requirements: 1.1_\n- [ ] 2. Scan for viruses in upload/scan.py\n  - _Requirements: 1.2_\n- [ ] 3. Thumbnails in upload/thumbnail.py\n  - _Requirements: 1.3_\n- [ ] 4. Retry storing\n  - _Requirements: 1.4_\n- [ ] 5. Audit entries\n  - _Requirements: 1.5_\n",
                ),
                (
                    "upload/paths.py",
                    "def safe_name(name):\n    return name.replace('/', '_')\n",
                ),
            ],
        ),
        Commit(
            "Refuse large files",
            &[(
                "upload/limits.py",
                "MAX = 10 * 1024 * 1024\n\n\ndef check_size(file):\n    if file.size > MAX:\n        raise ValueError('too large')\n",
            )],
        ),
        Commit(
            "Tick task 1",
            &[(
                ".kiro/specs/upload/tasks.md",
                "- [x] 1. Refuse large files\n  - _Requirements: 1.1_\n- [ ] 2. Scan for viruses in upload/scan.py\n  - _Requirements: 1.2_\n- [ ] 3. Thumbnails in upload/thumbnail.py\n  - _Requirements: 1.3_\n- [ ] 4. Retry storing\n  - _Requirements: 1.4_\n- [ ] 5. Audit entries\n  - _Requirements: 1.5_\n",
            )],
        ),
        Commit(
            "The rest",
            &[
                (
                    ".kiro/specs/upload/tasks.md",
                    "- [x] 1. Refuse large files\n  - _Requirements: 1.1_\n- [x] 2. Scan for viruses in upload/scan.py\n  - _Requirements: 1.2_\n- [x] 3. Thumbnails in upload/thumbnail.py\n  - _Requirements: 1.3_\n- [x] 4. Retry storing\n  - _Requirements: 1.4_\n- [ ] 5. Audit entries\n  - _Requirements: 1.5_\n",
                ),
                (
                    "upload/scan.py",
                    "def scan(data):\n    return not any(mark in data for mark in signatures())\n\n\ndef signatures():\n    return [b'EICAR']\n",
                ),
                (
                    "upload/thumbnail.py",
                    "def thumbnail(picture, edge=128):\n    return picture.resize((edge, edge))\n\n\ndef legacy_thumbnail(picture):\n    return picture.thumbnail()\n",
                ),
                (
                    "upload/store.py",
                    "def store(client, data):\n    for attempt in range(3):\n        if put(client, data):\n            return True\n    return False\n\n\ndef put(client, data):\n    return client.put(data)\n",
                ),
                (
                    "upload/paths.py",
                    "def safe_name(name):\n    return name.replace('/', '_').strip('.')\n",
                ),
            ],
        ),
        Commit(
            "Drop the old thumbnails",
            &[(
                "upload/thumbnail.py",
                "def thumbnail(picture, edge=128):\n    return picture.resize((edge, edge))\n",
            )],
        ),
        Commit(
            "Audit\n\nSpec-Task: upload#5",
            &[(
                "upload/audit.py",
                "import json\n\n\nclass Audit:\n    def __init__(self, sink):\n        self.sink = sink\n\n    def entry(self, who, what):\n        self.sink.write(encoded(who, what))\n\n\ndef encoded(who, what):\n    return json.dumps({'who': who, 'what': what}) + '\\n'\n",
            )],
        ),
        Commit(
            "Tick the audit",
            &[(
                ".kiro/specs/upload/tasks.md",
                "- [x] 1. Refuse large files\n  - _Requirements: 1.1_\n- [x] 2. Scan for viruses in upload/scan.py\n  - _Requirements: 1.2_\n- [x] 3. Thumbnails in upload/thumbnail.py\n  - _Requirements: 1.3_\n- [x] 4. Retry storing\n  - _Requirements: 1.4_\n- [x] 5. Audit entries\n  - _Requirements: 1.5_\n",
            )],
        ),
    ],
    links: &[
        "upload#1 upload/limits.py check_size",
        "upload#2 upload/scan.py scan",
        "upload#2 upload/scan.py signatures",
        "upload#3 upload/thumbnail.py thumbnail",
        "upload#4 upload/store.py store",
        "upload#4 upload/store.py put",
        "upload#5 upload/audit.py Audit.entry",
        "upload#5 upload/audit.py Audit.__init__",
        "upload#5 upload/audit.py encoded",
    ],
};

/// Go: a rename that goes through all callers, a helper for tests, a second spec ticked in the same commit.
pub(super) const SEARCH: History = History {
    name: "search (Go)",
    steps: &[
        Commit(
            "Plan",
            &[
                (
                    ".kiro/specs/search/requirements.md",
                    "### Requirement 1: Search\n\n#### Acceptance Criteria\n\n1. WHEN a query is empty, THE Search SHALL return nothing\n2. THE Search SHALL rank titles above bodies\n3. THE Search SHALL page results by 20\n",
                ),
                (
                    ".kiro/specs/search/tasks.md",
                    "- [ ] 1. Handle empty queries\n  - _Requirements: 1.1_\n- [ ] 2. Rank results\n  - _Requirements: 1.2_\n- [ ] 3. Page results\n  - _Requirements: 1.3_\n",
                ),
                (
                    ".kiro/specs/export/requirements.md",
                    "### Requirement 1: Export\n\n#### Acceptance Criteria\n\n1. THE Export SHALL write CSV with a header row\n",
                ),
                (
                    ".kiro/specs/export/tasks.md",
                    "- [ ] 1. Write CSV in export/csv.go\n  - _Requirements: 1.1_\n",
                ),
                (
                    "search/search.go",
                    "package search\n\nfunc Find(db *DB, query string) []Doc {\n\treturn db.Match(query)\n}\n\nfunc CountDocs(db *DB) int {\n\treturn len(db.All())\n}\n",
                ),
                (
                    "api/api.go",
                    "package api\n\nfunc Handle(db *DB, request Request) Response {\n\treturn Response{Docs: Find(db, request.Text), Of: CountDocs(db)}\n}\n",
                ),
            ],
        ),
        Commit(
            "Return nothing for empty queries; name things better",
            &[
                (
                    ".kiro/specs/search/tasks.md",
                    "- [x] 1. Handle empty queries\n  - _Requirements: 1.1_\n- [ ] 2. Rank results\n  - _Requirements: 1.2_\n- [ ] 3. Page results\n  - _Requirements: 1.3_\n",
                ),
                (
                    "search/search.go",
                    "package search\n\nimport \"strings\"\n\nfunc Find(db *DB, query string) []Doc {\n\tif isEmpty(query) {\n\t\treturn nil\n\t}\n\treturn db.Match(query)\n}\n\nfunc isEmpty(query string) bool {\n\treturn strings.TrimSpace(query) == \"\"\n}\n\nfunc CountAll(db *DB) int {\n\treturn len(db.All())\n}\n",
                ),
                (
                    "api/api.go",
                    "package api\n\nfunc Handle(db *DB, request Request) Response {\n\treturn Response{Docs: Find(db, request.Text), Of: CountAll(db)}\n}\n",
                ),
            ],
        ),
        Commit(
            "Rank",
            &[
                (
                    ".kiro/specs/search/tasks.md",
                    "- [x] 1. Handle empty queries\n  - _Requirements: 1.1_\n- [x] 2. Rank results\n  - _Requirements: 1.2_\n- [ ] 3. Page results\n  - _Requirements: 1.3_\n",
                ),
                (
                    "search/rank.go",
                    "package search\n\nimport \"sort\"\n\nfunc rank(docs []Doc, query string) []Doc {\n\tsort.Slice(docs, func(a, b int) bool { return score(docs[a], query) > score(docs[b], query) })\n\treturn docs\n}\n\nfunc score(doc Doc, query string) int {\n\tpoints := 0\n\tif contains(doc.Title, query) {\n\t\tpoints += 10\n\t}\n\tif contains(doc.Body, query) {\n\t\tpoints++\n\t}\n\treturn points\n}\n",
                ),
                (
                    "search/rank_test.go",
                    "package search\n\nimport \"testing\"\n\nfunc docs() []Doc {\n\treturn []Doc{{Title: \"a\"}, {Body: \"a\"}}\n}\n\nfunc TestTitlesRankAboveBodies(t *testing.T) {\n\tif rank(docs(), \"a\")[0].Title != \"a\" {\n\t\tt.Fatal()\n\t}\n}\n",
                ),
            ],
        ),
        Commit(
            "Pages, and CSV",
            &[
                (
                    ".kiro/specs/search/tasks.md",
                    "- [x] 1. Handle empty queries\n  - _Requirements: 1.1_\n- [x] 2. Rank results\n  - _Requirements: 1.2_\n- [x] 3. Page results\n  - _Requirements: 1.3_\n",
                ),
                (
                    ".kiro/specs/export/tasks.md",
                    "- [x] 1. Write CSV in export/csv.go\n  - _Requirements: 1.1_\n",
                ),
                (
                    "search/page.go",
                    "package search\n\nconst pageSize = 20\n\nfunc Page(docs []Doc, number int) []Doc {\n\tfrom := number * pageSize\n\treturn docs[from:min(from+pageSize, len(docs))]\n}\n",
                ),
                (
                    "export/csv.go",
                    "package export\n\nfunc WriteCSV(w Writer, rows [][]string) {\n\tw.Write(header())\n\tfor _, row := range rows {\n\t\tw.Write(row)\n\t}\n}\n\nfunc header() []string {\n\treturn []string{\"id\", \"title\"}\n}\n",
                ),
            ],
        ),
    ],
    links: &[
        "search#1 search/search.go Find",
        "search#1 search/search.go isEmpty",
        "search#2 search/rank.go rank",
        "search#2 search/rank.go score",
        "search#2 search/rank_test.go TestTitlesRankAboveBodies",
        "search#3 search/page.go Page",
        "export#1 export/csv.go WriteCSV",
        "export#1 export/csv.go header",
    ],
};
