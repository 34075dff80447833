//! Short prompts and the classes they speak of. The first class is the main one; none means that the drafter is to use the
//! prompt's own words.

use rutter_catalogue::Catalogue;

const PROMPTS: &[(&str, &[&str])] = &[
    ("Add a login page", &["sign-in"]),
    ("Let customers sign in with Google", &["sign-in"]),
    ("Users should be able to register with their email and a password", &["sign-up"]),
    ("Build the sign-up form and send a verification email", &["sign-up"]),
    ("I forgot my password flow is missing, please add password reset by email", &["password-recovery"]),
    ("Log people out of all devices when they change their password", &["sessions"]),
    ("Add TOTP two-factor authentication", &["two-factor"]),
    ("Only admins may delete projects; add roles for editors and viewers", &["permissions"]),
    ("Add CRUD for suppliers", &["crud"]),
    ("Let librarians create, edit and delete books", &["crud"]),
    ("Paginate the orders table and allow sorting by date", &["list"]),
    ("Add filters to the ticket list", &["list"]),
    ("Search products by name with autocomplete", &["search"]),
    ("Allow users to upload a profile picture", &["upload"]),
    ("Let members attach files to tasks", &["upload"]),
    ("Export invoices as CSV", &["export"]),
    ("Download the monthly statement as PDF", &["export"]),
    ("Import contacts from a CSV file", &["import"]),
    ("Accept credit card payments with Stripe", &["payments"]),
    ("Add a monthly subscription with a 14 day free trial", &["subscriptions"]),
    ("Support agents can refund an order partially", &["refunds"]),
    ("Add a shopping cart with discount codes", &["cart"]),
    ("Patients can book appointments and cancel them up to 24 hours before", &["booking"]),
    ("Send an email reminder one day before the due date", &["notifications"]),
    ("Notify customers about refunds by push notification", &["notifications"]),
    ("Add comments to blog posts", &["comments"]),
    ("Let buyers leave a star rating and a review", &["comments"]),
    ("Add a REST endpoint that returns the current exchange rates", &["api-endpoint"]),
    ("Expose a GraphQL API for our mobile app", &["api-endpoint"]),
    ("Send webhooks when an invoice is paid", &["webhook-out"]),
    ("Receive Stripe webhooks for failed payments", &["webhook-in"]),
    ("Handle GitHub webhooks and update the issue status", &["webhook-in"]),
    ("Move thumbnail generation into a background job", &["background-jobs"]),
    ("Every night at 2am, recalculate the loyalty points", &["scheduled-tasks"]),
    ("Split the full name column into first and last name with a data migration", &["migration"]),
    ("Add a `stats` subcommand to the CLI", &["cli"]),
    ("Add a --dry-run flag to sync", &["cli"]),
    ("Make the retry count configurable through an environment variable", &["configuration"]),
    ("Cache the product catalogue in Redis", &["caching"]),
    ("Limit the API to 100 requests per minute per key", &["rate-limits"]),
    ("Add rate limiting to the login endpoint", &["rate-limits"]),
    ("Bump tokio to 1.40", &["dependency"]),
    ("Upgrade Django from 3.2 to 4.2", &["dependency"]),
    ("Add an audit log for all admin actions", &["audit"]),
    ("Expose Prometheus metrics and a health check", &["health"]),
    ("Translate the UI into German and French", &["i18n"]),
    ("Add a contact form", &["form"]),
    ("Add dark mode", &["theme"]),
    ("Make the checkout usable with a screen reader", &["accessibility"]),
    ("The dashboard is too slow, speed it up", &["performance"]),
    ("Refactor the billing module", &["refactor"]),
    ("Rename `getUser` to `fetchUser`", &["rename"]),
    ("Change the button label from Save to Submit", &["label"]),
    ("Fix the typo in the welcome message", &["label"]),
    ("Increase the upload limit from 5 MB to 20 MB", &["limit"]),
    ("Delete tickets older than two years automatically", &["retention"]),
    ("Let users delete their account (GDPR)", &["privacy"]),
    ("Add real-time updates to the board via WebSockets", &["chat"]),
    ("Show a sales dashboard with revenue by month", &["reports"]),
    ("Put the new editor behind a feature flag", &["feature-flags"]),
    ("Integrate with Salesforce", &["integration"]),
    ("Nightly database backups with point in time recovery", &["backup"]),
    ("Show nearby stores on a map", &["map"]),
    ("Prevent lost updates when two people edit the same page", &["locking"]),
    ("Fix: the app crashes when the list is empty", &["bug-fix"]),
    ("The total is wrong for orders with a discount", &["bug-fix"]),
    ("Add a landing page for the spring campaign", &["page"]),
    // Two at once.
    ("Add search and pagination to the customers page", &["search", "list"]),
    ("Add a login page and password reset", &["sign-in", "password-recovery"]),
    ("Import products from Excel and export them as CSV", &["import", "export"]),
    ("Add comments and notify the author by email", &["comments", "notifications"]),
    ("Let users upload receipts and export them as PDF", &["upload", "export"]),
    ("Add caching and rate limits for the public API", &["caching", "rate-limits"]),
    // Other languages.
    ("Füge eine Anmeldeseite hinzu", &["sign-in"]),
    ("Kunden sollen Rechnungen als PDF herunterladen können", &["export"]),
    ("Suche nach Produkten mit Autovervollständigung einbauen", &["search"]),
    ("Das Passwort zurücksetzen per E-Mail ermöglichen", &["password-recovery"]),
    ("Dunkelmodus hinzufügen", &["theme"]),
    ("Die Anwendung stürzt ab, wenn die Liste leer ist, bitte beheben", &["bug-fix"]),
    ("Añadir un carrito de compras con cupones", &["cart"]),
    ("Los usuarios deben poder restablecer su contraseña", &["password-recovery"]),
    ("Exportar los pedidos en CSV", &["export"]),
    ("Enviar notificaciones cuando un pedido cambia de estado", &["notifications"]),
    ("Ajouter une page de connexion pour les clients", &["sign-in"]),
    ("Permettre la réservation de créneaux avec un rappel par e-mail", &["booking", "notifications"]),
    ("Importer des contacts depuis un fichier CSV", &["import"]),
    ("Corriger l'erreur 500 lors du paiement", &["bug-fix"]),
    ("ログイン画面を追加してください", &["sign-in"]),
    ("注文をCSVでエクスポートできるようにする", &["export"]),
    ("商品検索機能を追加する", &["search"]),
    ("画像アップロードのバグを修正", &["bug-fix"]),
    ("添加登录页面", &["sign-in"]),
    ("支持将订单导出为 Excel", &["export"]),
    ("给接口加限流，每分钟 100 次", &["rate-limits"]),
    ("修复首页加载崩溃的问题", &["bug-fix"]),
    // None of ours.
    ("Draw the fleet's routes as an animated heat map", &[]),
    ("Compute the shortest path through the warehouse for a picker", &[]),
    ("Simulate the orbit of a satellite around the earth", &[]),
    ("Generate crossword puzzles from a word list", &[]),
    ("Parse TOML files without losing comments", &[]),
    ("Make it better", &[]),
    ("Let the robot arm stop when the light barrier is broken", &[]),
    ("Calculate sales tax by state", &[]),
    ("Colour the cells of the board by their distance to the exit", &[]),
    ("Estimate the remaining battery life", &[]),
    ("Berechne die Fahrzeit zwischen zwei Haltestellen", &[]),
    ("Calcular la huella de carbono de cada envío", &[]),
    ("部屋の温度を予測する", &[]),
    ("计算两个城市之间的距离", &[]),
];

fn is_right(found: &[&str], expected: &[&str]) -> bool {
    match expected {
        [] => found.is_empty(),
        [one] => found.first() == Some(one),
        both => both.iter().all(|class| found.iter().take(both.len()).any(|id| id == class)),
    }
}

#[test]
fn prompts_find_their_classes() {
    let catalogue = Catalogue::builtin();
    let wrong: Vec<String> = PROMPTS
        .iter()
        .filter_map(|(prompt, expected)| {
            let found = catalogue.classify(prompt);
            let ids: Vec<&str> = found.iter().map(|found| found.class.id.as_str()).collect();
            let why: Vec<String> = found.iter().map(|found| format!("{} {} {:?}", found.class.id, found.score, found.why)).collect();
            (!is_right(&ids, expected)).then(|| format!("{prompt}\n  wanted {expected:?}, found {why:?}"))
        })
        .collect();
    let share = 100 - wrong.len() * 100 / PROMPTS.len();
    assert!(share > 100, "{share} % right; wrong:\n{}", wrong.join("\n"));
}
