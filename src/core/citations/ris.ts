// RIS, as EndNote, Zotero and Mendeley read it: one tag a line, CRLF.

import type { CitableRecord } from '../metadata/citable-record.ts';
import { citationKey } from './bibtex.ts';
import { creatorName, familyOf, type CreatorName } from './creator-name.ts';
import { isoDate, noteOf, referenceOf } from './reference.ts';

// Some programs split an organisation's name at its comma; RIS has no way to prevent that.
function risName(name: CreatorName): string {
  if ('literal' in name) return name.literal;
  return [familyOf(name), name.given, name.suffix].filter(Boolean).join(', ');
}

/** One record of type DATA. */
export function ris(facts: CitableRecord): string {
  const { title, version, publisher, date, doi, link } = referenceOf(facts);
  const lines: string[] = [];
  const add = (tag: string, ...texts: string[]): void => {
    for (const text of texts) {
      const line = text.replace(/\s+/g, ' ').trim();
      if (line !== '') lines.push(`${tag}  - ${line}`);
    }
  };
  add('TY', 'DATA');
  add('ID', citationKey(facts));
  add('AU', ...facts.creators.map((one) => risName(creatorName(one))));
  add('TI', title);
  if (date !== undefined) {
    add('PY', String(date.year));
    add('DA', isoDate(date).replaceAll('-', '/'));
  }
  add('ET', version);
  add('PB', publisher);
  add('DO', doi ?? '');
  add('UR', link);
  add('AB', facts.description);
  add('KW', ...facts.keywords);
  add('N1', noteOf(facts));
  // The blank after the last hyphen belongs to the tag.
  return [...lines, 'ER  - ', ''].join('\r\n');
}
