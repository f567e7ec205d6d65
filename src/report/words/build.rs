//! What is said of the records: numbers, findings, the rule, limits, advice, fields.

phrases! {
    gaps_in_scope: "gaps in scope", "lacunes du périmètre";
    gaps_green: "gaps that are covered", "lacunes couvertes";
    gaps_amber: "gaps that are covered in part", "lacunes couvertes en partie";
    gaps_red: "gaps that nothing fits", "lacunes auxquelles rien ne répond";
    gaps_grey: "gaps that nobody searched for yet", "lacunes pour lesquelles personne n'a encore cherché";
    candidate_solutions: "candidate solutions", "solutions candidates";
    accepted_fits: "accepted fits", "adéquations acceptées";
    counted_fits: "fits that meet the rule", "adéquations conformes à la règle";
    pieces_of_evidence: "pieces of evidence", "preuves";
    sessions_held: "sessions", "sessions";
    places_of_gaps: "places in maps where a gap is named", "endroits des cartes où une lacune est nommée";
    without_a_group: "Without a group", "Sans groupe";
    all_groups: "All groups", "Tous les groupes";

    try_it(solution, degree, gap): "Try {solution} ({degree}) for: {gap}",
        "Essayer {solution} (adéquation {degree}) pour\u{a0}: {gap}";
    compare_and_buy(how, gap): "Compare what meets the rule, and buy by {how}: {gap}",
        "Comparer ce qui satisfait la règle, et acquérir ({how})\u{a0}: {gap}";
    prepare(how, gap): "Prepare {how}: {gap}", "Préparer ({how})\u{a0}: {gap}";
    call_for_work(gap): "Call for work on what nothing fits yet: {gap}",
        "Appeler à des travaux sur ce à quoi rien ne répond encore\u{a0}: {gap}";
    help_to_be_tested(solution, gap): "Help {solution} to be tested in operation, for: {gap}",
        "Aider à éprouver {solution} en conditions réelles, pour\u{a0}: {gap}";
    look_at_the_rules(gap): "Look at the rules that stand in the way: {gap}",
        "Examiner les règles qui font obstacle\u{a0}: {gap}";
    look_before_use(solution, flags): "Before use, look at {solution}: {flags}",
        "Avant usage, examiner {solution}\u{a0}: {flags}";

    rule_counts: "A fit counts when it is accepted, its degree is good or full, and its solution is ripe \
                  by one of the following.",
        "Une adéquation compte quand elle est acceptée, bonne ou complète, et que sa solution est mûre selon \
         l'un des critères suivants.";
    rule_levels(from, to): "Its technology readiness level now is {from} to {to}, on a basis better than \
                            \u{201c}not stated\u{201d}. A level that is only a target does not count.",
        "Son niveau de maturité technologique actuel va de {from} à {to}, sur une base meilleure que \
         «\u{a0}non déclarée\u{a0}». Un niveau qui n'est qu'une cible ne compte pas.";
    rule_lifecycles(words): "It is not technology, and its lifecycle is: {words}.",
        "Ce n'est pas une technologie, et son cycle de vie est\u{a0}: {words}.";
    rule_markets(words): "Its market status is: {words}.", "Son statut sur le marché est\u{a0}: {words}.";

    scope_all: "All groups.", "Tous les groupes.";
    scope_groups(names): "Gaps and sessions of: {names}.", "Lacunes et sessions de\u{a0}: {names}.";
    scope_sessions(sessions): "Gaps that were named in {sessions}.", "Lacunes nommées dans {sessions}.";
    scope_from(from): "Sessions from {from} on.", "Sessions à partir du {from}.";
    scope_to(to): "Sessions up to {to}.", "Sessions jusqu'au {to}.";
    scope_period(from, to): "Sessions from {from} to {to}.", "Sessions du {from} au {to}.";
    scope_states: "Of gaps, those that are accepted, prioritised or closed.",
        "Parmi les lacunes, celles qui sont acceptées, prioritaires ou closes.";
    scope_cut_off(day): "All of it as it stood at the cut-off, {day}.",
        "Le tout tel qu'il était à la date d'arrêt des données, le {day}.";

    limit_catalogue: "It tells what the catalogue knew at the cut-off. A solution that nobody entered is not \
                      in it, and none is warranted by being in it.",
        "Il dit ce que le catalogue savait à la date d'arrêt des données. Une solution que personne n'a saisie \
         n'y est pas, et y figurer ne vaut pas garantie.";
    limit_sources: "Levels and market statuses are as their sources state them; the basis is told beside \
                    each.",
        "Niveaux et statuts sur le marché sont ceux que leurs sources déclarent\u{a0}; la base de chacun est \
         indiquée à côté.";
    limit_public(items): "This is the public edition: {items} with a label above TLP:CLEAR or resting on such \
                          a one, and everything about those who took part, are left out. Lights and counts \
                          rest on what is in this edition alone.",
        "Ceci est l'édition publique\u{a0}: {items} dont le marquage dépasse TLP:CLEAR, ou qui en dépendent, et \
         tout ce qui touche aux participants, sont laissés de côté. Feux et nombres ne reposent que sur ce qui \
         figure dans cette édition.";
    limit_sensitive(items): "{items} with the label TLP:RED, or resting on such a one, are left out. Lights and \
                             counts rest on what is in this edition alone.",
        "Laissés de côté\u{a0}: {items} portant le marquage TLP:RED, ou qui en dépendent. Feux et nombres ne \
         reposent que sur ce qui figure dans cette édition.";
    limit_house_rule(sessions): "{sessions} under the Chatham House rule: what was said may be used, and who \
                                 said it is not told.",
        "Sous la règle de Chatham House\u{a0}: {sessions}. Ce qui a été dit peut être utilisé, sans dire par qui.";

    now_at(level, basis): "TRL {level}, {basis}", "TRL {level}, {basis}";
    aims_at(level): "aims at TRL {level}", "vise le TRL {level}";
    trl_not_stated: "TRL not stated", "TRL non déclaré";
    lifecycle_not_stated: "not technology; lifecycle not stated",
        "pas une technologie\u{a0}; cycle de vie non déclaré";
    not_technology(lifecycle): "not technology; {lifecycle}", "pas une technologie\u{a0}; {lifecycle}";
    of_five(n): "{n} of 5", "{n} sur 5";
    readiness_level: "Readiness level", "Niveau de maturité";
}

