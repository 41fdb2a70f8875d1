// The schema's problems as findings.

import { textMember, type JsonObject } from '../json/json-text.ts';
import type { Archive } from '../records/archive.ts';
import { partsOf } from '../schema/record-walk.ts';
import type { RuleContext } from '../schema/semantic-rules.ts';
import {
  isKnownRelease,
  isNewerRelease,
  NEWEST_RELEASE,
  releaseToCheck,
  schemaProblems,
  type RecordKind,
  type SchemaSettings,
} from '../schema/validate.ts';
import { quote } from '../text/quote.ts';
import type { Finding } from './rule.ts';

/** The parts of an archive's settings that the metadata schema depends on. */
export function schemaSettings(archive: Archive): SchemaSettings {
  return {
    prefix: archive.identifierPrefix,
    site: archive.site,
    licenses: archive.licenses,
    ...(archive.doiPrefix === undefined ? {} : { doiPrefix: archive.doiPrefix }),
  };
}

/**
 * What a record of this kind is checked against. A draft: the archive's settings. A published record: what
 * was in force when it was frozen, which it says itself: the site by its address, the prefix by its DOI, the
 * licences by its own.
 */
export function settingsFor(kind: RecordKind, archive: Archive): SchemaSettings {
  if (!kind.startsWith('Published')) return schemaSettings(archive);
  return { prefix: archive.identifierPrefix, licenses: [] };
}

/** How the metadata schema is applied to a record of an archive with these settings. */
export function schemaContext(
  record: JsonObject,
  kind: RecordKind,
  settings: SchemaSettings,
  imported = false,
): RuleContext {
  const authored = !kind.startsWith('Published');
  return { kind, settings, authored, imported, parts: partsOf(record, kind, authored) };
}

/** What is wrong with the release that a record names; `subject` begins the sentence. */
export function* releaseFindings(record: JsonObject, subject: string): Generator<Finding> {
  const release = textMember(record, 'schemaVersion');
  const pointer = '/schemaVersion';
  if (release === undefined) {
    yield { pointer, message: `${subject} names no release of the schema.` };
  } else if (isNewerRelease(release)) {
    yield {
      pointer,
      severity: 'warning',
      message: `${subject} names release ${quote(release)} of the schema, which is newer than ${NEWEST_RELEASE}, the newest that is known here; it is checked as that.`,
      hint: 'The record can stay as it is. Update the program of this archive, which then checks it as what it is.',
    };
  } else if (!isKnownRelease(release)) {
    const message = `${subject} names release ${quote(release)} of the schema, which is not known.`;
    yield { pointer, message };
  }
}

/** What the schema of the release that a record names finds wrong with it. */
export function* schemaFindings(record: JsonObject, context: RuleContext): Generator<Finding> {
  const release = releaseToCheck(textMember(record, 'schemaVersion') ?? '');
  if (release === undefined) return;
  const { kind, settings, authored = false, imported: elsewhere = false } = context;
  for (const problem of schemaProblems(record, { release, kind, settings, authored, elsewhere })) {
    const like = `${problem.keyword} ${problem.pointer.replace(/\/\d+(?=\/|$)/g, '/*')}`;
    yield { ...problem, like };
  }
}
