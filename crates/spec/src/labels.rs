//! The few words that the format's own labels are made of, in the languages they were seen in.
//!
//! Structure decides wherever it can; these lists only settle what structure leaves open.

use std::borrow::Cow;

const ACCEPTANCE: [&str; 24] = [
    "acceptance criteria",
    "acceptance criterion",
    "acceptance",
    "受け入れ基準",
    "受入基準",
    "受け入れ条件",
    "受入条件",
    "验收标准",
    "驗收標準",
    "验收准则",
    "验收条件",
    "接受标准",
    "akzeptanzkriterien",
    "abnahmekriterien",
    "criterios de aceptación",
    "criterios de aceptacion",
    "critères d'acceptation",
    "critérios de aceitação",
    "criteri di accettazione",
    "인수 조건",
    "인수 기준",
    "수용 기준",
    "критерии приемки",
    "acceptatiecriteria",
];

const STORY: [&str; 20] = [
    "user story",
    "story",
    "ユーザーストーリー",
    "ユーザストーリー",
    "用户故事",
    "使用者故事",
    "用戶故事",
    "historia de usuario",
    "história de usuário",
    "récit utilisateur",
    "user-story",
    "anwendergeschichte",
    "nutzergeschichte",
    "사용자 스토리",
    "пользовательская история",
    "storia utente",
    "gebruikersverhaal",
    "用户需求",
    "benutzergeschichte",
    "histoire utilisateur",
];

const REQUIREMENT: [&str; 24] = [
    "requirement",
    "req",
    "requirements",
    "user story",
    "story",
    "要件",
    "需求",
    "要求",
    "要求事項",
    "anforderung",
    "requisito",
    "requerimiento",
    "exigence",
    "요구사항",
    "요구 사항",
    "требование",
    "us",
    "fr",
    "nfr",
    "r",
    "ur",
    "eis",
    "vereiste",
    "use case",
];

const NOT_REQUIREMENT: [&str; 30] = [
    "phase",
    "task",
    "step",
    "property",
    "section",
    "appendix",
    "milestone",
    "sprint",
    "layer",
    "wave",
    "part",
    "version",
    "chapter",
    "阶段",
    "フェーズ",
    "プロパティ",
    "属性",
    "性质",
    "p",
    "s",
    "option",
    "example",
    "figure",
    "table",
    "decision",
    "d",
    "day",
    "week",
    "level",
    "v",
];

const REFERENCES: [&str; 24] = [
    "requirements",
    "requirement",
    "req",
    "reqs",
    "要件",
    "需求",
    "要求",
    "anforderungen",
    "anforderung",
    "requisitos",
    "requisito",
    "requerimientos",
    "exigences",
    "exigence",
    "요구사항",
    "требования",
    "vereisten",
    "requisiti",
    "validates requirements",
    "covers",
    "implements",
    "refs",
    "对应需求",
    "関連要件",
];

const VALIDATES: [&str; 14] = [
    "validates",
    "validate",
    "validation",
    "検証",
    "検証対象",
    "验证",
    "驗證",
    "validiert",
    "prüft",
    "valida",
    "valide",
    "검증",
    "проверяет",
    "verifies",
];

const NOT_REFERENCES: [&str; 27] = [
    "orphaned",
    "design",
    "preservation",
    "bug_condition",
    "bug condition",
    "expected_behavior",
    "expected behavior",
    "depends",
    "depends on",
    "dependencies",
    "dependency",
    "boundary",
    "leverage",
    "prompt",
    "files",
    "file",
    "依赖",
    "依存",
    "prerequisite",
    "prerequisites",
    "reference",
    "note",
    "notes",
    "done when",
    "test",
    "tests",
    "property",
];

const GLOSSARY: [&str; 12] = [
    "glossary",
    "用語集",
    "用語",
    "术语表",
    "术语",
    "詞彙表",
    "glossar",
    "glosario",
    "glossaire",
    "glossário",
    "용어집",
    "begriffe",
];

/// A label without marks, colon and capitals.
fn fold(text: &str) -> Cow<'_, str> {
    const MARKS: [char; 5] = ['*', '_', '~', '`', '#'];
    fn bare(text: &str) -> &str {
        text.trim().trim_end_matches([':', '：', '.']).trim()
    }
    if text.contains(MARKS) {
        return bare(&text.replace(MARKS, "")).to_lowercase().into();
    }
    let text = bare(text);
    let is_folded = text
        .bytes()
        .all(|b| b.is_ascii() && !b.is_ascii_uppercase());
    if is_folded {
        text.into()
    } else {
        text.to_lowercase().into()
    }
}

/// Whether a heading or label announces acceptance criteria.
pub fn is_acceptance(text: &str) -> bool {
    let text = fold(text);
    ACCEPTANCE
        .iter()
        .any(|label| text == *label || contains_label(&text, label))
}

fn contains_label(text: &str, label: &str) -> bool {
    label.len() > 10 && text.contains(label)
}

/// Whether a label announces a user story.
pub fn is_story(text: &str) -> bool {
    let text = fold(text);
    STORY.iter().any(|label| text == *label)
}

/// Whether the word in front of a heading's number says that it is a requirement; `None` where the word is unknown.
pub fn names_requirement(word: &str) -> Option<bool> {
    let word = fold(word);
    if REQUIREMENT.contains(&word.as_ref()) {
        Some(true)
    } else if NOT_REQUIREMENT.contains(&word.as_ref()) {
        Some(false)
    } else {
        None
    }
}

