// Lists of terms and of plain texts in a record or a summary.

import { listMember, textMember, type JsonObject, type JsonValue } from '../json/json-text.ts';
import { shownLine } from '../text/shown-text.ts';

/** A term with a name and perhaps an identifier that is valid everywhere, as the record writes it. */
export interface NamedTerm {
  name: string;
  identifier?: string;
}

/** Species, approaches, techniques and standards are lists of things with name and identifier. */
export function namedTerms(summary: JsonValue | undefined, key: string): NamedTerm[] {
  const found: NamedTerm[] = [];
  for (const item of listMember(summary, key)) {
    const name = shownLine(typeof item === 'string' ? item : (textMember(item, 'name') ?? ''), 200);
    const identifier = textMember(item, 'identifier');
    if (name === '' && identifier === undefined) continue;
    const shownName = name === '' ? shownLine(identifier ?? '', 200) : name;
    found.push(identifier === undefined ? { name: shownName } : { name: shownName, identifier });
  }
  return found;
}

/** A list of plain texts under a key, empty ones left out, bounded in number and length. */
export function textList(record: JsonObject, key: string, most = 200, length = 200): string[] {
  return listMember(record, key)
    .slice(0, most * 2)
    .filter((item) => typeof item === 'string')
    .map((item) => shownLine(item, length))
    .filter((item) => item !== '')
    .slice(0, most);
}
