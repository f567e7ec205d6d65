/** Les mots de l'exportation des cartes. */
export const exporting = {
  open: "Exporter",
  openMap: "Exporter {{title}}",
  title: "Exporter la carte",
  text: "En fichier pour d'autres programmes, avec la mention qui dit jusqu'où il peut circuler. Aucun nom de personne n'y figure.",
  format: "Format",
  scope: "Étendue",
  whole: "Toute la carte",
  branch: "Seulement la branche « {{words}} »",
  parts: "Avec",
  notes: "Les notes",
  links: "Les liens vers les lacunes et les solutions",
  votes: "Les votes",
  download: "Télécharger",
  done: "Téléchargé : {{name}}",
  shrunk:
    "L'image était trop grande : elle est réduite à {{percent}} %. En PDF ou en SVG, elle est entière.",
  making: "{{format}} : création en cours…",
  seconds: "{{n}} s",
  calledOff: "Annulé. Rien n'a été téléchargé.",
  notHere: "Ce serveur ne peut pas le créer : gapmap-typeset n'y est pas installé.",
};
