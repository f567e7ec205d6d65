/** Les mots des pages d'avant l'entrée : accueil, connexion, bienvenue. */
export const start = {
  title: "Cartographier ensemble ce qui manque",
  tab: "Cartes mentales en direct pour les groupes de praticiens",
  text: "Dans Gapmap, un groupe de praticiens construit une même carte mentale en direct, depuis chaque ordinateur et chaque téléphone de la salle : ce qui est difficile au quotidien, ce qui manque, ce qui pourrait aider. Il en sort un rapport qui place les solutions existantes face aux lacunes nommées, et montre celles auxquelles rien ne répond encore.",
  join: {
    title: "Rejoindre une session",
    label: "Code affiché à l'écran ou dans l'invitation",
    hint: "Aucun compte n'est nécessaire.",
    button: "Rejoindre",
    empty: "Saisissez d'abord le code.",
    malformed:
      "Un code compte de 6 à 8 lettres et chiffres, par exemple K7WM-4QXD. Un lien complet convient aussi.",
  },
  seats: {
    label: "Sessions auxquelles vous participez",
    continue: "Continuer dans {{session}} sous le nom {{name}}",
  },
  facilitator: "Vous préparez ou animez des sessions ?",
  signIn: {
    title: "Se connecter",
    text: "Pour les animateurs, analystes, relecteurs et administrateurs. Pour participer à une session, aucun compte n'est nécessaire : ouvrez le lien ou saisissez le code.",
    email: "Adresse électronique",
    password: "Mot de passe",
    button: "Se connecter",
    wrong: "Cette adresse électronique et ce mot de passe ne vont pas ensemble.",
    noEmail: "Saisissez votre adresse électronique.",
    noPassword: "Saisissez votre mot de passe.",
    forgotten: "Oublié ? La personne qui gère ce serveur peut en définir un nouveau.",
    joinInstead: "Rejoindre avec un code",
    provider: "Se connecter avec votre organisation",
    or: "ou avec un mot de passe",
    problem: {
      unavailable:
        "La connexion de votre organisation ne répond pas pour le moment. Réessayez plus tard, ou utilisez votre mot de passe.",
      refused:
        "La connexion de votre organisation ne vous a pas laissé entrer, ou vous avez fait demi-tour.",
      expired: "Cela a pris trop de temps, ou a commencé dans un autre navigateur. Réessayez.",
      invalid:
        "La réponse de la connexion de votre organisation n'est pas digne de confiance. Réessayez ; si cela se reproduit, dites-le à la personne qui gère ce serveur.",
      unverified: "Votre organisation n'a pas confirmé votre adresse électronique.",
      unknown:
        "Il n'y a ici aucun compte avec votre adresse électronique. Demandez-en un à la personne qui gère ce serveur.",
      disabled: "Votre compte est fermé ici. Adressez-vous à la personne qui gère ce serveur.",
    },
  },
  welcome: {
    title: "Bienvenue",
    signedIn: "Bienvenue, {{name}}",
    working: "Connexion en cours…",
    used: "Ce lien a déjà servi, ou il a expiré.",
    usedText:
      "Un lien de connexion ne sert qu'une fois. Connectez-vous avec votre mot de passe, ou demandez un nouveau lien à la personne qui gère ce serveur.",
    noToken: "Ce lien n'est pas complet. Copiez-le en entier dans la barre d'adresse.",
    offer: "Vous êtes connecté. Définissez un mot de passe, afin de pouvoir revenir sans lien.",
    button: "Définir le mot de passe",
    skip: "Pas maintenant",
    done: "Mot de passe défini",
  },
  password: {
    title: "Changer le mot de passe",
    text: "Vous serez déconnecté partout ailleurs.",
    endTokens: "Mettre fin aussi à mes jetons d'API",
    endTokensHint:
      "Les scripts qui les utilisent s'arrêtent aussitôt. Sinon, ils continuent ; choisissez ceci si quelqu'un d'autre a pu en obtenir un.",
    current: "Mot de passe actuel",
    next: "Nouveau mot de passe",
    hint: "Au moins 8 caractères. Quelques mots à la suite sont faciles à retenir et difficiles à deviner.",
    tooShort: "Utilisez au moins 8 caractères.",
    wrong: "Ce n'est pas votre mot de passe actuel.",
    button: "Changer le mot de passe",
    done: "Mot de passe changé",
  },
};
