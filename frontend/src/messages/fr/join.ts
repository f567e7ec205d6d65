/** Les mots de la page à laquelle mène un lien d'invitation. */
export const join = {
  title: "Rejoindre une session",
  invited: "Vous êtes invité à",
  name: "Votre nom dans cette session",
  nameHint:
    "Un pseudonyme laisse la place aux idées. Vous pouvez le changer, ou en prendre un autre.",
  another: "Un autre nom",
  noName: "Saisissez un nom, ou prenez-en un autre.",
  notice: "Avant d'entrer",
  button: "Rejoindre",
  viewer: "Vous pouvez lire ; ce lien ne permet pas d'écrire.",
  maps: "Choisissez une carte",
  noMap: "Vous y êtes",
  noMapText:
    "L'animateur n'a pas encore ouvert de carte. Cette page vous y conduira dès qu'il y en aura une.",
  you: "Vous êtes {{name}}",
  problem: {
    unknown: "Ce code est inconnu",
    unknownText: "Comparez-le avec l'écran ou l'invitation, puis saisissez-le de nouveau.",
    ended: "Ce lien a pris fin",
    endedText: "Demandez-en un nouveau à l'animateur.",
    offline: "Le serveur est injoignable",
  },
};
