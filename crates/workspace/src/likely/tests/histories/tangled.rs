//! Java, JavaScript, Ruby and C#, and a project that comes at once: renames, merges, much else in one commit.

use super::History;
use super::Step::{Commit, Git, Move};

/// Java: classes with getters, a service reworked, a parent ticked with its last child.
pub(super) const REPORTS: History = History {
    name: "reports (Java)",
    steps: &[
        Commit(
            "Plan",
            &[
                (
                    ".kiro/specs/reports/requirements.md",
                    "### Requirement 1: Monthly reports\n\n#### Acceptance Criteria\n\n1. WHEN a month ends, THE Reporter SHALL create a report per customer\n2. THE Reporter SHALL send each report by mail\n3. IF sending fails, THEN THE Reporter SHALL queue the report again\n",
                ),
                (
                    ".kiro/specs/reports/tasks.md",
                    "- [ ] 1. Reports\n  - [ ] 1.1 Create monthly reports\n    - `ReportService.createReports`\n    - _Requirements: 1.1_\n  - [ ] 1.2 Send reports by mail and queue failures\n    - _Requirements: 1.2, 1.3_\n- [ ] 2. Checkpoint\n",
                ),
                (
                    "src/main/java/app/Customer.java",
                    "package app;\n\npublic class Customer {\n  private final String name;\n\n  public Customer(String name) {\n    this.name = name;\n  }\n\n  public String getName() {\n    return name;\n  }\n}\n",
                ),
            ],
        ),
        Commit(
            "Create reports",
            &[
                (
                    ".kiro/specs/reports/tasks.md",
                    "- [ ] 1. Reports\n  - [x] 1.1 Create monthly reports\n    - `ReportService.createReports`\n    - _Requirements: 1.1_\n  - [ ] 1.2 Send reports by mail and queue failures\n    - _Requirements: 1.2, 1.3_\n- [ ] 2. Checkpoint\n",
                ),
                (
                    "src/main/java/app/ReportService.java",
                    "package app;\n\nimport java.util.List;\n\npublic class ReportService {\n  public List<Report> createReports(List<Customer> customers, Month month) {\n    return customers.stream().map(c -> forCustomer(c, month)).toList();\n  }\n\n  private Report forCustomer(Customer customer, Month month) {\n    return new Report(customer.getMail(), month);\n  }\n}\n",
                ),
                (
                    "src/main/java/app/Customer.java",
                    "package app;\n\npublic class Customer {\n  private final String name;\n  private final String mail;\n\n  public Customer(String name, String mail) {\n    this.name = name;\n    this.mail = mail;\n  }\n\n  public String getName() {\n    return name;\n  }\n\n  public String getMail() {\n    return mail;\n  }\n\n  @Override\n  public String toString() {\n    return name;\n  }\n}\n",
                ),
                (
                    "src/test/java/app/ReportServiceTest.java",
                    "package app;\n\nimport org.junit.jupiter.api.Test;\n\nclass ReportServiceTest {\n  private Customer ada() {\n    return new Customer(\"Ada\", \"ada@example.org\");\n  }\n\n  @Test\n  void createsAReportPerCustomer() {\n    assertEquals(1, new ReportService().createReports(List.of(ada()), Month.MAY).size());\n  }\n}\n",
                ),
            ],
        ),
        Commit(
            "Send reports",
            &[
                (
                    ".kiro/specs/reports/tasks.md",
                    "- [x] 1. Reports\n  - [x] 1.1 Create monthly reports\n    - `ReportService.createReports`\n    - _Requirements: 1.1_\n  - [x] 1.2 Send reports by mail and queue failures\n    - _Requirements: 1.2, 1.3_\n- [x] 2. Checkpoint\n",
                ),
                (
                    "src/main/java/app/ReportSender.java",
                    "package app;\n\npublic class ReportSender {\n  public void send(Report report) {\n    try {\n      deliver(report);\n    } catch (MailException failure) {\n      enqueue(report);\n    }\n  }\n\n  private void deliver(Report report) throws MailException {\n    smtp.send(report.to(), report.text());\n  }\n\n  private void enqueue(Report report) {\n    queue.add(report);\n  }\n}\n",
                ),
            ],
        ),
    ],
    links: &[
        "reports#1.1 src/main/java/app/ReportService.java ReportService.createReports",
        "reports#1.1 src/main/java/app/ReportService.java ReportService.forCustomer",
        "reports#1.1 src/test/java/app/ReportServiceTest.java ReportServiceTest.createsAReportPerCustomer",
        "reports#1.2 src/main/java/app/ReportSender.java ReportSender.send",
        "reports#1.2 src/main/java/app/ReportSender.java ReportSender.deliver",
        "reports#1.2 src/main/java/app/ReportSender.java ReportSender.enqueue",
    ],
};

