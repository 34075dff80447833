//! What a project's manifests and files say it is.

use expect_test::{Expect, expect};
use rutter_code::project::{Manifest, Project, detect};
use std::fmt::Write;

fn project(files: &[&str], manifests: &[(&str, &str)]) -> Project {
    let files: Vec<String> = files
        .iter()
        .copied()
        .chain(manifests.iter().map(|(path, _)| *path))
        .map(str::to_owned)
        .collect();
    let manifests: Vec<Manifest<'_>> = manifests
        .iter()
        .map(|(path, text)| Manifest { path, text })
        .collect();
    detect(&files, &manifests)
}

fn check(project: &Project, sources: &[&str], expected: Expect) {
    let mut out = String::new();
    let languages: Vec<String> = project
        .languages
        .iter()
        .map(|(l, n)| format!("{} {n}", l.name()))
        .collect();
    let _ = writeln!(out, "name: {}", project.name.as_deref().unwrap_or("-"));
    let _ = writeln!(out, "languages: {}", languages.join(", "));
    let _ = writeln!(out, "frameworks: {}", project.frameworks.join(", "));
    let _ = writeln!(out, "libraries: {}", project.libraries.join(", "));
    let runner = project
        .test_runner
        .as_ref()
        .map(|r| format!("{} `{}`", r.name, r.command));
    let _ = writeln!(out, "tests: {}", runner.as_deref().unwrap_or("-"));
    let _ = writeln!(
        out,
        "packages: {}",
        project.package_manager.as_deref().unwrap_or("-")
    );
    let _ = writeln!(
        out,
        "build: {}",
        project.build_command.as_deref().unwrap_or("-")
    );
    let _ = writeln!(
        out,
        "lint: {}",
        project.lint_command.as_deref().unwrap_or("-")
    );
    let _ = writeln!(
        out,
        "dirs: {} | {}",
        project.source_dirs.join(" "),
        project.test_dirs.join(" ")
    );
    for source in sources {
        let _ = writeln!(
            out,
            "{source} -> {}",
            project.test_file_style.test_path_for(source)
        );
    }
    expected.assert_eq(&out);
}

