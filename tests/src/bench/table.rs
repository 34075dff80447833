//! Numbers and the table that shows them.

use std::time::Duration;

/// What a row's bar is set on.
#[derive(Clone, Copy, Debug)]
pub enum Bar {
    /// At most this, at the 95th percentile.
    Most(f64),
    /// At least this, at the median.
    Least(f64),
    /// None.
    None,
}

/// One measured thing: a cell for each server.
#[derive(Debug)]
pub struct Row {
    what: String,
    bar: Bar,
    unit: &'static str,
    cells: Vec<Cell>,
}

/// What was measured of one server.
#[derive(Clone, Debug)]
pub enum Cell {
    /// Samples.
    Samples(Vec<f64>),
    /// A word, and whether it is what the bar wants.
    Word(String, bool),
}

impl Cell {
    /// The server has no such thing.
    pub fn none() -> Self {
        Self::Word("–".to_owned(), true)
    }

    /// A word where nothing was measured although it should.
    pub fn of(samples: Vec<f64>, otherwise: &str) -> Self {
        if samples.is_empty() {
            Self::Word(otherwise.to_owned(), false)
        } else {
            Self::Samples(samples)
        }
    }
}

impl Row {
    /// A row of numbers with a unit.
    pub fn new(what: impl Into<String>, bar: Bar, unit: &'static str, cells: Vec<Cell>) -> Self {
        Self {
            what: what.into(),
            bar,
            unit,
            cells,
        }
    }

    /// The row in Markdown.
    pub fn line(&self) -> String {
        let unit = self.unit;
        let bar = match self.bar {
            Bar::Most(limit) => format!("≤{limit} {unit}"),
            Bar::Least(limit) => format!("≥{limit} {unit}"),
            Bar::None => unit.to_owned(),
        };
        let cells: String = self.cells.iter().map(|c| shown(c, self.bar)).collect();
        format!("| {} | {bar} |{cells}", self.what)
    }
}

fn shown(cell: &Cell, bar: Bar) -> String {
    match cell {
        Cell::Word(word, true) => format!(" {word} | |"),
        Cell::Word(word, false) => format!(" **{word}** ✗ | |"),
        Cell::Samples(samples) => {
            let (p50, p95) = (quantile(samples, 0.5), quantile(samples, 0.95));
            let missed = match bar {
                Bar::Most(limit) => p95 > limit,
                Bar::Least(limit) => p50 < limit,
                Bar::None => false,
            };
            if samples.len() == 1 {
                let mark = if missed { " ✗" } else { "" };
                return format!(" {}{mark} | |", number(p50));
            }
            let p95 = if missed {
                format!("**{}** ✗", number(p95))
            } else {
                number(p95)
            };
            format!(" {} | {p95} |", number(p50))
        }
    }
}

/// The value below which a share of the samples lies (nearest rank).
///
/// # Panics
/// Without samples.
pub fn quantile(samples: &[f64], share: f64) -> f64 {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    let rank = (share * sorted.len() as f64).ceil() as usize;
    sorted[rank.clamp(1, sorted.len()) - 1]
}

fn number(value: f64) -> String {
    match value {
        v if v >= 100.0 => format!("{v:.0}"),
        v if v >= 10.0 => format!("{v:.1}"),
        v => format!("{v:.2}"),
    }
}

/// In milliseconds.
pub fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_nearest_ranks() {
        let samples: Vec<f64> = (1..=20).rev().map(f64::from).collect();
        assert_eq!(quantile(&samples, 0.5), 10.0);
        assert_eq!(quantile(&samples, 0.95), 19.0);
        assert_eq!(quantile(&[7.0], 0.95), 7.0);
    }

    #[test]
    fn a_missed_bar_is_marked() {
        let cells = vec![
            Cell::Samples(vec![1.0, 3.0]),
            Cell::Samples(vec![1.0, 1.5]),
            Cell::none(),
        ];
        let row = Row::new("hover", Bar::Most(2.0), "ms", cells).line();
        assert_eq!(
            row,
            "| hover | ≤2 ms | 1.00 | **3.00** ✗ | 1.00 | 1.50 | – | |"
        );
    }
}