/// One commit that brings the whole project and ticks two of its tasks.
pub(super) const BIG: History = History {
    name: "a wide commit",
    steps: &[
        Commit(
            "Plan",
            &[
                (
                    ".kiro/specs/mail/requirements.md",
                    "### Requirement 1: Mail\n\n#### Acceptance Criteria\n\n1. THE Mailer SHALL send\n2. THE Mailer SHALL receive\n",
                ),
                (
                    ".kiro/specs/mail/tasks.md",
                    "- [ ] 1. Send in src/send.py\n  - _Requirements: 1.1_\n- [ ] 2. Receive\n  - _Requirements: 1.2_\n",
                ),
            ],
        ),
        Commit(
            "Everything",
            &[
                (
                    ".kiro/specs/mail/tasks.md",
                    "- [x] 1. Send in src/send.py\n  - _Requirements: 1.1_\n- [x] 2. Receive\n  - _Requirements: 1.2_\n",
                ),
                ("src/send.py", "def send(mail):\n    pass\n"),
                ("src/m00.py", "def receive(): pass\n"),
                ("src/m01.py", "def f(): pass\n"),
                ("src/m02.py", "def f(): pass\n"),
                ("src/m03.py", "def f(): pass\n"),
                ("src/m04.py", "def f(): pass\n"),
                ("src/m05.py", "def f(): pass\n"),
                ("src/m06.py", "def f(): pass\n"),
                ("src/m07.py", "def f(): pass\n"),
                ("src/m08.py", "def f(): pass\n"),
                ("src/m09.py", "def f(): pass\n"),
                ("src/m10.py", "def f(): pass\n"),
                ("src/m11.py", "def f(): pass\n"),
                ("src/m12.py", "def f(): pass\n"),
                ("src/m13.py", "def f(): pass\n"),
                ("src/m14.py", "def f(): pass\n"),
                ("src/m15.py", "def f(): pass\n"),
                ("src/m16.py", "def f(): pass\n"),
                ("src/m17.py", "def f(): pass\n"),
                ("src/m18.py", "def f(): pass\n"),
                ("src/m19.py", "def f(): pass\n"),
                ("src/m20.py", "def f(): pass\n"),
                ("src/m21.py", "def f(): pass\n"),
                ("src/m22.py", "def f(): pass\n"),
                ("src/m23.py", "def f(): pass\n"),
                ("src/m24.py", "def f(): pass\n"),
                ("src/m25.py", "def f(): pass\n"),
                ("src/m26.py", "def f(): pass\n"),
                ("src/m27.py", "def f(): pass\n"),
                ("src/m28.py", "def f(): pass\n"),
                ("src/m29.py", "def f(): pass\n"),
            ],
        ),
    ],
    links: &["mail#1 src/send.py -"],
};

