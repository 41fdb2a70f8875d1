// archive.json, checked against its schema and read. A problem in a field that the archive can do without is
// a warning, unless leaving the field out would do what somebody meant to prevent.

import {
  isJsonObject,
  listMember,
  member,
  textMember,
  type JsonObject,
  type JsonValue,
} from '../json/json-text.ts';
import type { Problem } from '../problem.ts';
import { compileSchema } from '../schema/compile-schema.ts';
import { explainProblems, type SchemaProblem } from '../schema/explain-problems.ts';
import type { CompiledSchema } from '../schema/json-schema.ts';
import { pointerParts } from '../schema/problem-message.ts';
import { ARCHIVE_FILE, HOSTS, type Archive, type Store } from './archive.ts';
import { ARCHIVE_SCHEMA } from './archive-schema.ts';
import { toS3Place } from './s3-place.ts';

interface SettingWords {
  /** The next step. */
  hint: string;
  /** What happens to an invalid value, if the archive can do without it. */
  otherwise?: string;
}

const LEAVE_OUT = 'Write a sentence, or leave it out.';
const FIELDS: ReadonlyMap<string, SettingWords> = new Map([
  ['', { hint: 'Start from the settings of the demo.' }],
  ['name', { hint: 'Give the archive a name.' }],
  ['identifierPrefix', { hint: 'Use capitals and hyphens: LAB-DANDI.' }],
  ['site', { hint: 'Write it as https://archive.example.org/' }],
  ['repository', { hint: 'Write it as https://github.com/lab/archive' }],
  [
    'stores',
    {
      hint: 'A store is {"kind": "http", "url": "https://…/"}, with "s3": {"bucket": "…"} if it can be written, or {"kind": "folder", "path": "storage", "url": "/storage/"}.',
    },
  ],
  ['doiPrefix', { hint: 'Write it as 10.12345, or leave it out.' }],
  ['archiveOfRecord', { hint: 'Write it as https://dandiarchive.org/, or leave it out.' }],
  ['ownersPublish', { hint: 'Write false, or leave it out.' }],
  [
    'contact',
    { otherwise: 'it is not shown', hint: 'Give the address of a page or an issue tracker.' },
  ],
  [
    'host',
    {
      otherwise: 'nothing is assumed of it',
      hint: `Write one of ${HOSTS.join(', ')}, or leave it out.`,
    },
  ],
  ['description', { otherwise: 'it is not shown', hint: LEAVE_OUT }],
  ['notice', { otherwise: 'it is not shown', hint: LEAVE_OUT }],
  ['offline', { otherwise: 'it changes nothing', hint: 'Write false, or leave it out.' }],
]);
// A `null` here was meant to say something, and what cannot be guessed.
const NEVER_NULL: ReadonlySet<string> = new Set(['archiveOfRecord', 'ownersPublish']);

let compiled: CompiledSchema | undefined;

/** The settings as they are validated: nothing is `null`, and a lone store is a list. */
function asAsked(value: JsonObject): JsonObject {
  const given = Object.entries(value).filter(([key, item]) => item !== null || NEVER_NULL.has(key));
  const settings: JsonObject = Object.fromEntries(given);
  return 'stores' in settings ? { ...settings, stores: listMember(settings, 'stores') } : settings;
}

function toProblem({ pointer, message, keyword, missing }: SchemaProblem): Problem {
  const [field = missing ?? ''] = pointerParts(pointer);
  const { hint, otherwise } = FIELDS.get(field) ?? {};
  const sentence =
    missing !== undefined && pointer === ''
      ? `The archive has no ${missing}.`
      : message.replace('the record', 'archive.json');
  return {
    rule: 'archive-settings',
    severity: otherwise === undefined ? 'error' : 'warning',
    path: ARCHIVE_FILE,
    pointer: field === '' ? '' : `/${field}`,
    keyword,
    message: otherwise === undefined ? sentence : sentence.replace(/\.$/, `; ${otherwise}.`),
    ...(hint === undefined ? {} : { hint }),
  };
}

function toStore(value: JsonValue): Store {
  const url = textMember(value, 'url') ?? '';
  if (textMember(value, 'kind') !== 'http') {
    return { kind: 'folder', url, path: textMember(value, 'path') ?? '' };
  }
  const s3 = member(value, 's3');
  return { kind: 'http', url, ...(s3 === undefined ? {} : { s3: toS3Place(s3) }) };
}

/** Reads settings that fit, except for the fields named. */
function archiveOf(settings: JsonObject, unfit: ReadonlySet<string>): Archive {
  const text = (key: string): string | undefined =>
    unfit.has(key) ? undefined : textMember(settings, key);
  const archive: Archive = {
    name: text('name') ?? '',
    identifierPrefix: text('identifierPrefix') ?? '',
    site: text('site') ?? '',
    stores: listMember(settings, 'stores').map(toStore),
    repository: (text('repository') ?? '').replace(/\/+$/, ''),
    licenses: listMember(settings, 'licenses').filter((item) => typeof item === 'string'),
  };
  const texts = ['description', 'archiveOfRecord', 'doiPrefix', 'contact', 'notice'] as const;
  for (const key of texts) {
    const given = text(key);
    if (given !== undefined) archive[key] = given;
  }
  const host = HOSTS.find((known) => known === text('host'));
  if (host !== undefined) archive.host = host;
  if (member(settings, 'offline') === false) archive.offline = false;
  if (member(settings, 'ownersPublish') === false) archive.ownersPublish = false;
  return archive;
}

/** The settings in a parsed archive.json, or every reason why they cannot be used. */
export function toArchive(value: JsonValue): { archive?: Archive; problems: Problem[] } {
  compiled ??= compileSchema(ARCHIVE_SCHEMA);
  const settings = isJsonObject(value) ? asAsked(value) : value;
  const problems = explainProblems(settings, compiled).map(toProblem);
  if (!isJsonObject(settings) || problems.some(({ severity }) => severity === 'error')) {
    return { problems };
  }
  const unfit = new Set(problems.map(({ pointer = '' }) => pointer.slice(1)));
  return { archive: archiveOf(settings, unfit), problems };
}
