use super::*;

fn shown(requirements: &Requirements) -> Vec<String> {
    requirements
        .criteria()
        .map(|(_, c)| format!("{} {}", c.label, c.text))
        .collect()
}

#[test]
fn kiros_own_shape() {
    let text = "# Requirements Document\n\n## Introduction\n\nLimit it.\n\n## Glossary\n\n- **Limiter**: counts\n  attempts\n- **Store:** keeps them\n\n## Requirements\n\n### Requirement 1: Block\n\n**User Story:** As an owner, I want it, so that it is slow\n\n#### Acceptance Criteria\n\n1. WHEN five fail, THE Limiter SHALL\n   reject the sixth\n2. IF the store is down, THEN THE Limiter SHALL log it\n   - nested note\n\n### Requirement 2\n\n#### Acceptance Criteria\n\n1. THE Limiter SHALL count\n";
    let r = Requirements::parse(text);
    assert_eq!(
        shown(&r),
        [
            "1.1 WHEN five fail, THE Limiter SHALL reject the sixth",
            "1.2 IF the store is down, THEN THE Limiter SHALL log it - nested note",
            "2.1 THE Limiter SHALL count"
        ]
    );
    assert_eq!(
        r.terms
            .iter()
            .map(|t| (t.name.as_str(), t.definition.as_str()))
            .collect::<Vec<_>>(),
        [("Limiter", "counts attempts"), ("Store", "keeps them")]
    );
    assert_eq!(r.requirements[0].title, "Block");
    assert!(
        r.requirements[0]
            .story
            .as_ref()
            .is_some_and(|s| text[s.clone()].starts_with("**User Story"))
    );
    assert_eq!(
        r.introduction.map(|i| text[i].trim().to_owned()).as_deref(),
        Some("Limit it.")
    );
}

#[test]
fn wild_shapes() {
    for (text, expected) in [
        (
            "## 要件\n\n### 要件1: 統一\n\n**ユーザーストーリー:** 開発者として\n\n#### 受け入れ基準\n\n1. THE API SHALL 統一する\n2. 名前を付けること\n",
            vec!["1.1 THE API SHALL 統一する", "1.2 名前を付けること"],
        ),
        (
            "### US1: As a platform\n**Acceptance Criteria**:\n- Endpoint accepts\n- Endpoint returns\n\n## Notes\n- no\n",
            vec!["US1.1 Endpoint accepts", "US1.2 Endpoint returns"],
        ),
        (
            "### US-1: Sign in\n\n#### Acceptance Criteria\n\n- AC-1: WHEN a, THE B SHALL c\n- AC-2: WHEN d, THE B SHALL e\n",
            vec![
                "US-1.1 WHEN a, THE B SHALL c",
                "US-1.2 WHEN d, THE B SHALL e",
            ],
        ),
        (
            "## 1. Shopping\n\n### Requirement 1.1 — Page\n\n**User story:** As a shopper\n\n**Acceptance criteria (EARS):**\n\n- 1.1.1 WHEN the page loads THEN it SHALL show\n- 1.1.2 THE page SHALL end\n\n**Notes:**\n\n- no\n",
            vec![
                "1.1.1 WHEN the page loads THEN it SHALL show",
                "1.1.2 THE page SHALL end",
            ],
        ),
        (
            "## Requirement 1\n\n### Acceptance Criteria\n\n1. THE A SHALL b\n1. THE A SHALL c\n",
            vec!["1.1 THE A SHALL b", "1.2 THE A SHALL c"],
        ),
        (
            "### 1. Uploads\n\n1. THE A SHALL b\n\n### 2. Notes\n\nprose\n",
            vec!["1.1 THE A SHALL b"],
        ),
        (
            "## Requirements\n\n1. At start, the agent reads the log.\n2. It writes.\n",
            vec!["1 At start, the agent reads the log.", "2 It writes."],
        ),
        (
            "### Requirement 1: A\n#### Acceptance Criteria\n1.1 WHEN a THE B SHALL c\n\n1.2 WHEN d THE B SHALL\ne\n",
            vec!["1.1 WHEN a THE B SHALL c", "1.2 WHEN d THE B SHALL e"],
        ),
        (
            "### Requirement 1: A\r\n\r\n#### Acceptance Criteria\r\n\r\n1. THE A SHALL b\r\n```\r\n1. no\r\n```\r\n2. THE A SHALL c",
            vec!["1.1 THE A SHALL b", "1.2 THE A SHALL c"],
        ),
        ("", vec![]),
        (
            "### Requirement 1: A\n\n#### Acceptance Criteria\n\n",
            vec![],
        ),
    ] {
        assert_eq!(shown(&Requirements::parse(text)), expected, "{text}");
    }
}

#[test]
fn bugfix_points() {
    let text = "# Bugfix Requirements Document\n\n## Introduction\n\nEarly.\n\n## Bug Analysis\n\n### Current Behavior (Defect)\n\n1.1 WHEN a THEN the system clears\n\n**1.2** WHEN b THEN the system fails\n\n### Expected Behavior (Correct)\n\n2.1 WHEN a THEN the system SHALL keep\n\n### Unchanged Behavior (Regression Prevention)\n\n3.1 WHEN c THEN the system SHALL CONTINUE TO clear\n";
    let r = Requirements::parse_bugfix(text);
    assert_eq!(
        r.requirements
            .iter()
            .map(|r| r.label.as_str())
            .collect::<Vec<_>>(),
        ["1", "2", "3"]
    );
    assert_eq!(shown(&r)[1], "1.2 WHEN b THEN the system fails");
    let listed = text
        .replace("1.1 WHEN", "1. WHEN")
        .replace("**1.2** WHEN", "2. WHEN")
        .replace("2.1 WHEN", "1. WHEN")
        .replace("3.1 WHEN", "1. WHEN");
    let labels: Vec<_> = Requirements::parse_bugfix(&listed)
        .criteria()
        .map(|(_, c)| c.label.clone())
        .collect();
    assert_eq!(labels, ["1.1", "1.2", "2.1", "3.1"]);
}
