// Texts of strangers inside of programs: whatever they hold, they stay inside of their quotes.

/** A text as a string of Python, in ASCII and on one line; it can stand in a comment too. */
export function pythonString(text: string): string {
  const inner = Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (character === '"' || character === '\\') return `\\${character}`;
    if (code >= 0x20 && code < 0x7f) return character;
    const hex = code.toString(16);
    return code > 0xffff ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
  });
  return `"${inner.join('')}"`;
}

/** A text as a string of MATLAB, on one line: what MATLAB could not hold on a line becomes `?`. */
export function matlabString(text: string): string {
  return `'${text.replaceAll("'", "''").replace(/[^\x20-\x7e]/g, '?')}'`;
}
