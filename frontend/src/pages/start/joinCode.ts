/** Reading a join code out of what people type or paste. */

// Without vowels and look-alikes the server's alphabet is smaller; which codes exist is the server's to say.
const CODE = /^[A-Z0-9]{6,8}$/;

/** The code in `typed`: in any case, with or without dashes and spaces, or inside a whole join link. */
export function readCode(typed: string): string | null {
  const fromLink = /\/join\/([^/?#\s]+)/.exec(typed)?.[1];
  const code = (fromLink ?? typed).replace(/[\s\-–—.]/g, "").toUpperCase();
  return CODE.test(code) ? code : null;
}

/** A code in two groups, as it is shown and read aloud: "K7WM-4QXD". */
export function showCode(code: string): string {
  if (code.includes("-") || code.length < 6) return code;
  const half = Math.ceil(code.length / 2);
  return `${code.slice(0, half)}-${code.slice(half)}`;
}
