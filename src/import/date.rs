//! Days as files write them, made into days as the catalogue keeps them.

/// `2026-11-23`, a year or a month as they stand; `23/11/2026`, `23.11.2026`, `23 November 2026`
/// and times after a day turned into the day. What is no date at all stays, for the field to refuse.
pub fn normal(text: &str) -> String {
    let text = text.trim();
    let day = match text.split_once(['T', ' ']) {
        Some((day, time)) if day.len() == 10 && time.contains(':') => day,
        _ => text,
    };
    let parts: Vec<&str> = day
        .split(['/', '.', ' ', '-'])
        .filter(|it| !it.is_empty())
        .collect();
    let [first, second, third] = parts[..] else {
        return day.to_owned();
    };
    let is_year = |it: &str| it.len() == 4 && it.bytes().all(|it| it.is_ascii_digit());
    let (year, month, of_month) = match (is_year(first), is_year(third)) {
        (true, _) => (first, second, third),
        (false, true) => (third, second, first),
        _ => return day.to_owned(),
    };
    let month = month.parse().ok().or_else(|| month_named(month));
    match (month, of_month.parse::<u8>()) {
        (Some(month), Ok(of_month)) => format!("{year}-{month:02}-{of_month:02}"),
        _ => day.to_owned(),
    }
}

fn month_named(word: &str) -> Option<u8> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let word = word.to_lowercase();
    let place = MONTHS.iter().position(|it| word.starts_with(it))?;
    u8::try_from(place + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_files_write_them() {
        for (written, day) in [
            ("2026-11-23", "2026-11-23"),
            ("2026", "2026"),
            ("2026-11", "2026-11"),
            ("23/11/2026", "2026-11-23"),
            ("3.2.2026", "2026-02-03"),
            ("1 May 2018", "2018-05-01"),
            ("2024-02-01 10:00:00", "2024-02-01"),
            ("2024-02-01T10:00:00Z", "2024-02-01"),
            ("soon", "soon"),
            ("1/2/3", "1/2/3"),
        ] {
            assert_eq!(normal(written), day);
        }
    }
}
