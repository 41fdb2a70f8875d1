// A text as a cell of CSV (RFC 4180) that is safe to open in a spreadsheet.

// What a spreadsheet takes for the beginning of a formula where it is first in a cell, ignoring blanks; also
// in the full-width forms of East Asian keyboards.
const FORMULA_FIRST = /^(?:[;\t\r]|[ \u00a0\u3000]*[=+\-@＝＋－＠])/;
// Where `;` separates the cells, as in much of Europe, the quotation marks of this table have no effect, and
// cells begin in the middle of a text.
const FORMULA_INSIDE = /([;\t\r\n][ \u00a0\u3000]{0,100})(?=[=+\-@＝＋－＠])/g;

/** The cell of a text, in quotation marks if it needs them. One that a spreadsheet would run begins with `'`. */
export function csvText(text: string): string {
  const inside = text.replace(FORMULA_INSIDE, "$1'");
  const safe = FORMULA_FIRST.test(text) ? `'${inside}` : inside;
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
