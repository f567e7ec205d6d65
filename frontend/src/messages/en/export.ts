/** Words of the export of maps. */
export const exporting = {
  open: "Export",
  openMap: "Export {{title}}",
  title: "Export the map",
  text: "As a file for other programs, with the label that says how far it may travel. Names of people are not in it.",
  format: "Format",
  scope: "How much",
  whole: "The whole map",
  branch: "Only the branch “{{words}}”",
  parts: "With",
  notes: "Notes",
  links: "Links to gaps and solutions",
  votes: "Votes",
  download: "Download",
  done: "Downloaded: {{name}}",
  shrunk:
    "The picture was too large and is scaled down to {{percent}} %. As PDF or SVG it is whole.",
  making: "{{format}} is being made…",
  seconds: "{{n}} s",
  calledOff: "Called off. Nothing was downloaded.",
  notHere: "This server cannot make it: gapmap-typeset is not installed.",
};
