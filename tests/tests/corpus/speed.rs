//! How many files a second are read.

use std::time::Instant;

use rutter_tests::corpus::Corpus;

#[test]
fn reading_is_timed() {
    let corpus = Corpus::open();
    let files = corpus
        .folders
        .iter()
        .map(|f| f.documents.len())
        .sum::<usize>();
    let mut best = f64::MAX;
    for _ in 0..3 {
        let start = Instant::now();
        for folder in &corpus.folders {
            std::hint::black_box(folder.spec());
        }
        best = best.min(start.elapsed().as_secs_f64());
    }
    let profile = if cfg!(debug_assertions) {
        "debug"
    } else {
        "release"
    };
    println!(
        "{files} files, {:.0} files/s ({profile} build, one thread)",
        files as f64 / best
    );
}