#[test]
fn node_with_express() {
    let manifest = r#"{"name": "shop", "scripts": {"test": "vitest run", "build": "tsc", "lint": "eslint ."},
        "dependencies": {"express": "4", "@prisma/client": "5", "stripe": "1", "ioredis": "5"}, "devDependencies": {"vitest": "1"}}"#;
    let files = [
        "src/app.ts",
        "src/auth/login.ts",
        "src/auth/login.test.ts",
        "src/ui/Form.tsx",
        "pnpm-lock.yaml",
        "node_modules/a/b.js",
        "dist/app.js",
    ];
    check(
        &project(&files, &[("package.json", manifest)]),
        &["src/orders/cart.ts", "src/ui/Form.tsx"],
        expect![[r#"
        name: shop
        languages: TypeScript 3, TSX 1
        frameworks: express
        libraries: prisma, redis, stripe
        tests: vitest `pnpm test`
        packages: pnpm
        build: pnpm run build
        lint: pnpm run lint
        dirs: src | 
        src/orders/cart.ts -> src/orders/cart.test.ts
        src/ui/Form.tsx -> src/ui/Form.test.tsx
    "#]],
    );
}

#[test]
fn node_with_tests_in_a_folder_of_their_own() {
    let manifest =
        r#"{"dependencies": {"react": "18", "next": "14"}, "devDependencies": {"jest": "29"}}"#;
    let files = [
        "src/auth/login.js",
        "src/auth/__tests__/login.test.js",
        "src/app.js",
    ];
    check(
        &project(&files, &[("package.json", manifest)]),
        &["src/orders/cart.js"],
        expect![[r#"
        name: -
        languages: JavaScript 3
        frameworks: next, react
        libraries: 
        tests: jest `npx jest`
        packages: npm
        build: -
        lint: -
        dirs: src | src/auth/__tests__
        src/orders/cart.js -> src/orders/__tests__/cart.test.js
    "#]],
    );
}

#[test]
fn node_with_its_own_test_runner() {
    let manifest = r#"{"name": "n", "packageManager": "yarn@4.1.0", "scripts": {"test": "node --test"}, "dependencies": {"fastify": "4"}}"#;
    let files = [
        "lib/server.js",
        "lib/routes/users.js",
        "test/server.test.js",
        "test/routes/users.test.js",
    ];
    check(
        &project(&files, &[("package.json", manifest)]),
        &["lib/routes/orders.js"],
        expect![[r#"
        name: n
        languages: JavaScript 4
        frameworks: fastify
        libraries: 
        tests: node --test `yarn test`
        packages: yarn
        build: -
        lint: -
        dirs: lib | test
        lib/routes/orders.js -> test/routes/orders.test.js
    "#]],
    );
}

#[test]
fn a_script_that_only_says_there_are_no_tests_runs_none() {
    let manifest = r#"{"scripts": {"test": "echo \"Error: no test specified\" && exit 1"}}"#;
    assert_eq!(
        project(&["index.js"], &[("package.json", manifest)]).test_runner,
        None
    );
}

#[test]
fn python_with_fastapi() {
    let manifest = "[project]\nname = \"orders\"\ndependencies = [\"fastapi>=0.1\", \"SQLAlchemy[asyncio]~=2\", \"celery\", \"redis\"]\n\
        [dependency-groups]\ndev = [\"pytest\", \"hypothesis\"]\n[tool.ruff]\nline-length = 100\n";
    let files = [
        "src/orders/api.py",
        "src/orders/models.py",
        "tests/test_api.py",
        "tests/conftest.py",
        "uv.lock",
    ];
    check(
        &project(&files, &[("pyproject.toml", manifest)]),
        &["src/orders/login.py"],
        expect![[r#"
        name: orders
        languages: Python 4
        frameworks: fastapi
        libraries: sqlalchemy, redis, celery, hypothesis
        tests: pytest `uv run pytest`
        packages: uv
        build: -
        lint: uv run ruff check
        dirs: src | tests
        src/orders/login.py -> tests/test_login.py
    "#]],
    );
}

#[test]
fn python_with_django_and_requirements() {
    let files = [
        "manage.py",
        "shop/models.py",
        "shop/tests.py",
        "shop/views.py",
        "users/models.py",
        "users/tests.py",
    ];
    let text = "# pinned\nDjango==5.0 \npsycopg2-binary\n-r other.txt\n";
    check(
        &project(&files, &[("requirements.txt", text)]),
        &["orders/views.py"],
        expect![[r#"
            name: -
            languages: Python 6
            frameworks: django
            libraries: postgresql
            tests: django test `python manage.py test`
            packages: pip
            build: -
            lint: -
            dirs: shop users | 
            orders/views.py -> orders/tests.py
        "#]],
    );
}

#[test]
fn python_with_setup_py() {
    let text = "from setuptools import setup\nsetup(\n    name=\"tool\",\n    install_requires=[\n        \"click>=8\",\n        'requests',\n    ],\n)\n";
    check(
        &project(&["tool/cli.py", "tool/core/run.py"], &[("setup.py", text)]),
        &["tool/cli.py"],
        expect![[r#"
            name: tool
            languages: Python 3
            frameworks: click
            libraries: requests
            tests: -
            packages: pip
            build: -
            lint: -
            dirs: tool | 
            tool/cli.py -> tests/test_cli.py
        "#]],
    );
}

#[test]
fn rust_workspace() {
    let root = "[workspace]\nmembers = [\"crates/*\"]\n[workspace.dependencies]\naxum = \"0.8\"\nsqlx = \"0.8\"\n";
    let api = "[package]\nname = \"api\"\n[dependencies]\naxum.workspace = true\ntokio = \"1\"\n[dev-dependencies]\nproptest = \"1\"\n";
    let files = [
        "crates/api/src/lib.rs",
        "crates/api/src/login.rs",
        "crates/core/src/lib.rs",
    ];
    check(
        &project(
            &files,
            &[("Cargo.toml", root), ("crates/api/Cargo.toml", api)],
        ),
        &["crates/api/src/login.rs"],
        expect![[r#"
        name: api
        languages: Rust 3
        frameworks: axum
        libraries: sqlx, tokio, proptest
        tests: cargo test `cargo test --workspace`
        packages: cargo
        build: cargo build
        lint: cargo clippy
        dirs: crates/api/src crates/core/src | 
        crates/api/src/login.rs -> crates/api/src/login.rs
    "#]],
    );
}

#[test]
fn rust_with_integration_tests() {
    let text = "[package]\nname = \"cli\"\n[dependencies]\nclap = { version = \"4\" }\n";
    let files = [
        "src/main.rs",
        "src/config.rs",
        "tests/config.rs",
        ".config/nextest.toml",
    ];
    check(
        &project(&files, &[("Cargo.toml", text)]),
        &["src/login.rs"],
        expect![[r#"
        name: cli
        languages: Rust 3
        frameworks: clap
        libraries: 
        tests: nextest `cargo nextest run`
        packages: cargo
        build: cargo build
        lint: cargo clippy
        dirs: src | tests
        src/login.rs -> tests/login.rs
    "#]],
    );
}

#[test]
fn go_with_gin() {
    let text = "module example.com/team/orders/v2\n\ngo 1.22\n\nrequire (\n\tgithub.com/gin-gonic/gin v1.9.1\n\tgorm.io/gorm v1.25.0 // indirect\n)\nrequire github.com/spf13/cobra v1.8.0\n";
    let files = [
        "main.go",
        "internal/orders/store.go",
        "internal/orders/store_test.go",
    ];
    check(
        &project(&files, &[("go.mod", text)]),
        &["internal/login/login.go"],
        expect![[r#"
        name: orders
        languages: Go 3
        frameworks: gin, cobra
        libraries: gorm
        tests: go test `go test ./...`
        packages: go
        build: go build ./...
        lint: go vet ./...
        dirs: . internal | 
        internal/login/login.go -> internal/login/login_test.go
    "#]],
    );
}

#[test]
fn java_with_maven() {
    let text = "<project><parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId></parent>\
        <groupId>com.shop</groupId><artifactId>shop-api</artifactId><dependencies><dependency><groupId>org.postgresql</groupId>\
        <artifactId>postgresql</artifactId></dependency></dependencies></project>";
    let files = [
        "src/main/java/com/shop/Order.java",
        "src/main/java/com/shop/pay/Pay.java",
        "src/test/java/com/shop/OrderTest.java",
        "mvnw",
    ];
    check(
        &project(&files, &[("pom.xml", text)]),
        &["src/main/java/com/shop/login/Login.java"],
        expect![[r#"
        name: shop-api
        languages: Java 3
        frameworks: spring-boot
        libraries: postgresql
        tests: mvn test `./mvnw test`
        packages: maven
        build: ./mvnw compile
        lint: -
        dirs: src/main/java | src/test/java
        src/main/java/com/shop/login/Login.java -> src/test/java/com/shop/login/LoginTest.java
    "#]],
    );
}

#[test]
fn java_with_gradle_and_no_tests_yet() {
    let text = "plugins {\n    id(\"org.springframework.boot\") version \"3.2.0\"\n}\ndependencies {\n    implementation(\"org.flywaydb:flyway-core:9\")\n}\n";
    let files = ["src/main/java/com/shop/Order.java", "gradlew"];
    check(
        &project(
            &files,
            &[
                ("build.gradle.kts", text),
                ("settings.gradle.kts", "rootProject.name = \"shop\"\n"),
            ],
        ),
        &["src/main/java/com/shop/Order.java"],
        expect![[r#"
        name: shop
        languages: Java 1
        frameworks: spring-boot
        libraries: flyway
        tests: gradle test `./gradlew test`
        packages: gradle
        build: ./gradlew assemble
        lint: -
        dirs: src/main/java | 
        src/main/java/com/shop/Order.java -> src/test/java/com/shop/OrderTest.java
    "#]],
    );
}

#[test]
fn dotnet() {
    let web = "<Project Sdk=\"Microsoft.NET.Sdk.Web\"><ItemGroup><PackageReference Include=\"Dapper\" Version=\"2\" /></ItemGroup></Project>";
    let tests = "<Project Sdk=\"Microsoft.NET.Sdk\"><ItemGroup><PackageReference Include=\"xunit\" Version=\"2\" /></ItemGroup></Project>";
    let files = [
        "src/Shop/Accounts/Login.cs",
        "src/Shop/Cart.cs",
        "tests/Shop.Tests/Accounts/LoginTests.cs",
        "tests/Shop.Tests/CartTests.cs",
    ];
    check(
        &project(
            &files,
            &[
                ("src/Shop/Shop.csproj", web),
                ("tests/Shop.Tests/Shop.Tests.csproj", tests),
            ],
        ),
        &["src/Shop/Orders/Order.cs"],
        expect![[r#"
        name: Shop
        languages: C# 4
        frameworks: asp.net core
        libraries: dapper
        tests: dotnet test `dotnet test`
        packages: nuget
        build: dotnet build
        lint: dotnet format --verify-no-changes
        dirs: src | tests/Shop.Tests
        src/Shop/Orders/Order.cs -> tests/Shop.Tests/Orders/OrderTests.cs
    "#]],
    );
}

#[test]
fn ruby_with_rails() {
    let text = "source \"https://rubygems.org\"\ngem \"rails\", \"~> 7\"\ngem 'sidekiq'\n# gem 'devise'\ngroup :test do\n  gem \"rspec-rails\"\nend\n";
    let files = [
        "app/models/order.rb",
        "app/services/pay.rb",
        "spec/models/order_spec.rb",
        "spec/services/pay_spec.rb",
    ];
    check(
        &project(&files, &[("Gemfile", text)]),
        &["app/models/user.rb"],
        expect![[r#"
            name: -
            languages: Ruby 5
            frameworks: rails
            libraries: sidekiq
            tests: rspec `bundle exec rspec`
            packages: bundler
            build: -
            lint: -
            dirs: app | spec
            app/models/user.rb -> spec/models/user_spec.rb
        "#]],
    );
}

#[test]
fn php_with_laravel() {
    let text = r#"{"name": "shop/api", "require": {"laravel/framework": "^11", "predis/predis": "^2"}, "require-dev": {"phpunit/phpunit": "^11", "laravel/pint": "^1"}}"#;
    let files = [
        "artisan",
        "app/Models/Order.php",
        "tests/Unit/Models/OrderTest.php",
    ];
    check(
        &project(&files, &[("composer.json", text)]),
        &["app/Services/Pay.php"],
        expect![[r#"
        name: shop/api
        languages: PHP 2
        frameworks: laravel
        libraries: redis
        tests: phpunit `php artisan test`
        packages: composer
        build: -
        lint: vendor/bin/pint --test
        dirs: app | tests
        app/Services/Pay.php -> tests/Unit/Services/PayTest.php
    "#]],
    );
}

#[test]
fn cpp_with_cmake() {
    let text = "cmake_minimum_required(VERSION 3.20)\nproject(queue LANGUAGES CXX)\nfind_package(Boost REQUIRED)\nfind_package(GTest)\nenable_testing()\n";
    let files = ["src/queue.cpp", "include/queue.h", "tests/queue_test.cpp"];
    check(
        &project(&files, &[("CMakeLists.txt", text)]),
        &["src/job.cpp"],
        expect![[r#"
        name: queue
        languages: C++ 3
        frameworks: 
        libraries: boost, googletest
        tests: ctest `ctest --test-dir build --output-on-failure`
        packages: -
        build: cmake -B build && cmake --build build
        lint: -
        dirs: include src | tests
        src/job.cpp -> tests/job_test.cpp
    "#]],
    );
}

#[test]
fn nothing_at_all() {
    check(
        &project(&[], &[]),
        &["src/a.go", "lib/b.rb", "README.md"],
        expect![[r#"
        name: -
        languages: 
        frameworks: 
        libraries: 
        tests: -
        packages: -
        build: -
        lint: -
        dirs:  | 
        src/a.go -> src/a_test.go
        lib/b.rb -> test/b_test.rb
        README.md -> README.md
    "#]],
    );
}

#[test]
fn the_strongest_language_decides_and_broken_manifests_do_not_matter() {
    let go = "module shop\nrequire github.com/labstack/echo/v4 v4.1.0\n";
    let node =
        r#"{"name": "web", "dependencies": {"vue": "3"}, "devDependencies": {"vitest": "1"}}"#;
    let files = [
        "a.go",
        "b.go",
        "c.go",
        "web/src/main.ts",
        "broken/package.json",
    ];
    let manifests = [
        ("go.mod", go),
        ("web/package.json", node),
        ("broken/package.json", "{\"name\": "),
        ("Cargo.toml", "[package\n"),
    ];
    check(
        &project(&files, &manifests),
        &["a.go"],
        expect![[r#"
        name: shop
        languages: Go 3, TypeScript 1
        frameworks: echo, vue
        libraries: 
        tests: go test `go test ./...`
        packages: go
        build: go build ./...
        lint: go vet ./...
        dirs: . web/src | 
        a.go -> a_test.go
    "#]],
    );
}