counts! {
    gaps: ["{n} gap", "{n} gaps"], ["{n} lacune", "{n} lacunes"];
    minutes: ["{n} minute", "{n} minutes"], ["{n} minute", "{n} minutes"];
    items: ["{n} item", "{n} items"], ["{n} élément", "{n} éléments"];
    places: ["{n} place", "{n} places"], ["{n} endroit", "{n} endroits"];
    votes: ["{n} vote", "{n} votes"], ["{n} vote", "{n} votes"];
    times: ["{n} time", "{n} times"], ["{n} fois", "{n} fois"];
    chosen_sessions: ["{n} chosen session", "{n} chosen sessions"], ["{n} session choisie", "{n} sessions choisies"];
    sessions_were_held: ["{n} session was held", "{n} sessions were held"],
        ["{n} session tenue", "{n} sessions tenues"];
    gaps_are_open: [
        "{n} gap has been searched for without finding anything that fits",
        "{n} gaps have been searched for without finding anything that fits"
    ], [
        "Pour {n} lacune, on a cherché sans rien trouver qui convienne",
        "Pour {n} lacunes, on a cherché sans rien trouver qui convienne"
    ];
    gaps_are_covered: [
        "{n} gap has at least one solution that meets the rule",
        "{n} gaps have at least one solution that meets the rule"
    ], [
        "{n} lacune a au moins une solution conforme à la règle",
        "{n} lacunes ont au moins une solution conforme à la règle"
    ];
    gaps_are_covered_in_part: [
        "{n} gap is covered in part only, or by what is not known to be ripe",
        "{n} gaps are covered in part only, or by what is not known to be ripe"
    ], [
        "{n} lacune n'est couverte qu'en partie, ou par ce dont la maturité n'est pas établie",
        "{n} lacunes ne sont couvertes qu'en partie, ou par ce dont la maturité n'est pas établie"
    ];
    solutions_meet_the_rule: [
        "{n} solution meets the rule for at least one gap",
        "{n} solutions meet the rule for at least one gap"
    ], [
        "{n} solution est conforme à la règle pour au moins une lacune",
        "{n} solutions sont conformes à la règle pour au moins une lacune"
    ];
    gaps_are_not_searched: [
        "{n} gap has not been searched for yet: nothing can be said of them",
        "{n} gaps have not been searched for yet: nothing can be said of them"
    ], [
        "Pour {n} lacune, personne n'a encore cherché\u{a0}: on ne peut rien en dire",
        "Pour {n} lacunes, personne n'a encore cherché\u{a0}: on ne peut rien en dire"
    ];
    others_in_the_sheets: [
        "{n} other of less weight is in the sheets.",
        "{n} others of less weight are in the sheets."
    ], [
        "{n} autre, de moindre poids, se trouve dans les fiches.",
        "{n} autres, de moindre poids, se trouvent dans les fiches."
    ];
    items_were_left_out: [
        "{n} item was left out because of labels.",
        "{n} items were left out because of labels."
    ], [
        "{n} élément a été laissé de côté pour son marquage.",
        "{n} éléments ont été laissés de côté pour leur marquage."
    ];
}

