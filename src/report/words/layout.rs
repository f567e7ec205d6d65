//! Headings, captions, heads of tables, and the sentences of the layout.

phrases! {
    contents: "Contents", "Table des matières";
    skip_to_report: "Skip to the report", "Aller au rapport";
    table: "Table", "Tableau";
    figure: "Figure", "Figure";

    preview: "Preview of a report that is not finished: its numbers may change.",
        "Aperçu d'un rapport qui n'est pas terminé\u{a0}: ses nombres peuvent changer.";
    project: "Project", "Projet";
    grant: "Grant", "Subvention";
    deliverable: "Deliverable", "Livrable";
    report: "Report", "Rapport";
    version: "Version", "Version";
    dissemination: "Dissemination level", "Niveau de diffusion";
    label: "Label", "Marquage";
    cut_off_date: "Cut-off date", "Date d'arrêt des données";
    authors: "Authors", "Auteurs";
    reviewers: "Reviewers", "Relecteurs";
    versions: "Versions", "Versions";
    cut_off: "Cut-off", "Arrêt des données";
    what_changed: "What changed", "Ce qui a changé";

    executive_summary: "Executive summary", "Synthèse";
    no_gap_in_scope: "There is no gap in the scope of this report.",
        "Il n'y a aucune lacune dans le périmètre de ce rapport.";
    numbers_at_a_glance: "Numbers at a glance", "Les nombres en un coup d'œil";
    number: "Number", "Nombre";
    what_is_counted: "What is counted", "Ce qui est compté";
    main_findings: "Main findings", "Principaux constats";
    and_more(n): " and {n} more", " et {n} de plus";
    coverage_of_the_gaps: "Coverage of the gaps", "Couverture des lacunes";
    coverage_by_group: "Coverage of the gaps by group", "Couverture des lacunes par groupe";
    coverage_told(group, green, amber, red, grey):
        "{group}: {green} green, {amber} amber, {red} red, {grey} grey",
        "{group}\u{a0}: {green} en vert, {amber} en ambre, {red} en rouge, {grey} en gris";
    gaps_by_light: "Gaps by group and light", "Lacunes par groupe et par feu";
    several_groups: "A gap of several groups counts in each of them.",
        "Une lacune de plusieurs groupes compte dans chacun d'eux.";
    green_head: "Green", "Vert";
    amber_head: "Amber", "Ambre";
    red_head: "Red", "Rouge";
    grey_head: "Grey", "Gris";
    a_group: "Group", "Groupe";
    the_gaps: "Gaps", "Lacunes";
    a_gap: "Gap", "Lacune";
    the_solutions: "Solutions", "Solutions";
    a_solution: "Solution", "Solution";
    the_fits: "Fits", "Adéquations";
    a_fit: "Fit", "Adéquation";
    the_evidence: "Evidence", "Preuves";
    the_sessions: "Sessions", "Sessions";
    the_votes: "Votes", "Votes";
    the_groups: "Groups", "Groupes";

    method: "Method", "Méthode";
    scope: "Scope", "Périmètre";
    what_counts: "What counts", "Ce qui compte";
    what_is_left_out: "What is left out", "Ce qui est laissé de côté";
    the_limits: "Limits", "Limites";
    there_is_none: "There is none.", "Il n'y en a pas.";
    no_session: "There is none in this report.", "Il n'y en a pas dans ce rapport.";
    date: "Date", "Date";
    place: "Place", "Lieu";
    theme: "Theme", "Thème";
    rounds: "Rounds", "Étapes";
    people: "People", "Personnes";
    people_by_role(people, roles): "{people}, of them {roles}", "{people}, dont {roles}";
    nodes: "Nodes", "Nœuds";
    house_rule: "House rule", "Règle de discrétion";
    places_in_maps: "Places in maps", "Endroits des cartes";
    withheld: "Not in this report: its label, or that of what it belongs to",
        "Absent de ce rapport\u{a0}: son marquage, ou celui de ce dont il dépend";
    nothing_left_out: "Nothing is left out.", "Rien n'est laissé de côté.";
    left_out_table: "What does not count, or is not in this report",
        "Ce qui ne compte pas, ou n'est pas dans ce rapport";
    what: "What", "Quoi";
    why: "Why", "Pourquoi";

    by_weight: "What weighs most comes first: impact and urgency, then votes.",
        "Ce qui pèse le plus vient d'abord\u{a0}: impact et urgence, puis votes.";
    coverage: "Coverage", "Couverture";
    in_the_catalogue: "In the catalogue", "Dans le catalogue";
    votes_in_sessions: "Votes in sessions", "Votes en session";
    best_level: "Best level reached", "Meilleur niveau atteint";
    readiness: "Readiness", "Maturité";
    why_and_limits: "Why, and its limits", "Pourquoi, et ses limites";
    known_to_fit(gap): "What is known to fit {gap}", "Ce que l'on sait répondre à {gap}";
    nothing_linked: "No solution is linked to it.", "Aucune solution ne lui est liée.";
    named_in(places): "Named in {places}", "Nommée à {places}";
    counts(degree): "{degree} (counts)", "{degree} (compte)";
    limits(text): " Limits: {text}", " Limites\u{a0}: {text}";
    scores(most, scores): " Scores, 1 to 5, by up to {most}: {scores}.",
        " Notes, de 1 à 5, par {most} personnes au plus\u{a0}: {scores}.";
    place_of(n): "place {n}", "endroit {n}";
    kind: "Kind", "Nature";
    state: "State", "État";
    meets_rule_for: "Meets the rule for", "Conforme à la règle pour";
    result_of: "Result of", "Résultat de";
    address: "Address", "Adresse";
    named_in_maps: "Named in maps", "Nommée dans les cartes";
    what_it_fits(solution): "What {solution} fits", "Ce à quoi {solution} répond";
    contradicted: "Another source says otherwise.", "Une autre source dit le contraire.";

    gaps_by_solutions: "Gaps by solutions", "Lacunes et solutions";
    nothing_linked_at_all: "No solution is linked to a gap.", "Aucune solution n'est liée à une lacune.";
    legend: "F fits fully, G fits well; in dark these count. P fits in part. What is light does not count, and \
             what is palest is not accepted yet.",
        "C\u{a0}: adéquation complète, B\u{a0}: bonne\u{a0}; en foncé, elles comptent. P\u{a0}: partielle. Ce qui \
         est clair ne compte pas, et le plus pâle n'est pas encore accepté.";
    part(text, n, of): "{text}, part {n} of {of}", "{text}, partie {n} sur {of}";
    too_many: "There are too many for pictures that could be read; the table says the same, and the CSV of this \
               report has every fit.",
        "Il y en a trop pour des figures lisibles\u{a0}; le tableau dit la même chose, et le CSV de ce rapport \
         contient chaque adéquation.";
    letter_full: "F", "C";
    letter_good: "G", "B";
    letter_partial: "P", "P";
    fit_of(gap, solution, degree): "{gap}, {solution}: {degree}", "{gap}, {solution}\u{a0}: {degree}";
    solutions_for_each_gap: "Solutions for each gap", "Solutions pour chaque lacune";
    light_head: "Light", "Feu";
    meets_the_rule: "Meets the rule", "Conforme à la règle";
    does_not_count: "Fits, does not count", "Convient, ne compte pas";
    not_accepted_yet: "Not accepted yet", "Pas encore acceptée";

    uncovered: "Gaps without a solution", "Lacunes sans solution";
    no_gap: "No gap is in the scope of this report.", "Aucune lacune n'est dans le périmètre de ce rapport.";
    none_uncovered: "There is none: each gap has at least one accepted solution that fits in part.",
        "Il n'y en a pas\u{a0}: chaque lacune a au moins une solution acceptée qui convient en partie.";
    red_is_not_grey: "Red: somebody searched, and nothing fits. Grey: nobody searched yet, which is not the \
                      same.",
        "Rouge\u{a0}: on a cherché, et rien ne convient. Gris\u{a0}: personne n'a encore cherché, ce qui n'est \
         pas la même chose.";
    near_misses: "Near misses", "Quasi-adéquations";
    near_misses_are: "These fits are accepted and would count if one thing were different.",
        "Ces adéquations sont acceptées et compteraient s'il ne leur manquait pas une chose.";
    recommendations: "Recommendations", "Recommandations";

    annexes: "Annexes", "Annexes";
    sources: "Sources", "Sources";
    changes: "Changes since the last report", "Changements depuis le dernier rapport";
    no_report_before: "There is no report before this one that it could be compared with.",
        "Aucun rapport antérieur ne peut lui être comparé.";
    glossary: "Glossary", "Glossaire";
    scales: "Scales", "Échelles";
    no: "No.", "N°";
    source: "Source", "Source";
    date_checked: "Date checked", "Date de vérification";
    used: "Used", "Emplois";
    not_stated: "not stated", "non déclarée";
    compared_with(number, edition, cut_off): "Compared with {number}, version {edition}, cut-off {cut_off}.",
        "Comparé à {number}, version {edition}, données arrêtées au {cut_off}.";
    gaps_new: "Gaps that are new", "Nouvelles lacunes";
    gaps_gone: "Gaps that are no longer in it", "Lacunes qui n'y sont plus";
    solutions_new: "Solutions that are new", "Nouvelles solutions";
    solutions_gone: "Solutions that are no longer in it", "Solutions qui n'y sont plus";
    went(before, after): " went from {before} to {after}", " est passée de {before} à {after}";
    nothing_changed: "Nothing changed.", "Rien n'a changé.";
}