/// JavaScript: a spec under another name since, and a task that is open again.
pub(super) const WEBHOOKS: History = History {
    name: "webhooks (JavaScript)",
    steps: &[
        Commit(
            "Plan",
            &[
                (
                    ".kiro/specs/hooks/requirements.md",
                    "### Requirement 1: Webhooks\n\n#### Acceptance Criteria\n\n1. THE Sender SHALL sign each webhook with HMAC\n2. WHEN a receiver answers 5xx, THE Sender SHALL back off\n3. THE Sender SHALL drop duplicates\n",
                ),
                (
                    ".kiro/specs/hooks/tasks.md",
                    "# Tasks\n\n- [ ] 1. Sign webhooks\n  - _Requirements: 1.1_\n- [ ] 2. Back off\n  - _Requirements: 1.2_\n- [ ] 3. Drop duplicates\n  - _Requirements: 1.3_\n",
                ),
            ],
        ),
        Commit(
            "Sign",
            &[
                (
                    ".kiro/specs/hooks/tasks.md",
                    "# Tasks\n\n- [x] 1. Sign webhooks\n  - _Requirements: 1.1_\n- [ ] 2. Back off\n  - _Requirements: 1.2_\n- [ ] 3. Drop duplicates\n  - _Requirements: 1.3_\n",
                ),
                (
                    "lib/sign.js",
                    "const crypto = require('crypto');\n\nfunction sign(secret, body) {\n  return crypto.createHmac('sha256', secret).update(body).digest('hex');\n}\n\nfunction matches(one, other) {\n  return crypto.timingSafeEqual(one, other);\n}\n\nmodule.exports = { sign, matches };\n",
                ),
            ],
        ),
        Move(".kiro/specs/hooks", ".kiro/specs/webhooks"),
        Commit("Call it webhooks", &[]),
        Commit(
            "Back off",
            &[
                (
                    ".kiro/specs/webhooks/tasks.md",
                    "# Tasks\n\n- [x] 1. Sign webhooks\n  - _Requirements: 1.1_\n- [x] 2. Back off\n  - _Requirements: 1.2_\n- [ ] 3. Drop duplicates\n  - _Requirements: 1.3_\n",
                ),
                (
                    "lib/backoff.js",
                    "function backoff(attempt) {\n  return jitter(2 ** attempt * 1000);\n}\n\nfunction jitter(delay) {\n  return delay * (0.5 + Math.random() / 2);\n}\n\nmodule.exports = { backoff };\n",
                ),
            ],
        ),
        Commit(
            "Drop duplicates",
            &[
                (
                    ".kiro/specs/webhooks/tasks.md",
                    "# Tasks\n\n- [x] 1. Sign webhooks\n  - _Requirements: 1.1_\n- [x] 2. Back off\n  - _Requirements: 1.2_\n- [x] 3. Drop duplicates\n  - _Requirements: 1.3_\n",
                ),
                (
                    "lib/duplicates.js",
                    "const seen = new Set();\n\nfunction isDuplicate(id) {\n  if (seen.has(id)) return true;\n  seen.add(id);\n  return false;\n}\n\nmodule.exports = { isDuplicate };\n",
                ),
            ],
        ),
        Commit(
            "Not yet",
            &[(
                ".kiro/specs/webhooks/tasks.md",
                "# Tasks\n\n- [x] 1. Sign webhooks\n  - _Requirements: 1.1_\n- [x] 2. Back off\n  - _Requirements: 1.2_\n- [ ] 3. Drop duplicates\n  - _Requirements: 1.3_\n",
            )],
        ),
    ],
    links: &[
        "webhooks#1 lib/sign.js sign",
        "webhooks#1 lib/sign.js matches",
        "webhooks#2 lib/backoff.js backoff",
        "webhooks#2 lib/backoff.js jitter",
    ],
};

/// Ruby: work on a branch that is merged, the merge itself, and a file reformatted while ticking.
pub(super) const MERGED: History = History {
    name: "invoices (Ruby, merged)",
    steps: &[
        Commit(
            "Plan",
            &[
                (
                    ".kiro/specs/invoices/requirements.md",
                    "### Requirement 1: Invoices\n\n#### Acceptance Criteria\n\n1. THE Invoice SHALL show the VAT of each rate\n2. THE Invoice SHALL have a number without gaps\n",
                ),
                (
                    ".kiro/specs/invoices/tasks.md",
                    "- [ ] 1. Show VAT per rate\n  - _Requirements: 1.1_\n- [ ] 2. Number invoices without gaps\n  - _Requirements: 1.2_\n",
                ),
                (
                    "lib/money.rb",
                    "def cents(amount)\n  (amount * 100).round\nend\n\ndef euros(cents)\n  cents / 100.0\nend\n",
                ),
            ],
        ),
        Git(&["switch", "-q", "-c", "vat"]),
        Commit(
            "VAT per rate",
            &[
                (
                    ".kiro/specs/invoices/tasks.md",
                    "- [x] 1. Show VAT per rate\n  - _Requirements: 1.1_\n- [ ] 2. Number invoices without gaps\n  - _Requirements: 1.2_\n",
                ),
                (
                    "lib/vat.rb",
                    "class Vat\n  def initialize(lines)\n    @lines = lines\n  end\n\n  def per_rate\n    @lines.group_by(&:rate).transform_values { |lines| total(lines) }\n  end\n\n  def total(lines)\n    lines.sum { |line| line.net * line.rate }\n  end\nend\n",
                ),
                (
                    "lib/money.rb",
                    "def cents(amount)\n    (amount * 100).round\nend\n\n# Euros of cents.\ndef euros(cents)\n    cents / 100.0\nend\n",
                ),
            ],
        ),
        Git(&["switch", "-q", "main"]),
        Commit("Talk", &[("README.md", "Invoices\n")]),
        Git(&["merge", "-q", "--no-ff", "-m", "Merge VAT", "vat"]),
        Commit(
            "Number invoices",
            &[
                (
                    ".kiro/specs/invoices/tasks.md",
                    "- [x] 1. Show VAT per rate\n  - _Requirements: 1.1_\n- [x] 2. Number invoices without gaps\n  - _Requirements: 1.2_\n",
                ),
                (
                    "lib/numbers.rb",
                    "def next_number(store)\n  store.transaction { increment(store) }\nend\n\ndef increment(store)\n  store[:last] = (store[:last] || 0) + 1\nend\n",
                ),
            ],
        ),
    ],
    links: &[
        "invoices#1 lib/vat.rb Vat.initialize",
        "invoices#1 lib/vat.rb Vat.per_rate",
        "invoices#1 lib/vat.rb Vat.total",
        "invoices#2 lib/numbers.rb next_number",
        "invoices#2 lib/numbers.rb increment",
    ],
};