phrases! {
    field_thor: "What is missing (THOR)", "Ce qui manque (THOR)";
    field_impact: "Impact", "Impact";
    field_urgency: "Urgency", "Urgence";
    field_moscow: "Priority (MoSCoW)", "Priorité (MoSCoW)";
    field_votes: "Votes counted elsewhere", "Votes comptés ailleurs";
    field_score_basis: "Basis of these scores", "Provenance de ces notes";
    field_procurement: "Procurement interest", "Intérêt pour l'achat";
    field_tags: "Tags", "Étiquettes";
    field_last_searched: "Last searched", "Dernière recherche";
    field_last_checked: "Last checked", "Dernière vérification";
    field_origin: "Where it comes from", "Origine";
    field_description: "Description", "Description";
    field_current_practice: "Current practice", "Pratique actuelle";
    field_desired_outcome: "Desired outcome", "Résultat souhaité";
    field_constraints: "Constraints", "Contraintes";
    field_standardisation: "Need for a standard", "Besoin d'une norme";
    field_provider: "Provider or consortium", "Fournisseur ou consortium";
    field_programme: "Programme", "Programme";
    field_grant_number: "Grant number", "Numéro de subvention";
    field_call: "Call", "Appel";
    field_start: "Start", "Début";
    field_end: "End", "Fin";
    field_lifecycle: "Lifecycle", "Cycle de vie";
    field_market_status: "Market status", "Statut sur le marché";
    field_strength: "Strength of the evidence", "Solidité des preuves";
    field_licence: "Licence", "Licence";
    field_cost: "Cost", "Coût";
    field_languages: "Languages", "Langues";
    field_users: "Who uses it", "Qui l'utilise";
    field_standards: "Standards met", "Normes respectées";
    field_ai_check: "AI Act check", "Examen au titre du règlement sur l'IA";
    field_dpia: "Data protection assessment needed", "Analyse d'impact (données) nécessaire";
    field_flags: "To look at before use", "À examiner avant usage";
    field_contact: "Contact", "Contact";
    field_external_ids: "Known elsewhere as", "Connue ailleurs sous";
    field_next_check: "Next check", "Prochaine vérification";
    field_summary: "What it does", "Ce qu'elle fait";
    field_access: "Who gets it, and how", "Qui y a accès, et comment";
    field_evidence_note: "What is known of its effect", "Ce que l'on sait de son effet";
    field_ethics: "What speaks for care", "Ce qui invite à la prudence";
}
