//! Cover, executive summary, method.

use super::{Bar, Block, Body, Cell, Picture, Span, To, Tone, capital, here};
use crate::report::value::{CoverageRow, Finding, Report, SessionSheet};
use crate::report::words::{self, count};

/// What stands before the table of contents.
pub(super) fn cover(report: &Report) -> Vec<Block> {
    let cover = &report.cover;
    let mut blocks = Vec::new();
    if cover.is_preview {
        let words = "Preview of a report that is not finished: its numbers may change.";
        blocks.push(Block::Note(vec![Span::strong(words)]));
    }
    let rows = [
        ("Project", &cover.project),
        ("Grant", &cover.grant_number),
        ("Deliverable", &cover.deliverable),
        ("Report", &cover.number),
        ("Version", &cover.edition),
        ("Dissemination level", &words::level(cover.level).to_owned()),
        ("Label", &cover.tlp),
        ("Cut-off date", &cover.cut_off),
        ("Authors", &cover.authors),
        ("Reviewers", &cover.reviewers),
    ];
    let rows = rows.into_iter().filter(|it| !it.1.is_empty());
    let rows = rows.map(|(label, text)| (label.to_owned(), vec![Span::plain(text)]));
    blocks.push(Block::Facts(rows.collect()));
    if !cover.summary.is_empty() {
        blocks.push(Block::Text(vec![Span::plain(&cover.summary)]));
    }
    let mut body = Body::default();
    let editions = cover.editions.iter().map(|it| {
        vec![
            Cell::plain(&it.edition),
            Cell::plain(&it.number),
            Cell::plain(&it.cut_off),
            Cell::plain(&it.changes),
        ]
    });
    let columns = [
        ("Version", 12),
        ("Report", 13),
        ("Cut-off", 17),
        ("What changed", 58),
    ];
    body.table("Versions", &columns, editions.collect());
    // The cover's table is not counted among those of the text.
    blocks.extend(body.blocks.into_iter().map(|it| match it {
        Block::Table(mut table) => {
            table.n = 0;
            Block::Table(table)
        }
        other => other,
    }));
    if !cover.disclaimer.is_empty() {
        blocks.push(Block::Text(vec![Span::plain(&cover.disclaimer)]));
    }
    blocks
}

pub(super) fn summary(body: &mut Body, report: &Report) {
    body.heading(1, "summary", "Executive summary");
    let n_gaps = report.gaps.len();
    if n_gaps == 0 {
        body.say("There is no gap in the scope of this report.");
    }
    let rows = report.numbers.iter().map(|it| {
        let n = Span::link(it.n.to_string(), To::App(it.href.clone()));
        vec![
            Cell {
                is_number: true,
                ..Cell::of(vec![n])
            },
            Cell::plain(capital(it.about)),
        ]
    });
    body.table(
        "Numbers at a glance",
        &[("Number", 15), ("What is counted", 85)],
        rows.collect(),
    );
    coverage(body, &report.coverage);
    if !report.findings.is_empty() {
        body.heading(2, "findings", "Main findings");
        body.list(report.findings.iter().map(finding).collect());
    }
}

/// A sentence with what it is about.
pub(super) fn finding(it: &Finding) -> Vec<Span> {
    let mut spans = vec![Span::plain(&it.text)];
    for (at, about) in it.about.iter().enumerate() {
        spans.push(Span::plain(if at == 0 { " (" } else { ", " }));
        spans.push(here(about));
    }
    if 0 < it.more {
        spans.push(Span::plain(format!(" and {} more", it.more)));
    }
    if !it.about.is_empty() {
        spans.push(Span::plain(")"));
    }
    spans
}

fn coverage(body: &mut Body, rows: &[CoverageRow]) {
    if rows.iter().all(|it| it.gaps == 0) {
        return;
    }
    body.heading(2, "coverage", "Coverage of the gaps");
    let lights = |it: &CoverageRow| {
        [
            (Tone::Green, it.green),
            (Tone::Amber, it.amber),
            (Tone::Red, it.red),
            (Tone::Grey, it.grey),
        ]
    };
    let bars = rows.iter().map(|it| Bar {
        label: it.group.clone(),
        parts: lights(it).to_vec(),
    });
    let told = rows.iter().map(|it| {
        format!(
            "{}: {} green, {} amber, {} red, {} grey",
            it.group, it.green, it.amber, it.red, it.grey
        )
    });
    let alt = told.collect::<Vec<_>>().join("; ");
    body.figure(
        "Coverage of the gaps by group",
        alt,
        Picture::Bars(bars.collect()),
    );
    let table = rows.iter().map(|it| {
        let group = match &it.href {
            Some(href) => Span::link(&it.group, To::App(href.clone())),
            None => Span::strong(&it.group),
        };
        let mut cells = vec![Cell::of(vec![group]), Cell::number(it.gaps)];
        for (tone, n) in lights(it) {
            let cell = Cell::number(n);
            cells.push(if n == 0 { cell } else { cell.toned(tone) });
        }
        cells
    });
    let columns = [
        ("Group", 40),
        ("Gaps", 12),
        ("Green", 12),
        ("Amber", 12),
        ("Red", 12),
        ("Grey", 12),
    ];
    body.table("Gaps by group and light", &columns, table.collect());
    body.say("A gap of several groups counts in each of them.");
}

