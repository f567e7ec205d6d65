/** Words of the pages before one is in: start, sign-in, welcome. */
export const start = {
  title: "Map what is missing, together",
  tab: "Live mind maps for Practitioners' Groups",
  text: "In Gapmap a Practitioners' Group builds one mind map live, from every laptop and phone in the room: what is hard in daily work, what is missing, what might help. Out of it comes a report that sets the solutions there are against the gaps that were named, and shows which gaps nothing fits yet.",
  join: {
    title: "Join a session",
    label: "Code from the screen or the invitation",
    hint: "No account is needed.",
    button: "Join",
    empty: "Type the code first.",
    malformed:
      "A code has 6 to 8 letters and digits, such as K7WM-4QXD. A whole join link works too.",
  },
  seats: {
    label: "Sessions that you take part in",
    continue: "Continue in {{session}} as {{name}}",
  },
  facilitator: "You prepare or run sessions?",
  signIn: {
    title: "Sign in",
    text: "For facilitators, analysts, reviewers and administrators. To take part in a session you need no account: open the join link or type its code.",
    email: "E-mail address",
    password: "Password",
    button: "Sign in",
    wrong: "This e-mail address and this password do not belong together.",
    noEmail: "Type your e-mail address.",
    noPassword: "Type your password.",
    forgotten: "Forgotten? Whoever runs this server can set a new one.",
    joinInstead: "Join with a code",
    provider: "Sign in with your organisation",
    or: "or with a password",
    problem: {
      unavailable:
        "Your organisation's sign-in does not answer at the moment. Try again later, or use your password.",
      refused: "Your organisation's sign-in did not let you in, or you turned back.",
      expired: "That took too long, or was begun in another browser. Try again.",
      invalid:
        "What your organisation's sign-in answered cannot be trusted. Try again; if it comes back, tell whoever runs this server.",
      unverified: "Your organisation has not confirmed your e-mail address.",
      unknown:
        "There is no account here with your e-mail address. Ask whoever runs this server for one.",
      disabled: "Your account here is shut. Ask whoever runs this server.",
    },
  },
  welcome: {
    title: "Welcome",
    signedIn: "Welcome, {{name}}",
    working: "Signing you in…",
    used: "This link has been used already, or it has run out.",
    usedText:
      "A sign-in link works once. Sign in with your password, or ask whoever runs this server for a new link.",
    noToken: "This link is not complete. Copy the whole of it into the address bar.",
    offer: "You are signed in. Set a password, so that you can come back without a link.",
    button: "Set password",
    skip: "Not now",
    done: "Password set",
  },
  password: {
    title: "Change password",
    text: "You will be signed out everywhere else.",
    endTokens: "End my API tokens too",
    endTokensHint:
      "Scripts that use them stop working at once. Otherwise they go on; choose this if somebody else may have got hold of one.",
    current: "Current password",
    next: "New password",
    hint: "At least 8 characters. A few words in a row are easy to remember and hard to guess.",
    tooShort: "Use at least 8 characters.",
    wrong: "This is not your current password.",
    button: "Change password",
    done: "Password changed",
  },
};
