//! What everybody is told before they join, as lines: what it is for, what does not belong in it,
//! who sees it and how long it is kept.

/// Goes on record with everybody who joins: raise it when the words change.
pub const VERSION: &str = "2";

/// The notice of a session whose maps are kept until this day, such as 2027-11-23; without one they
/// are kept until somebody deletes them.
pub fn notice(retain_until: Option<&str>) -> String {
    let kept = match retain_until {
        Some(day) => format!("It is kept until {day}, and deleted then."),
        None => "It is kept until the organiser of this session deletes it.".to_owned(),
    };
    [
        "This is for planning and knowledge: what is hard in daily work, what is missing, and what \
         might help. What is collected goes into the group's report.",
        "Text only, no pictures. Please write no case material, no personal data and nothing \
         classified.",
        "Everybody in this session sees what you write, as you write it, under your pseudonym.",
        &kept,
    ]
    .join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_until_when_things_are_kept() {
        let dated = notice(Some("2027-11-23"));
        let open = notice(None);

        assert!(dated.contains("until 2027-11-23"));
        assert!(open.contains("until the organiser of this session deletes it"));
        assert_eq!(dated.lines().count(), open.lines().count());
    }
}