/// Whether the heading of a table's column says that its cells name requirements, criteria or points of a bug.
pub fn is_requirements_column(heading: &str) -> bool {
    const WORDS: [&str; 10] = [
        "requirements",
        "reqs",
        "criterion",
        "criteria",
        "kriterium",
        "kriterien",
        "defect",
        "defects",
        "bug",
        "bugs",
    ];
    const PARTS: [&str; 8] = [
        "需求",
        "要件",
        "要求",
        "验收",
        "驗收",
        "受け入れ",
        "缺陷",
        "요구",
    ];
    let folded = fold(heading);
    let word = |w: &str| {
        WORDS.contains(&w) || w.len() > 2 && (REQUIREMENT.contains(&w) || REFERENCES.contains(&w))
    };
    folded
        .split(|c: char| !c.is_alphanumeric())
        .any(|w| word(w) || VALIDATES.contains(&w))
        || PARTS.iter().any(|part| folded.contains(part))
}

/// What a labelled line in a task or property refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReferenceLabel {
    /// `Requirements:`
    Requirements,
    /// `Validates:`
    Validates,
    /// A label of another kind, such as `Design:`.
    Other,
    /// A label that no list has.
    Unknown,
}

/// What kind of references a label announces.
pub fn reference_label(label: &str) -> ReferenceLabel {
    let label = fold(label);
    if REFERENCES.contains(&label.as_ref()) {
        ReferenceLabel::Requirements
    } else if VALIDATES.contains(&label.as_ref()) {
        ReferenceLabel::Validates
    } else if NOT_REFERENCES.contains(&label.as_ref()) {
        ReferenceLabel::Other
    } else {
        ReferenceLabel::Unknown
    }
}

/// Whether a heading opens the glossary.
pub fn is_glossary(text: &str) -> bool {
    let text = fold(text);
    GLOSSARY
        .iter()
        .filter_map(|label| text.strip_prefix(label))
        .any(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// Whether a heading says `Requirements` and nothing else.
pub fn is_requirements_section(text: &str) -> bool {
    let text = fold(text);
    matches!(
        text.as_ref(),
        "requirements"
            | "要件"
            | "需求"
            | "要求"
            | "anforderungen"
            | "requisitos"
            | "requerimientos"
            | "exigences"
            | "요구사항"
            | "требования"
            | "functional requirements"
            | "機能要件"
            | "功能需求"
    )
}

/// Whether a heading opens the open decisions that the drafter wrote.
pub fn is_decisions(text: &str) -> bool {
    fold(text) == "open decisions"
}

/// Whether a heading opens the concerns that were left out of the criteria.
pub fn is_concerns(text: &str) -> bool {
    fold(text) == "further concerns"
}

/// Whether the word in front of a heading's number says that it is a correctness property.
pub fn names_property(word: &str) -> bool {
    matches!(
        fold(word).as_ref(),
        "property"
            | "correctness property"
            | "p"
            | "プロパティ"
            | "属性"
            | "性质"
            | "正确性属性"
            | "eigenschaft"
            | "propiedad"
            | "propriété"
            | "속성"
            | "свойство"
            | "propriedade"
    )
}

/// Whether a heading opens the correctness properties.
pub fn is_properties_section(text: &str) -> bool {
    let text = fold(text);
    text == "properties"
        || [
            "correctness propert",
            "正当性プロパティ",
            "正確性プロパティ",
            "正确性属性",
            "正確性屬性",
            "korrektheitseigenschaften",
            "propiedades de corrección",
            "propriétés de correction",
            "정확성 속성",
        ]
        .iter()
        .any(|label| text.contains(label))
}

/// A section that a design of any size has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DesignSection {
    /// What is built, in a few words.
    Overview,
    /// What happens when something fails.
    ErrorHandling,
    /// How it is tested.
    Testing,
}

/// Which section of a design a heading opens, in the languages whose words are known.
pub fn design_section(text: &str) -> Option<DesignSection> {
    const LABELS: [(DesignSection, &[&str]); 3] = [
        (
            DesignSection::Overview,
            &[
                "overview",
                "introduction",
                "summary",
                "background",
                "goal",
                "feature information",
                "problem",
                "bug details",
                "context",
                "purpose",
                "概要",
                "はじめに",
                "背景",
                "目的",
                "概述",
                "概览",
                "概覽",
                "简介",
                "簡介",
                "überblick",
                "übersicht",
                "einleitung",
                "einführung",
                "zusammenfassung",
                "ziel",
                "resumen",
                "descripción general",
                "visión general",
                "vue d'ensemble",
                "aperçu",
                "개요",
            ],
        ),
        (
            DesignSection::ErrorHandling,
            &[
                "error",
                "failure",
                "exception",
                "fault",
                "resilience",
                "エラー",
                "例外",
                "異常",
                "障害",
                "错误",
                "錯誤",
                "异常",
                "異常",
                "fehler",
                "ausnahme",
                "errores",
                "erreurs",
                "오류",
                "에러",
            ],
        ),
        (
            DesignSection::Testing,
            &[
                "test",
                "verification",
                "validation",
                "テスト",
                "検証",
                "测试",
                "測試",
                "验证",
                "驗證",
                "prüf",
                "pruebas",
                "검증",
                "테스트",
            ],
        ),
    ];
    let text = fold(text);
    LABELS
        .iter()
        .find(|(_, labels)| labels.iter().any(|label| text.contains(label)))
        .map(|(section, _)| *section)
}

/// Whether a task's title says that it is a checkpoint.
pub fn is_checkpoint(title: &str) -> bool {
    let title = title.to_lowercase();
    [
        "checkpoint",
        "check point",
        "チェックポイント",
        "检查点",
        "檢查點",
        "kontrollpunkt",
        "punto de control",
        "point de contrôle",
        "체크포인트",
    ]
    .iter()
    .any(|label| title.contains(label))
}
