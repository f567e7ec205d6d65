/** Words of the page that a join link leads to. */
export const join = {
  title: "Join a session",
  invited: "You are invited to",
  name: "Your name in this session",
  nameHint: "A pseudonym keeps it about ideas. You can change it, or take another.",
  another: "Another name",
  noName: "Type a name, or take another.",
  notice: "Before you go in",
  button: "Join",
  viewer: "You can read along; this link does not let you write.",
  maps: "Choose a map",
  noMap: "You are in",
  noMapText:
    "The facilitator has not opened a map yet. This page takes you there as soon as there is one.",
  you: "You are {{name}}",
  problem: {
    unknown: "This code is not known",
    unknownText: "Compare it with the screen or the invitation, and type it again.",
    ended: "This join link has ended",
    endedText: "Ask the facilitator for a new one.",
    offline: "The server can't be reached",
  },
};
