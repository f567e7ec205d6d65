//! Cover, executive summary, method.

use super::{Bar, Bars, Block, Body, Cell, Picture, Span, To, Tone, capital, here};
use crate::report::language::Language;
use crate::report::value::{CoverageRow, Finding, Report, SessionSheet};

/// What stands before the table of contents.
pub(super) fn cover(report: &Report) -> Vec<Block> {
    let cover = &report.cover;
    let language = cover.language;
    let mut blocks = Vec::new();
    if cover.is_preview {
        blocks.push(Block::Note(vec![Span::strong(language.preview())]));
    }
    let rows = [
        (language.project(), &cover.project),
        (language.grant(), &cover.grant_number),
        (language.deliverable(), &cover.deliverable),
        (language.report(), &cover.number),
        (language.version(), &cover.edition),
        (
            language.dissemination(),
            &language.level(cover.level).to_owned(),
        ),
        (language.label(), &cover.tlp),
        (language.cut_off_date(), &language.day(&cover.cut_off)),
        (language.authors(), &cover.authors),
        (language.reviewers(), &cover.reviewers),
    ];
    let rows = rows.into_iter().filter(|it| !it.1.is_empty());
    let rows = rows.map(|(label, text)| (label.to_owned(), vec![Span::plain(text)]));
    blocks.push(Block::Facts(rows.collect()));
    if !cover.summary.is_empty() {
        blocks.push(Block::Text(vec![Span::plain(&cover.summary)]));
    }
    let mut body = Body::of(language);
    let editions = cover.editions.iter().map(|it| {
        vec![
            Cell::plain(&it.edition),
            Cell::plain(&it.number),
            Cell::plain(language.day(&it.cut_off)),
            Cell::plain(&it.changes),
        ]
    });
    let columns = [
        (language.version(), 12),
        (language.report(), 13),
        (language.cut_off(), 17),
        (language.what_changed(), 58),
    ];
    body.table(language.versions(), &columns, editions.collect());
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
    let language = body.language;
    body.heading(1, "summary", language.executive_summary());
    let n_gaps = report.gaps.len();
    if n_gaps == 0 {
        body.say(language.no_gap_in_scope());
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
        language.numbers_at_a_glance(),
        &[(language.number(), 15), (language.what_is_counted(), 85)],
        rows.collect(),
    );
    coverage(body, &report.coverage);
    if !report.findings.is_empty() {
        body.heading(2, "findings", language.main_findings());
        let findings = report.findings.iter();
        body.list(findings.map(|it| finding(language, it)).collect());
    }
}

/// A sentence with what it is about.
pub(super) fn finding(language: Language, it: &Finding) -> Vec<Span> {
    let mut spans = vec![Span::plain(&it.text)];
    for (at, about) in it.about.iter().enumerate() {
        spans.push(Span::plain(if at == 0 { " (" } else { ", " }));
        spans.push(here(about));
    }
    if 0 < it.more {
        spans.push(Span::plain(language.and_more(it.more)));
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
    let language = body.language;
    body.heading(2, "coverage", language.coverage_of_the_gaps());
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
    let told = rows
        .iter()
        .map(|it| language.coverage_told(&it.group, it.green, it.amber, it.red, it.grey));
    let alt = told.collect::<Vec<_>>().join("; ");
    let picture = Picture::Bars(Bars {
        bars: bars.collect(),
        legend: vec![
            (Tone::Green, language.green()),
            (Tone::Amber, language.amber()),
            (Tone::Red, language.red()),
            (Tone::Grey, language.grey()),
        ],
    });
    body.figure(language.coverage_by_group(), alt, picture);
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
        (language.a_group(), 40),
        (language.the_gaps(), 12),
        (language.green_head(), 12),
        (language.amber_head(), 12),
        (language.red_head(), 12),
        (language.grey_head(), 12),
    ];
    body.table(language.gaps_by_light(), &columns, table.collect());
    body.say(language.several_groups());
}

