//! The classes that come with the product.

use crate::Catalogue;
use crate::load::read;

/// The data files, in catalogue order.
pub(crate) const FILES: &[(&str, &str)] = &[
    ("access.toml", include_str!("../data/access.toml")),
    ("change.toml", include_str!("../data/change.toml")),
    ("connect.toml", include_str!("../data/connect.toml")),
    ("data.toml", include_str!("../data/data.toml")),
    ("files.toml", include_str!("../data/files.toml")),
    ("interface.toml", include_str!("../data/interface.toml")),
    ("messages.toml", include_str!("../data/messages.toml")),
    ("money.toml", include_str!("../data/money.toml")),
    ("observe.toml", include_str!("../data/observe.toml")),
    ("operation.toml", include_str!("../data/operation.toml")),
    ("orders.toml", include_str!("../data/orders.toml")),
    ("page.toml", include_str!("../data/page.toml")),
    ("privacy.toml", include_str!("../data/privacy.toml")),
    ("sessions.toml", include_str!("../data/sessions.toml")),
    ("store.toml", include_str!("../data/store.toml")),
    ("ui.toml", include_str!("../data/ui.toml")),
    ("upkeep.toml", include_str!("../data/upkeep.toml")),
    ("view.toml", include_str!("../data/view.toml")),
];

pub(crate) fn load() -> Catalogue {
    // A built-in file that can't be read is left out here and fails the tests below.
    let classes = FILES
        .iter()
        .filter_map(|(name, text)| read(name, text).ok())
        .flatten()
        .map(|(class, _)| class)
        .collect();
    Catalogue {
        classes,
        ..Catalogue::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validate;

    #[test]
    fn every_file_reads_and_every_class_is_sound() {
        let mut ids = Vec::new();
        for (name, text) in FILES {
            let classes = read(name, text)
                .unwrap_or_else(|problem| panic!("{problem} at {:?}", problem.range));
            for (class, _) in classes {
                assert_eq!(validate(&class), Vec::<String>::new(), "{}", class.id);
                assert!(!class.strong.is_empty(), "{} has no words", class.id);
                ids.push(class.id);
            }
        }
        let count = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), count, "two classes have one id");
        assert!(count >= 50, "{count} classes");
    }

    #[test]
    fn every_class_covers_its_own_sentences() {
        let catalogue = load();
        let lost: Vec<String> = catalogue
            .classes()
            .iter()
            .flat_map(|class| {
                class
                    .criteria
                    .iter()
                    .map(move |criterion| (class, criterion))
            })
            .filter(|(_, criterion)| {
                !criterion.is_covered_by(&crate::words::stems(&criterion.text))
            })
            .map(|(class, criterion)| format!("{}: {}", class.id, criterion.concern))
            .collect();
        assert_eq!(lost, Vec::<String>::new(), "not found by their own words");
    }

    #[test]
    fn every_class_is_found_by_its_own_thing() {
        let catalogue = load();
        for class in catalogue.classes() {
            let first = &class.strong[0];
            let found = catalogue.classify(first);
            assert!(
                found.iter().any(|found| found.class.id == class.id),
                "{} is not found by `{first}`",
                class.id
            );
            assert_eq!(
                class.words.len(),
                5,
                "{} lacks words in a language",
                class.id
            );
        }
    }
}
