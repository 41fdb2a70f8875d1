// What the form needs of the site: its settings, the validators of a release, the record to edit.

import { readTree, type RecordNode } from '../../core/editing/record-tree.ts';
import { draftAfter } from '../../core/editing/begin-record.ts';
import { parseDandisetNumber, type DandisetNumber } from '../../core/identifiers/dandiset-id.ts';
import { schemaSettings } from '../../core/checks/schema-findings.ts';
import { giveCompiledSchema, hasCompiledSchema } from '../../core/schema/compiled-schema.ts';
import type { CompiledSchema } from '../../core/schema/json-schema.ts';
import { releaseToCheck, type Release } from '../../core/schema/validate.ts';
import {
  compiledFrom,
  type PrecompiledValidators,
} from '../../core/schema/precompiled-validators.ts';
import { decodeUtf8 } from '../../core/text/utf8.ts';
import type { EditedDandiset, EditSettings } from './edit-settings.ts';

async function fetchOk(address: string): Promise<Response> {
  // Requested anew each time: editing must not begin with an outdated record.
  const response = await fetch(address, { cache: 'no-cache' });
  if (!response.ok) throw new Error(`${address} answered ${response.status}.`);
  return response;
}

/** The settings of the form. */
export async function loadSettings(address: string): Promise<EditSettings> {
  return (await (await fetchOk(address)).json()) as EditSettings;
}

const choiceOf = (settings: EditSettings, kind: 'Dandiset' | 'Asset') =>
  ({ kind, authored: true, settings: schemaSettings(settings.archive) }) as const;

/** Lets lines of a release for which this site has no validators pass unvalidated. */
export function passUnread(settings: EditSettings, release: Release): void {
  const all = Object.assign(() => true, { errors: null }) as unknown as CompiledSchema['passes'];
  const unread: CompiledSchema = { passes: all, explain: () => all };
  giveCompiledSchema({ ...choiceOf(settings, 'Asset'), release }, unread);
}

/** Prepares the validators for records that name a release; false where this site has none. */
export async function loadValidators(
  settings: EditSettings,
  kind: keyof EditSettings['validators'],
  named: string,
): Promise<boolean> {
  const release = releaseToCheck(named);
  if (release === undefined) return true;
  const choice = { ...choiceOf(settings, kind), release };
  if (hasCompiledSchema(choice)) return true;
  const address = settings.validators[kind][release];
  if (address === undefined) return false;
  const written = (await import(/* @vite-ignore */ address)) as PrecompiledValidators;
  giveCompiledSchema(choice, compiledFrom(written));
  return true;
}

/** A file of the site to its last byte, including a byte order mark; undefined where it is not text. */
export async function loadText(address: string): Promise<string | undefined> {
  return decodeUtf8(new Uint8Array(await (await fetchOk(address)).arrayBuffer()));
}

/** A Dandiset's record as editing begins with it. */
export interface LoadedRecord {
  number: DandisetNumber;
  about: EditedDandiset;
  /** As it is in the repository; '' where there is no draft yet. */
  baseText: string;
  base: RecordNode;
}

/** Loads the record of a number; undefined where none can be edited. */
export async function loadRecord(folder: string, text: string): Promise<LoadedRecord | string> {
  const number = parseDandisetNumber(text);
  if (number === undefined) return 'A Dandiset is named by six digits.';
  const response = await fetch(`${folder}${number}.json`, { cache: 'no-cache' });
  if (response.status === 404) return `There is no Dandiset ${number} here that can be edited.`;
  if (!response.ok) throw new Error(`The Dandiset could not be loaded (${response.status}).`);
  const about = (await response.json()) as EditedDandiset;
  const record = await loadText(about.record);
  if (record === undefined)
    return 'Its record is not UTF-8 text. It has to be fixed in the repository.';
  const read = readTree(record.replace(/^\ufeff/, ''));
  if (!read.ok) {
    return `Its record cannot be read as JSON: line ${read.problem.line}, ${read.problem.message}. It has to be fixed in the repository.`;
  }
  // Fields that the archive writes are in no submitted record, even if they were in the draft.
  return { number, about, baseText: about.hasDraft ? record : '', base: draftAfter(read.tree) };
}
