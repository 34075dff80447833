//! The commands a project is worked on with.

use super::TestRunner;
use super::layout::is_test_path;
use super::manifest::{Ecosystem, Facts};
use crate::Language;

fn has(files: &[&str], name: &str) -> bool {
    files.contains(&name)
}

fn runner(name: &str, command: impl Into<String>) -> TestRunner {
    TestRunner {
        name: name.to_owned(),
        command: command.into(),
    }
}

/// All facts of the ecosystem that comes first, joined for questions about dependencies.
struct Main<'a> {
    files: &'a [&'a str],
    facts: Vec<&'a Facts>,
    ecosystem: Ecosystem,
}

impl<'a> Main<'a> {
    fn of(files: &'a [&'a str], facts: &'a [Facts]) -> Option<Self> {
        let ecosystem = facts.first()?.ecosystem;
        let facts = facts
            .iter()
            .filter(|facts| facts.ecosystem == ecosystem)
            .collect();
        Some(Self {
            files,
            facts,
            ecosystem,
        })
    }

    fn has(&self, dependency: &str) -> bool {
        self.facts.iter().any(|facts| facts.has(dependency))
    }

    fn has_like(&self, start: &str) -> bool {
        self.facts.iter().any(|facts| {
            facts
                .dependencies
                .iter()
                .any(|name| name.starts_with(start))
        })
    }

    /// A script of the first manifest alone: the others' can't be run from the root.
    fn script(&self, name: &str) -> Option<&'a str> {
        self.facts
            .first()
            .filter(|facts| facts.depth() == 0)?
            .script(name)
    }

    /// A tool that any manifest sets up.
    fn tool(&self, name: &str) -> bool {
        self.facts.iter().any(|facts| facts.script(name).is_some())
    }

    fn file(&self, name: &str) -> bool {
        has(self.files, name)
    }

    fn file_like(&self, starts: &[&str]) -> bool {
        self.files
            .iter()
            .any(|path| starts.iter().any(|start| path.starts_with(start)))
    }

    fn manager(&self) -> Option<&'static str> {
        let named = self
            .facts
            .iter()
            .find_map(|facts| facts.package_manager.as_deref());
        let by_lock = |table: &[(&str, &'static str)]| {
            table
                .iter()
                .find(|(file, _)| self.file(file))
                .map(|(_, manager)| *manager)
        };
        match self.ecosystem {
            Ecosystem::Cargo => Some("cargo"),
            Ecosystem::Node => {
                let known = ["pnpm", "yarn", "bun", "npm"]
                    .into_iter()
                    .find(|known| named == Some(known));
                let lock = [
                    ("pnpm-lock.yaml", "pnpm"),
                    ("pnpm-workspace.yaml", "pnpm"),
                    ("yarn.lock", "yarn"),
                    ("bun.lock", "bun"),
                    ("bun.lockb", "bun"),
                ];
                known.or_else(|| by_lock(&lock)).or(Some("npm"))
            }
            Ecosystem::Python => {
                let lock = [
                    ("uv.lock", "uv"),
                    ("poetry.lock", "poetry"),
                    ("pdm.lock", "pdm"),
                    ("Pipfile.lock", "pipenv"),
                ];
                let known = ["poetry", "pipenv"]
                    .into_iter()
                    .find(|known| named == Some(known));
                by_lock(&lock)
                    .or(known)
                    .or(Some(if self.tool("uv") { "uv" } else { "pip" }))
            }
            Ecosystem::Go => Some("go"),
            Ecosystem::Maven => Some("maven"),
            Ecosystem::Gradle => Some("gradle"),
            Ecosystem::DotNet => Some("nuget"),
            Ecosystem::Ruby => Some("bundler"),
            Ecosystem::Php => Some("composer"),
            Ecosystem::CMake => by_lock(&[
                ("vcpkg.json", "vcpkg"),
                ("conanfile.txt", "conan"),
                ("conanfile.py", "conan"),
            ]),
        }
    }

    /// A command inside the environment that the package manager keeps.
    fn in_environment(&self, command: &str) -> String {
        match self.manager() {
            Some(manager @ ("uv" | "poetry" | "pdm" | "pipenv")) => {
                format!("{manager} run {command}")
            }
            _ => command.to_owned(),
        }
    }

    fn node_run(&self, script: &str) -> String {
        match self.manager() {
            Some("yarn") => format!("yarn {script}"),
            Some(manager) => format!("{manager} run {script}"),
            None => format!("npm run {script}"),
        }
    }

    fn node_exec(&self, command: &str) -> String {
        match self.manager() {
            Some("pnpm") => format!("pnpm exec {command}"),
            Some("yarn") => format!("yarn {command}"),
            Some("bun") => format!("bunx {command}"),
            _ => format!("npx {command}"),
        }
    }

    fn maven(&self) -> &'static str {
        if self.file("mvnw") { "./mvnw" } else { "mvn" }
    }

    fn gradle(&self) -> &'static str {
        if self.file("gradlew") {
            "./gradlew"
        } else {
            "gradle"
        }
    }
}