/// C#: a commit that does its task and much else: a rename through all callers, another feature, new helpers of its own.
pub(super) const BOOKINGS: History = History {
    name: "bookings (C#, untidy)",
    steps: &[
        Commit(
            "Plan",
            &[
                (
                    ".kiro/specs/bookings/requirements.md",
                    "### Requirement 1: Bookings\n\n#### Acceptance Criteria\n\n1. WHEN two bookings of a room overlap, THE Planner SHALL refuse the second\n2. WHEN a booking is cancelled a day ahead, THE Planner SHALL refund it\n",
                ),
                (
                    ".kiro/specs/bookings/tasks.md",
                    "- [ ] 1. Refuse overlapping bookings\n  - _Requirements: 1.1_\n- [ ] 2. Refund cancelled bookings\n  - _Requirements: 1.2_\n",
                ),
                (
                    "Planner.cs",
                    "namespace App;\n\npublic class Planner {\n  public bool Book(Room room, Slot slot) {\n    Store.Put(room, slot);\n    return true;\n  }\n\n  public void Cancel(Booking booking) {\n    Store.Drop(booking);\n  }\n\n  public string Describe(Room room) {\n    return room.Title;\n  }\n}\n",
                ),
                (
                    "Mail.cs",
                    "namespace App;\n\npublic class Mail {\n  public void Greet(Person person) {\n    Send(person, Planner.Describe(person.Room));\n  }\n}\n",
                ),
            ],
        ),
        Commit(
            "Refuse overlaps; call it Summary; greet by language",
            &[
                (
                    ".kiro/specs/bookings/tasks.md",
                    "- [x] 1. Refuse overlapping bookings\n  - _Requirements: 1.1_\n- [ ] 2. Refund cancelled bookings\n  - _Requirements: 1.2_\n",
                ),
                (
                    "Planner.cs",
                    "namespace App;\n\npublic class Planner {\n  public bool Book(Room room, Slot slot) {\n    if (Overlaps(room, slot)) return false;\n    Store.Put(room, slot);\n    return true;\n  }\n\n  private bool Overlaps(Room room, Slot slot) {\n    return Store.Of(room).Any(other => other.From < slot.To && slot.From < other.To);\n  }\n\n  public void Cancel(Booking booking) {\n    Store.Drop(booking);\n  }\n\n  public string Summary(Room room) {\n    return room.Title;\n  }\n}\n",
                ),
                (
                    "Mail.cs",
                    "namespace App;\n\npublic class Mail {\n  public void Greet(Person person) {\n    Send(person, Planner.Summary(person.Room) + Hello(person.Language));\n  }\n\n  private string Hello(string language) {\n    return language == \"de\" ? \"Hallo\" : \"Hello\";\n  }\n}\n",
                ),
                (
                    "Room.cs",
                    "namespace App;\n\npublic class Room {\n  public string Title;\n\n  public int SeatsLeft(int taken) {\n    return 12 - taken;\n  }\n}\n",
                ),
            ],
        ),
        Commit(
            "Refunds",
            &[
                (
                    ".kiro/specs/bookings/tasks.md",
                    "- [x] 1. Refuse overlapping bookings\n  - _Requirements: 1.1_\n- [x] 2. Refund cancelled bookings\n  - _Requirements: 1.2_\n",
                ),
                (
                    "Planner.cs",
                    "namespace App;\n\npublic class Planner {\n  public bool Book(Room room, Slot slot) {\n    if (Overlaps(room, slot)) return false;\n    Store.Put(room, slot);\n    Log.Write(slot);\n    return true;\n  }\n\n  private bool Overlaps(Room room, Slot slot) {\n    return Store.Of(room).Any(other => other.From < slot.To && slot.From < other.To);\n  }\n\n  public void Cancel(Booking booking) {\n    Store.Drop(booking);\n    if (booking.IsADayAhead) Refund(booking);\n  }\n\n  private void Refund(Booking booking) {\n    Payments.Return(booking.Price);\n  }\n\n  public string Summary(Room room) {\n    return room.Title;\n  }\n}\n",
                ),
            ],
        ),
    ],
    links: &[
        "bookings#1 Planner.cs Planner.Book",
        "bookings#1 Planner.cs Planner.Overlaps",
        "bookings#2 Planner.cs Planner.Cancel",
        "bookings#2 Planner.cs Planner.Refund",
    ],
};
