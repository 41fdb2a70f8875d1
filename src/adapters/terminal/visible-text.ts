// Strangers' text on a terminal: an escape sequence in a file name must not move the cursor or recolour the
// screen, and a bidirectional control must not reverse a sentence.

const UNSAFE =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]|\p{Cs}/gu;

/** The text on one line with control, bidirectional and broken characters as `\u{…}`. */
export function visibleText(text: string): string {
  return text.replace(
    UNSAFE,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/** JSON text with the same characters as `\uXXXX`: the same value, harmless on a terminal. */
export function visibleJson(json: string): string {
  return json.replace(UNSAFE, (character) => {
    if (character === '\n') return character;
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

/** The text cut to `limit` characters, with an ellipsis if something was left out. */
export function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
