// Redaction: frozen bytes that may not stay, by law or for somebody's privacy, are replaced by a notice. The
// manifest stays, and with it the digest that identifies the version.

import { recordText, valueText } from '../json/object-text.ts';
import { DANDISET_FILE } from '../records/layout.ts';
import { MANIFEST_FILE } from '../records/manifest.ts';

/** The record that replaces a redacted one. */
export interface RedactedRecord {
  /** `DANDI:000004`. */
  identifier: string;
  version: string;
  /** When it was published, as its manifest says: citations of it keep their year. */
  datePublished: string;
  notice: string;
}

/** The text of dandiset.json in a redacted version: its name, and why it is gone. */
export function redactedRecord({
  identifier,
  version,
  datePublished,
  notice,
}: RedactedRecord): string {
  return recordText([
    ['id', valueText(`${identifier}/${version}`)],
    ['identifier', valueText(identifier)],
    ['schemaKey', valueText('Dandiset')],
    ['version', valueText(version)],
    ['name', valueText(`Redacted: ${identifier}/${version}`)],
    ['description', valueText(notice)],
    ['datePublished', valueText(datePublished)],
  ]);
}

/** The files of a version that a redaction removes: all but the manifest and the record. */
export function filesToRemove(names: Iterable<string>): string[] {
  return [...names].filter((name) => name !== MANIFEST_FILE && name !== DANDISET_FILE);
}
