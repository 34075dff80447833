//! The trait that every model answers to.

use rutter_host::Cancel;

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Instructions.
    System,
    /// The person.
    User,
    /// The model.
    Assistant,
}

/// One message of a conversation.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Message {
    /// Who speaks.
    pub role: Role,
    /// What is said.
    pub content: String,
}

/// What a model is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// The conversation so far.
    pub messages: Vec<Message>,
    /// The most tokens the answer may have.
    pub max_tokens: Option<u32>,
}

/// Why an answer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stop {
    /// The model had said all.
    End,
    /// The token limit was reached.
    Length,
    /// The model refused.
    Refused,
    /// It was cancelled.
    Cancelled,
}

/// A whole answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The text.
    pub text: String,
    /// Why it ended.
    pub stop: Stop,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChatError {
    /// The model can't be reached or said no.
    #[error("{0}")]
    Failed(String),
}

/// A model that answers in chunks. It blocks the thread it is called on and looks at `cancel` at least every 50 ms.
pub trait Chat: Send + Sync {
    /// The model's name, `provider/model`.
    fn name(&self) -> &str;

    /// Answers; each piece of text goes to `chunk` as it comes.
    fn chat(
        &self,
        request: &Request,
        cancel: &Cancel,
        chunk: &mut dyn FnMut(&str),
    ) -> Result<Reply, ChatError>;
}
