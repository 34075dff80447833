//! Setting the mark of a task.

use rutter_text::Edit;

use crate::{Mark, Task, Tasks};

/// Why a key names no single task.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TaskError {
    /// No checkbox has this number or stands on this line.
    #[error("There is no task {0}: name it by its number, or by #line.")]
    Unknown(String),
    /// Several checkboxes have this number.
    #[error("Several tasks are numbered {key}: name one by its line, {}.", .candidates.join(" or "))]
    Ambiguous {
        /// The number.
        key: String,
        /// Their `#line` keys, from 1.
        candidates: Vec<String>,
    },
}

/// The one task that `key` names: its number, or `#line` from 1.
///
/// # Errors
/// [`TaskError`] where there is none or more than one.
pub fn find<'a>(tasks: &'a Tasks, key: &str) -> Result<&'a Task, TaskError> {
    match tasks.find(key).as_slice() {
        [task] => Ok(task),
        [] => Err(TaskError::Unknown(key.to_owned())),
        several => Err(TaskError::Ambiguous {
            key: key.to_owned(),
            candidates: several.iter().map(|t| format!("#{}", t.line + 1)).collect(),
        }),
    }
}

/// The edit that sets a task's mark: what stands between its brackets and nothing else; none where it says so already.
///
/// # Errors
/// [`TaskError`] where `key` names no single task.
pub fn set_mark(tasks: &Tasks, key: &str, mark: Mark) -> Result<Vec<Edit>, TaskError> {
    let task = find(tasks, key)?;
    if task.mark == mark {
        return Ok(Vec::new());
    }
    Ok(vec![Edit::replace(
        task.mark_range.clone(),
        mark.as_char().to_string(),
    )])
}

#[cfg(test)]
mod tests {
    use rutter_text::edit;

    use super::*;

    #[test]
    fn only_the_mark_changes() {
        for (line, mark, expected) in [
            ("- [ ] 1. A", Mark::Done, "- [x] 1. A"),
            ("- [x]* 1. A  ", Mark::Pending, "- [ ]* 1. A  "),
            ("  - [~]\\* 1. A", Mark::Running, "  - [-]\\* 1. A"),
            ("- [x.] 1. A", Mark::Queued, "- [~] 1. A"),
            ("- [X] 1. A", Mark::Done, "- [X] 1. A"),
        ] {
            let text = format!("\u{feff}# T\r\n\r\n{line}\r\n- [ ] 2. B");
            let edits = set_mark(&Tasks::parse(&text), "1", mark);
            let expected = format!("\u{feff}# T\r\n\r\n{expected}\r\n- [ ] 2. B");
            assert_eq!(edits.map(|e| edit::apply(&text, &e)), Ok(expected));
        }
    }

    #[test]
    fn a_key_must_name_one_task() {
        let tasks = Tasks::parse("- [ ] 1. A\n- [ ] 1. B\n");
        assert_eq!(
            set_mark(&tasks, "1", Mark::Done),
            Err(TaskError::Ambiguous {
                key: "1".into(),
                candidates: vec!["#1".into(), "#2".into()]
            })
        );
        assert_eq!(
            set_mark(&tasks, "7", Mark::Done),
            Err(TaskError::Unknown("7".into()))
        );
        assert_eq!(set_mark(&tasks, "#2", Mark::Done).map(|e| e.len()), Ok(1));
    }
}