pub(super) fn method(body: &mut Body, report: &Report) {
    let method = &report.method;
    let sentences = |lines: &[String]| {
        let lines = lines.iter().map(|it| vec![Span::plain(it)]);
        lines.collect::<Vec<_>>()
    };
    let language = body.language;
    body.heading(1, "method", language.method());
    body.heading(2, "scope", language.scope());
    body.list(sentences(&method.scope));
    body.heading(2, "groups", language.the_groups());
    match method.groups.is_empty() {
        true => body.say(language.there_is_none()),
        false => {
            let groups = method.groups.iter().map(|it| match it.scope.is_empty() {
                true => vec![Span::strong(&it.name)],
                false => vec![
                    Span::strong(&it.name),
                    Span::plain(format!("{}{}", language.colon(), it.scope)),
                ],
            });
            body.list(groups.collect());
        }
    }
    body.heading(2, "sessions", language.the_sessions());
    if method.sessions.is_empty() {
        body.say(language.no_session());
    }
    for session in &method.sessions {
        self::session(body, session);
    }
    body.heading(2, "rule", language.what_counts());
    body.list(sentences(&method.rule));
    body.heading(2, "left-out", language.what_is_left_out());
    left_out(body, report);
    body.heading(2, "limits", language.the_limits());
    body.list(sentences(&method.limits));
}

fn session(body: &mut Body, session: &SessionSheet) {
    let language = body.language;
    body.text(vec![Span::link(
        &session.title,
        To::App(session.href.clone()),
    )]);
    let mut facts = vec![
        (language.date(), language.day(&session.held_on)),
        (language.place(), session.place.clone()),
        (language.the_groups(), session.groups.join(", ")),
        (language.theme(), session.theme.clone()),
        (language.rounds(), session.rounds.join("; ")),
    ];
    if let Some(people) = session.people {
        let roles = session
            .roles
            .iter()
            .map(|it| format!("{} {}", it.n, it.role));
        let roles = roles.collect::<Vec<_>>().join(", ");
        facts.push((
            language.people(),
            match roles.is_empty() {
                true => people.to_string(),
                false => language.people_by_role(people, roles),
            },
        ));
    }
    facts.push((language.nodes(), session.nodes.to_string()));
    facts.push((language.the_votes(), session.votes.to_string()));
    facts.push((language.label(), session.tlp.clone()));
    if session.house_rule {
        facts.push((language.house_rule(), "Chatham House".to_owned()));
    }
    let facts = facts.into_iter().filter(|it| !it.1.is_empty());
    let facts = facts.map(|(label, text)| (label.to_owned(), vec![Span::plain(text)]));
    body.facts(facts.collect());
}

fn left_out(body: &mut Body, report: &Report) {
    let method = &report.method;
    let language = body.language;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for it in &method.left_out {
        rows.push(vec![
            Cell::number(it.n),
            Cell::plain(what(language, it.what)),
            Cell::plain(capital(&it.why)),
        ]);
    }
    let withheld = &method.withheld;
    for (n, what) in [
        (withheld.gaps, language.the_gaps()),
        (withheld.solutions, language.the_solutions()),
        (withheld.fits, language.the_fits()),
        (withheld.evidence, language.the_evidence()),
        (withheld.sessions, language.the_sessions()),
        (withheld.mentions, language.places_in_maps()),
    ] {
        if 0 < n {
            let why = language.withheld();
            rows.push(vec![Cell::number(n), Cell::plain(what), Cell::plain(why)]);
        }
    }
    if rows.is_empty() {
        body.say(language.nothing_left_out());
        return;
    }
    let total = withheld.total();
    if 0 < total {
        body.say(language.items_were_left_out(total));
    }
    let columns = [
        (language.number(), 12),
        (language.what(), 22),
        (language.why(), 66),
    ];
    body.table(language.left_out_table(), &columns, rows);
}

/// What is left out, in words.
fn what(language: Language, what: &str) -> &'static str {
    match what {
        "gaps" => language.the_gaps(),
        "fits" => language.the_fits(),
        _ => language.the_sessions(),
    }
}
