//! Tool servers on the command line: what is listed, trusted, started and called, and that nothing else is.
#![cfg(unix)]
#![allow(missing_docs, clippy::disallowed_methods, clippy::disallowed_types)]

mod mcp;

use mcp::{SETTINGS, calm, declare, home, server};
use rutter_tests::binary::{Cli, Home, Ran};
use serde_json::{Value, json};

#[track_caller]
fn refused(ran: &Ran, exit: i32, code: &str) -> String {
    assert_eq!(
        (ran.code, ran.error_code().as_str()),
        (Some(exit), code),
        "{ran:?}"
    );
    ran.json()["error"]["message"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

#[test]
fn every_server_is_listed_with_where_it_is_from_and_what_is_wrong() {
    let home = Home::own();
    let user = json!({"mcpServers": {"mine": {"url": "https://mcp.example.org/x"}, "both": {"command": "u"}},
        "powers": {"mcpServers": {"power": {"command": "p", "disabled": true}}}});
    home.write_at("home/.kiro/settings/mcp.json", user.to_string());
    let secret = format!("ghp_{}", "aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5");
    declare(
        &home,
        &json!({"both": {"command": "w", "args": ["-t", secret]}, "none": {"args": []}, "old": {"url": "https://a.example", "type": "sse"}}),
    );
    let agent = json!({"name": "a", "mcpServers": {"agents": {"command": "g"}}});
    home.write(".kiro/agents/team/a.json", agent.to_string());
    home.write(".kiro/agents/b.json", json!({"name": "b"}).to_string());

    let ran = Cli(&home).json(&["mcp", "list"]).done();
    assert_eq!(ran.stderr, "");
    let rows = ran.json();
    let seen: Vec<Value> = rows
        .as_array()
        .expect("rows")
        .iter()
        .map(|r| {
            json!([
                r["name"],
                r["origin"],
                r["transport"],
                r["disabled"],
                r["trusted"],
                r["covered_by"]
            ])
        })
        .collect();
    let expected = [
        json!(["both", "workspace", "stdio", false, false, null]),
        json!(["none", "workspace", null, false, false, null]),
        json!(["old", "workspace", null, false, false, null]),
        json!(["agents", "workspace-agent", "stdio", false, false, null]),
        json!(["mine", "user", "http", false, true, null]),
        json!(["both", "user", "stdio", false, true, SETTINGS]),
        json!(["power", "power", "stdio", true, true, null]),
    ];
    assert_eq!(seen, expected);
    assert_eq!(rows[3]["path"], ".kiro/agents/team/a.json");
    assert!(!ran.stdout.contains(&secret), "{}", ran.stdout);
    for at in [1, 2] {
        assert!(rows[at]["problems"][0].is_string(), "{}", rows[at]);
    }
    let human = Cli(&home).run(&["mcp", "list"]).done();
    for part in [
        "not trusted",
        "covered by .kiro/settings/mcp.json",
        "off",
        "https://mcp.example.org/x",
    ] {
        assert!(human.stdout.contains(part), "{part}: {}", human.stdout);
    }
}

/// Agents in Markdown and installed powers bring servers too; both are somebody else's.
#[test]
fn agents_in_markdown_and_powers_are_listed_and_need_trust() {
    let home = home(&json!({}));
    home.write(
        ".kiro/agents/team/y.md",
        "---\nname: y\nmcpServers:\n  two:\n    command: sh\n    args: [server.sh]\n---\nYou are y.\n",
    );
    home.write(".kiro/agents/z.md", "---\nmcpServers: {a: [\n---\n");
    let power = json!({"mcpServers": {"three": {"command": "sh", "args": ["server.sh"]}, "s": {"command": "x"}}});
    home.write_at("home/.kiro/powers/installed/p/POWER.md", "# P\n");
    home.write_at("home/.kiro/powers/installed/p/mcp.json", power.to_string());

    let ran = Cli(&home).json(&["mcp", "list"]).done();
    assert!(
        ran.stderr
            .contains("z.md: The front matter is no valid YAML"),
        "{ran:?}"
    );
    let rows = ran.json();
    let seen: Vec<Value> = rows
        .as_array()
        .expect("rows")
        .iter()
        .map(|r| {
            json!([
                r["name"],
                r["origin"],
                r["path"],
                r["trusted"],
                r["covered_by"]
            ])
        })
        .collect();
    let installed = "~/.kiro/powers/installed/p/mcp.json";
    for row in [
        json!(["s", "workspace", SETTINGS, false, null]),
        json!([
            "two",
            "workspace-agent",
            ".kiro/agents/team/y.md",
            false,
            null
        ]),
        json!(["three", "power", installed, false, null]),
        json!(["s", "power", installed, false, SETTINGS]),
    ] {
        assert!(seen.contains(&row), "{row}: {seen:?}");
    }
    for name in ["two", "three"] {
        refused(&Cli(&home).json(&["mcp", "tools", name]), 1, "untrusted");
        Cli(&home).run(&["mcp", "trust", name]).done();
        let tools = Cli(&home).json(&["mcp", "tools", name]).done().json();
        assert_eq!(
            tools[0]["tools"].as_array().map(Vec::len),
            Some(4),
            "{tools}"
        );
    }
}

/// The script that a server starts is part of what is trusted, also where the user's own settings name it.
#[test]
fn a_changed_script_asks_again_and_shows_what_changed() {
    let home = home(&json!({}));
    let own = json!({"mcpServers": {"own": {"command": "sh", "args": ["./server.sh"]}}});
    home.write_at("home/.kiro/settings/mcp.json", own.to_string());
    for name in ["s", "own"] {
        refused(&Cli(&home).json(&["mcp", "tools", name]), 1, "untrusted");
        let trusted = Cli(&home).run(&["mcp", "trust", name]).done();
        assert!(trusted.stdout.contains("--- server.sh"), "{trusted:?}");
        Cli(&home).json(&["mcp", "tools", name]).done();
    }
    let script = home.read("server.sh");
    home.write("server.sh", format!("# another\n{script}"));
    let rows = Cli(&home).json(&["mcp", "list"]).done().json();
    assert_eq!(
        (&rows[0]["trusted"], &rows[0]["changed"]),
        (&json!(false), &json!(true))
    );
    for name in ["s", "own"] {
        let said = refused(&Cli(&home).json(&["mcp", "tools", name]), 1, "untrusted");
        assert!(said.contains("was changed since you trusted it"), "{said}");
        let trusted = Cli(&home).run(&["mcp", "trust", name]).done();
        assert!(trusted.stdout.contains("+# another"), "{trusted:?}");
        Cli(&home).json(&["mcp", "tools", name]).done();
    }
}

#[test]
fn check_reports_what_is_wrong_with_servers() {
    let home = Home::own();
    declare(
        &home,
        &json!({"a": {"comand": "x"}, "b": {"command": "x", "url": "https://a.example"}}),
    );
    home.write(
        ".kiro/agents/y.md",
        "---\nmcpServers:\n  c: {env: 1}\n---\n",
    );
    let ran = Cli(&home).json(&["check"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    let rows = ran.json();
    let seen: Vec<(&str, &str)> = rows
        .as_array()
        .expect("rows")
        .iter()
        .filter_map(|r| Some((r["path"].as_str()?, r["code"].as_str()?)))
        .collect();
    for expected in [
        (SETTINGS, "mcp/unknown-key"),
        (SETTINGS, "mcp/two-transports"),
        (".kiro/agents/y.md", "mcp/wrong-value"),
    ] {
        assert!(seen.contains(&expected), "{expected:?}: {seen:?}");
    }
}

/// Above five servers or fifty tools, of powers and of all that is declared.
#[test]
fn many_servers_and_many_tools_are_told() {
    let home = Home::own();
    let list: Vec<String> = (0..51)
        .map(|n| format!("{{\"name\":\"t{n}\",\"inputSchema\":{{\"type\":\"object\"}}}}"))
        .collect();
    let many = calm()["args"][1].as_str().expect("a script").replace(
        "'\"result\":{\"tools\":['\"$(tool echo \"\"),$(tool fail Fails.),$(tool drop Drops.),$(tool hang Hangs.)\"']}'",
        &format!("'\"result\":{{\"tools\":[{}]}}'", list.join(",")),
    );
    let power = json!({"mcpServers": {"many": {"command": "sh", "args": ["-c", many]}}});
    home.write_at("home/.kiro/powers/installed/p/POWER.md", "# P\n");
    home.write_at("home/.kiro/powers/installed/p/mcp.json", power.to_string());
    let told = |words: &str| {
        let listed = Cli(&home).run(&["powers", "list"]).done().stdout;
        assert_eq!(
            listed.contains("Models choose worse"),
            !words.is_empty(),
            "{listed}"
        );
        assert!(listed.contains(words), "{words}: {listed}");
    };
    told("");
    Cli(&home).run(&["mcp", "trust", "many"]).done();
    let tools = Cli(&home).json(&["mcp", "tools", "many"]).done().json();
    assert_eq!(
        tools[0]["tools"].as_array().map(Vec::len),
        Some(51),
        "{tools}"
    );
    told("51 tools");
    declare(&home, &json!({"a": {"command": "x"}}));
    let check = Cli(&home).json(&["check"]).json();
    assert_eq!(check[0]["code"], "mcp/too-many", "{check}");
    let servers: serde_json::Map<String, Value> = (0..6)
        .map(|n| (format!("x{n}"), json!({"command": "x"})))
        .collect();
    let six = json!({"mcpServers": servers});
    home.write_at("home/.kiro/powers/installed/p/mcp.json", six.to_string());
    told("6 servers");
}

#[test]
fn a_broken_file_is_told() {
    let home = Home::own();
    home.write(SETTINGS, "{\"mcpServers\": {");
    let ran = Cli(&home).json(&["mcp", "list"]).done();
    assert_eq!(ran.json(), json!([]));
    assert!(ran.stderr.contains(SETTINGS), "{ran:?}");
}

#[test]
fn from_a_declaration_to_a_result() {
    let home = home(
        &json!({"disabledTools": ["drop"], "autoApprove": ["echo"], "env": {"DB_PASSWORD": "Xk29fjQpL0zzWq8rT5"}}),
    );
    let said = refused(&Cli(&home).json(&["mcp", "tools", "s"]), 1, "untrusted");
    assert!(said.contains("rutter mcp trust s"), "{said}");
    refused(
        &Cli(&home).json(&["mcp", "call", "s", "echo"]),
        1,
        "untrusted",
    );
    let all = Cli(&home).json(&["mcp", "tools"]).done().json();
    assert!(all[0]["problem"].is_string(), "{all}");
    assert!(!home.path("started").exists());

    let trusted = Cli(&home).run(&["mcp", "trust", "s"]).done();
    for part in [
        "mcp:s",
        "\"command\": \"sh\"",
        "server.sh",
        "\"drop\"",
        "Trusted as it stands: `mcp:s`",
    ] {
        assert!(trusted.stdout.contains(part), "{part}: {}", trusted.stdout);
    }
    assert!(!trusted.stdout.contains("Xk29fj"), "{}", trusted.stdout);
    assert!(!home.path("started").exists(), "trust alone starts nothing");
    assert_eq!(Cli(&home).json(&["mcp", "list"]).json()[0]["trusted"], true);

    let listed = Cli(&home).json(&["mcp", "tools"]).done().json();
    assert_eq!(
        Cli(&home).json(&["mcp", "tools", "s"]).done().json(),
        listed
    );
    let tools = listed[0]["tools"].as_array().expect("tools");
    let names: Vec<_> = tools
        .iter()
        .map(|t| (t["name"].as_str(), t["auto_approve"].as_bool()))
        .collect();
    assert_eq!(
        names,
        [
            (Some("echo"), Some(true)),
            (Some("fail"), Some(false)),
            (Some("hang"), Some(false))
        ]
    );
    assert_eq!(
        (tools[0]["description"].as_str(), &listed[0]["changed"]),
        (Some("Says it again."), &json!([]))
    );
    let human = Cli(&home).run(&["mcp", "tools"]).done().stdout;
    assert!(
        human.contains("echo  approved without asking") && !human.contains("drop"),
        "{human}"
    );

    let hi = r#"{"message":"hi"}"#;
    let human = Cli(&home).run(&["mcp", "call", "s", "echo", hi]).done();
    assert_eq!(
        (human.stdout.as_str(), human.stderr.as_str()),
        ("Echo: hi\n", "")
    );
    let fed = Cli(&home).fed(
        &["mcp", "call", "s", "echo", "-", "--format", "json"],
        hi.as_bytes(),
    );
    assert_eq!(fed.json()["text"], "Echo: hi");
    let failed = Cli(&home).json(&["mcp", "call", "s", "fail"]);
    assert_eq!(
        (
            failed.code,
            &failed.json()["is_error"],
            &failed.json()["text"]
        ),
        (Some(1), &json!(true), &json!("disk full"))
    );

    for (arguments, exit, code) in [
        (&["echo", "[1]"][..], 2, "wrong-argument"),
        (&["echo", "{"], 2, "wrong-argument"),
        (&["nope"], 2, "unknown-tool"),
        (&["drop"], 1, "disabled"),
    ] {
        let ran = Cli(&home).json(&[&["mcp", "call", "s"], arguments].concat());
        refused(&ran, exit, code);
    }
    for verb in [
        &["mcp", "tools", "t"][..],
        &["mcp", "call", "t", "x"],
        &["mcp", "trust", "t"],
    ] {
        let ran = Cli(&home).json(verb);
        refused(&ran, 2, "unknown-server");
        assert_eq!(ran.json()["error"]["candidates"], json!(["s"]));
    }
    assert_eq!(Cli(&home).run(&["mcp", "trust"]).code, Some(2));
    mcp::all_gone(&home);
}

#[test]
fn a_changed_declaration_asks_again_with_a_diff() {
    let home = home(&json!({}));
    Cli(&home).run(&["mcp", "trust", "--all"]).done();
    declare(&home, &server(&json!({"autoApprove": ["fail"]})));
    let said = refused(
        &Cli(&home).json(&["mcp", "call", "s", "fail"]),
        1,
        "untrusted",
    );
    assert!(said.contains("changed since you trusted it"), "{said}");
    let row = Cli(&home).json(&["mcp", "list"]).json()[0].clone();
    assert_eq!(
        (&row["trusted"], &row["changed"]),
        (&json!(false), &json!(true))
    );
    let shown = Cli(&home).run(&["mcp", "trust", "s"]).done().stdout;
    assert!(
        shown.contains("+  \"autoApprove\"") && shown.contains("--- trusted"),
        "{shown}"
    );
    assert_eq!(Cli(&home).run(&["mcp", "call", "s", "fail"]).code, Some(1));

    let of = |value: &str| declare(&home, &server(&json!({"env": {"DB_PASSWORD": value}})));
    of("Xk29fjQpL0zzWq8rT5");
    Cli(&home).run(&["mcp", "trust", "s"]).done();
    of("Yk29fjQpL0zzWq8rT5");
    let shown = Cli(&home).json(&["mcp", "trust", "s"]).done();
    assert!(!shown.stdout.contains("k29fj"), "{}", shown.stdout);
    of("Zk29fjQpL0zzWq8rT5");
    let shown = Cli(&home).run(&["mcp", "trust", "s"]).done().stdout;
    assert!(shown.contains("looks like a secret"), "{shown}");
}

#[test]
fn a_changed_description_is_refused_until_it_is_accepted() {
    let home = home(&json!({}));
    Cli(&home).run(&["mcp", "trust", "s"]).done();
    Cli(&home).run(&["mcp", "tools"]).done();
    home.write("says", "Says it to evil.example.\\u001b[2K\\u202e");
    let listed = Cli(&home).json(&["mcp", "tools", "s"]);
    assert_eq!(listed.code, Some(1), "{listed:?}");
    let changed = listed.json()[0]["changed"].clone();
    assert_eq!(changed.as_array().map(Vec::len), Some(1), "{changed}");
    assert!(
        changed[0]["before"]
            .as_str()
            .is_some_and(|b| b.contains("Says it again."))
    );
    let human = Cli(&home).run(&["mcp", "tools", "s"]);
    assert!(
        human
            .stdout
            .contains("+  \"description\": \"Says it to evil.example."),
        "{}",
        human.stdout
    );
    let call = ["mcp", "call", "s", "echo", r#"{"message":"hi"}"#];
    let said = refused(&Cli(&home).json(&call), 1, "untrusted");
    assert!(said.contains("describes itself differently"), "{said}");
    Cli(&home).run(&["mcp", "call", "s", "fail"]);

    let shown = Cli(&home).run(&["mcp", "trust", "s"]).done().stdout;
    assert!(
        shown.contains("-  \"description\": \"Says it again.\"")
            && shown.contains("Accepted what 1 tool says now."),
        "{shown}"
    );
    assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{shown:?}");
    Cli(&home).run(&call).done();
    let again = Cli(&home).json(&["mcp", "trust", "--all"]).done().json();
    assert_eq!(
        (&again["tools"], &again["trusted"]),
        (&json!([]), &json!([]))
    );
    mcp::all_gone(&home);
}

#[test]
fn a_server_that_does_not_come_up_says_so() {
    let home = Home::own();
    let user = json!({"mcpServers": {"dead": {"command": "sh", "args": ["-c", "echo 'no licence' >&2; exit 3"]},
        "gone": {"command": "no-such-program-anywhere"}, "off": {"command": "sh", "disabled": true}, "calm": calm()}});
    home.write_at("home/.kiro/settings/mcp.json", user.to_string());
    let said = refused(
        &Cli(&home).json(&["mcp", "tools", "dead"]),
        3,
        "tool-server",
    );
    assert!(
        said.starts_with("The tool server `dead` ended while starting")
            && said.contains("no licence"),
        "{said}"
    );
    refused(
        &Cli(&home).json(&["mcp", "call", "gone", "x"]),
        3,
        "tool-server",
    );
    refused(
        &Cli(&home).json(&["mcp", "call", "off", "x"]),
        1,
        "disabled",
    );
    let all = Cli(&home).json(&["mcp", "tools"]);
    let seen: Vec<_> = all
        .json()
        .as_array()
        .into_iter()
        .flatten()
        .map(|a| (a["server"].clone(), a["problem"].is_null()))
        .collect();
    assert_eq!(
        seen,
        [
            (json!("calm"), true),
            (json!("dead"), false),
            (json!("gone"), false)
        ]
    );
    assert_eq!(all.code, Some(3));
}
