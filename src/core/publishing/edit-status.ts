// Changes of status.json, as text: what is not changed keeps its spelling and its position.

import { ArchiveError } from '../error.ts';
import type { PublishedVersionId } from '../identifiers/version-id.ts';
import { isJsonObject, listMember, parseJson, type JsonObject } from '../json/json-text.ts';
import { memberTexts } from '../json/member-texts.ts';
import { objectText, recordText, valueText, type MemberTexts } from '../json/object-text.ts';
import type { DandisetDoi, Deletion, Owner, Withdrawal } from '../records/status.ts';

/** A redaction as status.json records it. */
export interface Redaction {
  /** The notice for readers: that bytes were removed, and why. */
  notice: string;
  /** ISO day or date-time. */
  date: string;
  /** Login of the curator who decided. */
  by: string;
  /** The version digest, which stays. */
  digest: string;
}

interface Status {
  members: MemberTexts;
  value: JsonObject;
}

function readStatus(text: string | undefined): Status {
  if (text === undefined) return { members: new Map(), value: {} };
  const parsed = parseJson(text);
  if (!parsed.ok || !isJsonObject(parsed.value)) {
    throw new ArchiveError('content-unreadable', 'status.json is no JSON object.', {
      hint: 'dandiset check says what is wrong with it.',
    });
  }
  return { members: memberTexts(text), value: parsed.value };
}

function withEntry(
  text: string | undefined,
  key: 'withdrawals' | 'redactions',
  version: PublishedVersionId,
  entry: object,
): string {
  const { members } = readStatus(text);
  const entries = memberTexts(members.get(key) ?? '{}');
  entries.set(version, JSON.stringify(entry));
  members.set(key, objectText(entries));
  return recordText(members);
}

/** The status with these owners; one without an account's number is written as a login alone. */
export function withOwners(text: string | undefined, owners: readonly Owner[]): string {
  const { members } = readStatus(text);
  const written = owners.map(({ id, login }) => (id === undefined ? login : { id, login }));
  members.set('owners', valueText(written));
  return recordText(members);
}

/** The status with a version withdrawn. */
export function withWithdrawal(
  text: string | undefined,
  version: PublishedVersionId,
  withdrawal: Withdrawal,
): string {
  return withEntry(text, 'withdrawals', version, withdrawal);
}

/** The status with a version's redaction recorded. */
export function withRedaction(
  text: string | undefined,
  version: PublishedVersionId,
  redaction: Redaction,
): string {
  return withEntry(text, 'redactions', version, redaction);
}

/** The status with the deletion of the draft recorded. */
export function withDeletion(text: string | undefined, deletion: Deletion): string {
  const { members } = readStatus(text);
  members.set('deletion', valueText({ ...deletion }));
  return recordText(members);
}

/** The status with what the registry last received for the DOI of the Dandiset itself. */
export function withDandisetDoi(
  text: string | undefined,
  { doi, state, version }: DandisetDoi,
): string {
  const { members } = readStatus(text);
  const told = { doi, state, ...(version === undefined ? {} : { version }) };
  members.set('dandisetDoi', valueText(told));
  return recordText(members);
}

/**
 * The status with versions whose DOI is registered, and for each whether it is withdrawn; the same text if it
 * says so already.
 */
export function withRegisteredDois(
  text: string | undefined,
  versions: ReadonlyMap<PublishedVersionId, { isWithdrawn: boolean }>,
): string {
  const { members, value } = readStatus(text);
  let isChanged = false;
  const setList = (key: string, holds: (version: PublishedVersionId) => boolean): void => {
    const known = listMember(value, key);
    const told = [...versions.keys()];
    const added = told.filter((version) => holds(version) && !known.includes(version));
    const removed = told.filter((version) => !holds(version) && known.includes(version));
    if (added.length + removed.length === 0) return;
    const kept = known.filter((one) => !removed.some((version) => version === one));
    members.set(key, valueText([...kept, ...added]));
    isChanged = true;
  };
  setList('doiRegistered', () => true);
  setList('doiWithdrawn', (version) => versions.get(version)?.isWithdrawn === true);
  return text === undefined || isChanged ? recordText(members) : text;
}
