//! `textDocument/semanticTokens`: what each word of a spec is, in the standard's own types, which every theme colours.

use lsp_types::{
    Range, SemanticToken, SemanticTokenModifier, SemanticTokenType, SemanticTokens,
    SemanticTokensLegend, Uri,
};
use rutter_spec::features::{self, TokenKind};
use rutter_workspace::Snapshot;

use super::target;
use crate::convert;

/// The types, by their places in the answers.
pub fn legend() -> SemanticTokensLegend {
    SemanticTokensLegend {
        token_types: vec![
            SemanticTokenType::NUMBER,
            SemanticTokenType::KEYWORD,
            SemanticTokenType::MODIFIER,
            SemanticTokenType::CLASS,
            SemanticTokenType::PARAMETER,
            SemanticTokenType::COMMENT,
        ],
        token_modifiers: vec![SemanticTokenModifier::DEFINITION],
    }
}

fn place(kind: TokenKind) -> u32 {
    match kind {
        TokenKind::Id => 0,
        TokenKind::Keyword => 1,
        TokenKind::Verb => 2,
        TokenKind::Term => 3,
        TokenKind::Decision => 4,
        TokenKind::Done => 5,
    }
}

/// The tokens of a document, or of a part of it; nothing outside of specs.
pub fn handle(snapshot: &Snapshot, uri: &Uri, part: Option<Range>) -> Option<SemanticTokens> {
    let here = target(snapshot, uri)?;
    let within = part.map_or(0..here.source.text().len(), |part| {
        convert::bytes(&here.source, part, snapshot.encoding)
    });
    let mut data = Vec::new();
    let (mut line, mut start) = (0, 0);
    for token in features::tokens(here.folder.spec(), here.document, &within) {
        let range = convert::range(&here.source, &token.range, snapshot.encoding);
        let at = range.start;
        data.push(SemanticToken {
            delta_line: at.line - line,
            delta_start: if at.line == line {
                at.character - start
            } else {
                at.character
            },
            length: range.end.character - at.character,
            token_type: place(token.kind),
            token_modifiers_bitset: u32::from(token.is_definition),
        });
        (line, start) = (at.line, at.character);
    }
    Some(SemanticTokens {
        result_id: None,
        data,
    })
}
