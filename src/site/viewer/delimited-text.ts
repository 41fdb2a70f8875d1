// Rows of CSV (RFC 4180) and TSV, as they are written: no cell is taken for a number.

export type Delimiter = ',' | ';' | '\t';

/** What separates the cells: a tab in TSV, else what the first line has more of. */
export function delimiterOf(path: string, text: string): Delimiter {
  if (/\.tsv$/i.test(path)) return '\t';
  const end = text.search(/[\r\n]/);
  const head = text.slice(0, end < 0 ? 10_000 : Math.min(end, 10_000));
  const count = (sign: string): number => head.split(sign).length;
  if (count('\t') > Math.max(count(','), count(';'))) return '\t';
  return count(';') > count(',') ? ';' : ',';
}

/**
 * The rows of a text, one after another. Quotation marks have their meaning in CSV alone. Blank lines are left
 * out. Every step consumes a character, so any text takes time in proportion to its length.
 */
export function* delimitedRows(text: string, delimiter: Delimiter): Generator<string[]> {
  const hasQuotes = delimiter !== '\t';
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let cell = '';
    if (hasQuotes && text[at] === '"') {
      for (at += 1; at < text.length;) {
        const found = text.indexOf('"', at);
        const end = found < 0 ? text.length : found;
        cell += text.slice(at, end);
        at = end + 1;
        if (text[at] !== '"') break;
        cell += '"';
        at += 1;
      }
    }
    const start = at;
    while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r')
      at += 1;
    row.push(cell + text.slice(start, at));
    if (text[at] === delimiter) {
      at += 1;
      if (at < text.length && text[at] !== '\n' && text[at] !== '\r') continue;
      row.push('');
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at += 1;
    at += 1;
    if (row.length > 1 || row[0] !== '') yield row;
    row = [];
  }
}