pub(super) fn method(body: &mut Body, report: &Report) {
    let method = &report.method;
    let sentences = |lines: &[String]| {
        let lines = lines.iter().map(|it| vec![Span::plain(it)]);
        lines.collect::<Vec<_>>()
    };
    body.heading(1, "method", "Method");
    body.heading(2, "scope", "Scope");
    body.list(sentences(&method.scope));
    body.heading(2, "groups", "Groups");
    match method.groups.is_empty() {
        true => body.say("There is none."),
        false => {
            let groups = method.groups.iter().map(|it| match it.scope.is_empty() {
                true => vec![Span::strong(&it.name)],
                false => vec![
                    Span::strong(&it.name),
                    Span::plain(format!(": {}", it.scope)),
                ],
            });
            body.list(groups.collect());
        }
    }
    body.heading(2, "sessions", "Sessions");
    if method.sessions.is_empty() {
        body.say("There is none in this report.");
    }
    for session in &method.sessions {
        self::session(body, session);
    }
    body.heading(2, "rule", "What counts");
    body.list(sentences(&method.rule));
    body.heading(2, "left-out", "What is left out");
    left_out(body, report);
    body.heading(2, "limits", "Limits");
    body.list(sentences(&method.limits));
}

fn session(body: &mut Body, session: &SessionSheet) {
    body.text(vec![Span::link(
        &session.title,
        To::App(session.href.clone()),
    )]);
    let mut facts = vec![
        ("Date", session.held_on.clone()),
        ("Place", session.place.clone()),
        ("Groups", session.groups.join(", ")),
        ("Theme", session.theme.clone()),
        ("Rounds", session.rounds.join("; ")),
    ];
    if let Some(people) = session.people {
        let roles = session
            .roles
            .iter()
            .map(|it| format!("{} {}", it.n, it.role));
        let roles = roles.collect::<Vec<_>>().join(", ");
        facts.push((
            "People",
            match roles.is_empty() {
                true => people.to_string(),
                false => format!("{people}, of them {roles}"),
            },
        ));
    }
    facts.push(("Nodes", session.nodes.to_string()));
    facts.push(("Votes", session.votes.to_string()));
    facts.push(("Label", session.tlp.clone()));
    if session.house_rule {
        facts.push(("House rule", "Chatham House".to_owned()));
    }
    let facts = facts.into_iter().filter(|it| !it.1.is_empty());
    let facts = facts.map(|(label, text)| (label.to_owned(), vec![Span::plain(text)]));
    body.facts(facts.collect());
}

fn left_out(body: &mut Body, report: &Report) {
    let method = &report.method;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for it in &method.left_out {
        rows.push(vec![
            Cell::number(it.n),
            Cell::plain(capital(it.what)),
            Cell::plain(capital(&it.why)),
        ]);
    }
    let withheld = &method.withheld;
    for (n, what) in [
        (withheld.gaps, "Gaps"),
        (withheld.solutions, "Solutions"),
        (withheld.fits, "Fits"),
        (withheld.evidence, "Evidence"),
        (withheld.sessions, "Sessions"),
        (withheld.mentions, "Places in maps"),
    ] {
        if 0 < n {
            let why = "Not in this report: its label, or that of what it belongs to";
            rows.push(vec![Cell::number(n), Cell::plain(what), Cell::plain(why)]);
        }
    }
    if rows.is_empty() {
        body.say("Nothing is left out.");
        return;
    }
    let total = withheld.total();
    if 0 < total {
        let verb = if total == 1 { "was" } else { "were" };
        let n = count(total, "item");
        body.say(format!("{n} {verb} left out because of labels."));
    }
    let columns = [("Number", 12), ("What", 22), ("Why", 66)];
    body.table(
        "What does not count, or is not in this report",
        &columns,
        rows,
    );
}
