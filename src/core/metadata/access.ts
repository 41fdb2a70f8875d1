// What a record says about who may access the files.

import { listMember, textMember, type JsonObject } from '../json/json-text.ts';
import { shownLine } from '../text/shown-text.ts';
import { bareCode, codeWords } from './code-words.ts';

export interface AccessStatement {
  /** Without its scheme: `OpenAccess`; empty if the record says none. */
  status: string;
  /** The day on which an embargo ends, as the record writes it. */
  until?: string;
  description?: string;
}

/** Every statement of a record, in its order. */
export function accessStatements(record: JsonObject): AccessStatement[] {
  return listMember(record, 'access').map((item) => {
    const statement: AccessStatement = { status: bareCode(textMember(item, 'status')) };
    const until = shownLine(textMember(item, 'embargoedUntil') ?? '', 40);
    const description = shownLine(textMember(item, 'description') ?? '', 300);
    if (until !== '') statement.until = until;
    if (description !== '') statement.description = description;
    return statement;
  });
}

/** A statement in words: `embargoed access, until 2027-01-01`. */
export function accessWords({ status, until, description }: AccessStatement): string {
  const parts = [status === '' ? 'not stated' : codeWords(status)];
  if (until !== undefined) parts.push(`until ${until}`);
  if (description !== undefined) parts.push(description);
  return parts.join(', ');
}
