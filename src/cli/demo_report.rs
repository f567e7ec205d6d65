//! The demonstration's report: made of its catalogue and its sessions, and published.

use crate::base::time::Timestamp;
use crate::report::{Cover, Draft, Language, Level, ReportState, RuleSet, Scope};
use crate::store::{By, ReportStep, Store};

/// Makes the report, where somebody is there who can approve it.
pub(super) async fn add(store: &Store, base: &str, now: Timestamp) -> anyhow::Result<()> {
    let Some(admin) = store.first_administrator().await? else {
        return Ok(());
    };
    let cover = Cover {
        project: "Demonstration".to_owned(),
        deliverable: "D0.1".to_owned(),
        authors: "Industry and research watch (demonstration)".to_owned(),
        summary: "What fits the gaps that practitioners named in the demonstration's sessions, \
                  how well, and on what evidence; and what nothing fits yet."
            .to_owned(),
        disclaimer: "Made of the demonstration's data: public facts with their sources, and fits \
                     that nobody has judged in earnest. It is no advice."
            .to_owned(),
        changes: "First edition.".to_owned(),
        ..Cover::default()
    };
    let draft = Draft {
        title: "Gaps and solutions: the demonstration's report".to_owned(),
        edition: "1.0".to_owned(),
        level: Level::Public,
        scope: Scope::default(),
        rule: RuleSet::default(),
        cover,
        language: Language::default(),
    };
    let by = By::command(now);
    let report = store.create_report(&draft.checked()?, None, &by).await?;
    // The command made it, so that the administrator is the second person.
    for (to, by) in [
        (ReportState::InReview, by),
        (ReportState::Approved, By::account(admin.id, now)),
        (ReportState::Published, by),
    ] {
        let step = ReportStep {
            to,
            version: None,
            base: base.to_owned(),
        };
        store.step_report(report.id, &step, &by).await?;
    }
    Ok(())
}