pub(super) fn package_manager(files: &[&str], facts: &[Facts]) -> Option<String> {
    Main::of(files, facts)?.manager().map(str::to_owned)
}

pub(super) fn test_runner(
    files: &[&str],
    facts: &[Facts],
    languages: &[(Language, usize)],
) -> Option<TestRunner> {
    let Some(main) = Main::of(files, facts) else {
        return without_manifest(files, languages);
    };
    match main.ecosystem {
        Ecosystem::Cargo => Some(match main.file(".config/nextest.toml") {
            true => runner("nextest", "cargo nextest run"),
            false => runner(
                "cargo test",
                if main.facts.len() > 1 {
                    "cargo test --workspace"
                } else {
                    "cargo test"
                },
            ),
        }),
        Ecosystem::Node => node_tests(&main),
        Ecosystem::Python => python_tests(&main),
        Ecosystem::Go => Some(runner("go test", "go test ./...")),
        Ecosystem::Maven => Some(runner("mvn test", format!("{} test", main.maven()))),
        Ecosystem::Gradle => Some(runner("gradle test", format!("{} test", main.gradle()))),
        Ecosystem::DotNet => Some(runner("dotnet test", "dotnet test")),
        Ecosystem::Ruby => ruby_tests(&main),
        Ecosystem::Php => php_tests(&main),
        Ecosystem::CMake => main
            .tool("test")
            .then(|| runner("ctest", "ctest --test-dir build --output-on-failure")),
    }
}

/// Without a manifest only the layout tells, where a language has one usual runner.
fn without_manifest(files: &[&str], languages: &[(Language, usize)]) -> Option<TestRunner> {
    let tested = |language| {
        files
            .iter()
            .any(|path| Language::of_path(path) == Some(language) && is_test_path(path))
    };
    match languages.first()?.0 {
        Language::Python
            if has(files, "pytest.ini")
                || files.iter().any(|path| path.ends_with("conftest.py")) =>
        {
            Some(runner("pytest", "pytest"))
        }
        Language::Python if tested(Language::Python) => Some(runner("pytest", "pytest")),
        Language::Ruby if has(files, ".rspec") => Some(runner("rspec", "rspec")),
        _ => None,
    }
}

fn node_tests(main: &Main<'_>) -> Option<TestRunner> {
    // What `npm init` writes stands for no tests.
    let script = main
        .script("test")
        .filter(|script| !script.contains("no test specified"));
    const KNOWN: [(&str, &str, &str); 6] = [
        ("vitest", "vitest", "vitest run"),
        ("jest", "jest", "jest"),
        ("mocha", "mocha", "mocha"),
        ("ava", "ava", "ava"),
        ("tap", "tap", "tap"),
        ("jasmine", "jasmine", "jasmine"),
    ];
    let in_script = script.and_then(|script| {
        let words: Vec<&str> = script
            .split(|c: char| !(c.is_alphanumeric() || c == '-'))
            .collect();
        if script.contains("node") && words.contains(&"--test") {
            return Some(("node --test", "node --test"));
        }
        if script.contains("bun test") {
            return Some(("bun test", "bun test"));
        }
        if script.starts_with("ng test") {
            return Some(("ng test", "ng test"));
        }
        KNOWN
            .iter()
            .find(|(package, _, _)| words.contains(package))
            .map(|(_, name, command)| (*name, *command))
    });
    let by_package = || {
        KNOWN
            .iter()
            .find(|(package, _, _)| main.has(package))
            .map(|(_, name, command)| (*name, *command))
    };
    let (name, command) = in_script.or_else(by_package)?;
    if script.is_none() {
        return Some(runner(name, main.node_exec(command)));
    }
    let manager = main.manager().unwrap_or("npm");
    let command = if manager == "bun" {
        "bun run test".to_owned()
    } else {
        format!("{manager} test")
    };
    Some(runner(name, command))
}

