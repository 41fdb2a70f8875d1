// The schema's faults as findings.

import { textMember, type JsonObject } from '../json/json-text.ts';
import type { Archive } from '../records/archive.ts';
import { partsOf } from '../schema/record-walk.ts';
import type { RuleContext } from '../schema/semantic-rules.ts';
import {
  isKnownRelease,
  schemaFaults,
  type RecordKind,
  type SchemaSettings,
} from '../schema/validate.ts';
import type { Finding } from './rule.ts';

/** What of an archive's settings the metadata schema depends on. */
export function schemaSettings(archive: Archive): SchemaSettings {
  return {
    prefix: archive.identifierPrefix,
    site: archive.site,
    licenses: archive.licenses,
    ...(archive.doiPrefix === undefined ? {} : { doiPrefix: archive.doiPrefix }),
  };
}

/**
 * What a record of this kind is held to. A draft: the archive's settings. A published record: what was
 * in force when it was frozen, which it tells itself: the site by its address, the prefix by its DOI,
 * the licences by its own.
 */
export function settingsFor(kind: RecordKind, archive: Archive): SchemaSettings {
  if (!kind.startsWith('Published')) return schemaSettings(archive);
  return { prefix: archive.identifierPrefix, licenses: [] };
}

/** How the metadata schema is asked about a record of an archive with these settings. */
export function schemaContext(
  record: JsonObject,
  kind: RecordKind,
  settings: SchemaSettings,
): RuleContext {
  const authored = !kind.startsWith('Published');
  return { kind, settings, authored, parts: partsOf(record, kind, authored) };
}

/** What the schema of the release that a record names finds wrong with it. */
export function* schemaFindings(record: JsonObject, context: RuleContext): Generator<Finding> {
  const release = textMember(record, 'schemaVersion') ?? '';
  if (!isKnownRelease(release)) return;
  const { kind, settings, authored = false } = context;
  for (const fault of schemaFaults(record, { release, kind, settings, authored })) {
    const like = `${fault.keyword} ${fault.pointer.replace(/\/\d+(?=\/|$)/g, '/*')}`;
    yield { pointer: fault.pointer, message: fault.message, like };
  }
}
