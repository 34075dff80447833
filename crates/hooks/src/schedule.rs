//! Five cron fields, read strictly: minute, hour, day of the month, month, day of the week.

/// A minute of a local clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 23.
    pub hour: u8,
    /// 1 to 31.
    pub day: u8,
    /// 1 to 12.
    pub month: u8,
    /// 0 is Sunday, 6 is Saturday.
    pub weekday: u8,
}

/// When a scheduled hook is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    minute: u64,
    hour: u64,
    day: u64,
    month: u64,
    weekday: u64,
    /// Whether both days are limited: then either of them is enough, as in cron.
    either_day: bool,
}

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
const DAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

impl Schedule {
    /// Reads five fields; `@hourly`, `@daily`, `@weekly` and `@monthly` too. The error is a sentence.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = match text.trim() {
            "@hourly" => "0 * * * *",
            "@daily" | "@midnight" => "0 0 * * *",
            "@weekly" => "0 0 * * 0",
            "@monthly" => "0 0 1 * *",
            other => other,
        };
        let fields: Vec<&str> = text.split_whitespace().collect();
        let [minute, hour, day, month, weekday] = fields[..] else {
            return Err(format!(
                "A schedule has five fields (minute, hour, day, month, weekday); here are {}.",
                fields.len()
            ));
        };
        let schedule = Self {
            minute: field(minute, "minute", 0, 59, &[])?,
            hour: field(hour, "hour", 0, 23, &[])?,
            day: field(day, "day", 1, 31, &[])?,
            month: field(month, "month", 1, 12, &MONTHS)?,
            // 7 is Sunday too.
            weekday: field(weekday, "weekday", 0, 7, &DAYS).map(|w| (w | (w >> 7)) & 0x7f)?,
            either_day: !day.starts_with('*') && !weekday.starts_with('*'),
        };
        let longest = |month: u64| match month {
            2 => 29,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        let possible = schedule.either_day
            || (1..=12).any(|m| {
                schedule.month & (1 << m) != 0
                    && (1..=longest(m)).any(|d| schedule.day & (1 << d) != 0)
            });
        if possible {
            Ok(schedule)
        } else {
            Err("No month has such a day, so this is never due.".to_owned())
        }
    }

    /// Whether it is due in this minute.
    pub fn is_due(&self, at: Moment) -> bool {
        let has = |set: u64, value: u8| value < 64 && set & (1 << value) != 0;
        let day = has(self.day, at.day);
        let weekday = has(self.weekday, at.weekday);
        has(self.minute, at.minute)
            && has(self.hour, at.hour)
            && has(self.month, at.month)
            && if self.either_day {
                day || weekday
            } else {
                day && weekday
            }
    }
}

/// The values of a field as bits.
fn field(text: &str, name: &str, low: u64, high: u64, words: &[&str]) -> Result<u64, String> {
    let wrong = |part: &str| {
        format!("`{part}` is no {name}: it is {low} to {high}, a range, a list or `*`.")
    };
    let number = |part: &str| -> Result<u64, String> {
        let lower = part.to_ascii_lowercase();
        if let Some(i) = words.iter().position(|w| *w == lower) {
            return Ok(i as u64 + u64::from(words.len() == 12));
        }
        if part.is_empty() || !part.bytes().all(|b| b.is_ascii_digit()) {
            return Err(wrong(part));
        }
        part.parse()
            .ok()
            .filter(|n| (low..=high).contains(n))
            .ok_or_else(|| wrong(part))
    };
    let mut set = 0;
    for part in text.split(',') {
        let (range, step) = match part.split_once('/') {
            Some((range, step)) => {
                let step = step.parse().ok().filter(|s| (1..=high).contains(s));
                (range, Some(step.ok_or_else(|| wrong(part))?))
            }
            None => (part, None),
        };
        let (from, to) = match range.split_once('-') {
            _ if range == "*" => (low, high),
            Some((from, to)) => (number(from)?, number(to)?),
            None => {
                let from = number(range)?;
                (from, if step.is_some() { high } else { from })
            }
        };
        if from > to {
            return Err(wrong(part));
        }
        let mut value = from;
        while value <= to {
            set |= 1 << value;
            value += step.unwrap_or(1);
        }
    }
    Ok(set)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MONDAY_NINE: Moment = Moment {
        minute: 0,
        hour: 9,
        day: 2,
        month: 3,
        weekday: 1,
    };

    #[test]
    fn fields_are_read_as_cron_does() {
        let due = |text: &str, at| Schedule::parse(text).unwrap().is_due(at);
        assert!(due("0 9 * * 1", MONDAY_NINE));
        assert!(due("0 9 * * MON-FRI", MONDAY_NINE));
        assert!(due("*/15 8-10 * Mar *", MONDAY_NINE));
        assert!(due("0 9 15 * 1", MONDAY_NINE), "either day is enough");
        assert!(!due("0 9 15 * *", MONDAY_NINE));
        assert!(!due("1 9 * * 1", MONDAY_NINE));
        assert!(due(
            "0 0 * * 7",
            Moment {
                minute: 0,
                hour: 0,
                day: 1,
                month: 1,
                weekday: 0
            }
        ));
        assert!(due(
            "@daily",
            Moment {
                minute: 0,
                hour: 0,
                day: 9,
                month: 9,
                weekday: 3
            }
        ));
    }

    #[test]
    fn what_is_no_schedule_is_refused() {
        for text in [
            "",
            "* * * *",
            "* * * * * *",
            "60 * * * *",
            "a * * * *",
            "5-1 * * * *",
            "*/0 * * * *",
            "0 0 31 2 *",
            "0 0 0 * *",
            "é * * * *",
            "1- * * * *",
            "@reboot",
        ] {
            let error = Schedule::parse(text).unwrap_err();
            assert!(error.ends_with('.'), "{error}");
        }
    }
}