fn python_tests(main: &Main<'_>) -> Option<TestRunner> {
    let config = main.file("pytest.ini")
        || main.tool("pytest")
        || main.files.iter().any(|path| path.ends_with("conftest.py"));
    if main.has_like("pytest") || config {
        return Some(runner("pytest", main.in_environment("pytest")));
    }
    if main.file("manage.py") {
        return Some(runner(
            "django test",
            main.in_environment("python manage.py test"),
        ));
    }
    let tested = main
        .files
        .iter()
        .any(|path| path.ends_with(".py") && is_test_path(path));
    tested.then(|| runner("unittest", main.in_environment("python -m unittest")))
}

fn ruby_tests(main: &Main<'_>) -> Option<TestRunner> {
    if main.has_like("rspec") || main.file(".rspec") {
        return Some(runner("rspec", "bundle exec rspec"));
    }
    if main.has("rails") {
        return Some(runner("minitest", "bin/rails test"));
    }
    let minitest = main.has("minitest") || main.file_like(&["test/"]);
    minitest.then(|| runner("minitest", "bundle exec rake test"))
}

fn php_tests(main: &Main<'_>) -> Option<TestRunner> {
    let name = if main.has("pestphp/pest") {
        "pest"
    } else if main.has("phpunit/phpunit")
        || main.file("phpunit.xml")
        || main.file("phpunit.xml.dist")
    {
        "phpunit"
    } else {
        return None;
    };
    let artisan = main.file("artisan");
    Some(runner(
        name,
        if artisan {
            "php artisan test".to_owned()
        } else {
            format!("vendor/bin/{name}")
        },
    ))
}

pub(super) fn build(files: &[&str], facts: &[Facts]) -> Option<String> {
    let main = Main::of(files, facts)?;
    Some(match main.ecosystem {
        Ecosystem::Cargo => "cargo build".to_owned(),
        Ecosystem::Node => {
            main.script("build")?;
            main.node_run("build")
        }
        Ecosystem::Go => "go build ./...".to_owned(),
        Ecosystem::Maven => format!("{} compile", main.maven()),
        Ecosystem::Gradle => format!("{} assemble", main.gradle()),
        Ecosystem::DotNet => "dotnet build".to_owned(),
        Ecosystem::CMake => "cmake -B build && cmake --build build".to_owned(),
        Ecosystem::Python | Ecosystem::Ruby | Ecosystem::Php => return None,
    })
}

pub(super) fn lint(files: &[&str], facts: &[Facts]) -> Option<String> {
    let main = Main::of(files, facts)?;
    match main.ecosystem {
        Ecosystem::Cargo => Some("cargo clippy".to_owned()),
        Ecosystem::Node if main.script("lint").is_some() => Some(main.node_run("lint")),
        Ecosystem::Node if main.has("@biomejs/biome") => Some(main.node_exec("biome check")),
        Ecosystem::Node if main.has("eslint") => Some(main.node_exec("eslint .")),
        Ecosystem::Python => {
            let set_up = |tool: &str| main.has(tool) || main.tool(tool);
            if set_up("ruff") || main.file("ruff.toml") {
                Some(main.in_environment("ruff check"))
            } else if set_up("flake8") || main.file(".flake8") {
                Some(main.in_environment("flake8"))
            } else {
                set_up("pylint").then(|| main.in_environment("pylint ."))
            }
        }
        Ecosystem::Go if main.file_like(&[".golangci."]) => Some("golangci-lint run".to_owned()),
        Ecosystem::Go => Some("go vet ./...".to_owned()),
        Ecosystem::Maven if main.has_like("maven-checkstyle") => {
            Some(format!("{} checkstyle:check", main.maven()))
        }
        Ecosystem::Gradle if main.has("com.diffplug.spotless") => {
            Some(format!("{} spotlessCheck", main.gradle()))
        }
        Ecosystem::DotNet => Some("dotnet format --verify-no-changes".to_owned()),
        Ecosystem::Ruby if main.has_like("rubocop") || main.file(".rubocop.yml") => {
            Some("bundle exec rubocop".to_owned())
        }
        Ecosystem::Php if main.has("laravel/pint") => Some("vendor/bin/pint --test".to_owned()),
        Ecosystem::Php if main.has("phpstan/phpstan") || main.file_like(&["phpstan."]) => {
            Some("vendor/bin/phpstan analyse".to_owned())
        }
        _ => None,
    }
}
