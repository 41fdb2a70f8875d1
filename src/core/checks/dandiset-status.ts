// Rules about a Dandiset apart from its records: that its versions are complete, and status.json.

import {
  isJsonObject,
  listMember,
  member,
  textMember,
  type JsonObject,
  type JsonValue,
} from '../json/json-text.ts';
import { parseDoi } from '../identifiers/doi.ts';
import { DANDISET_DOI_STATES, STATUS_FILE, toStatus } from '../records/status.ts';
import { quote } from '../text/quote.ts';
import type { Finding, Rule } from './rule.ts';
import type { DandisetSubject } from './subjects.ts';

type DandisetRule = Rule<DandisetSubject>;

const VERSION_LISTS = ['doiRegistered', 'doiWithdrawn'];
const STATUS_KEYS = [
  'owners',
  'withdrawals',
  'redactions',
  ...VERSION_LISTS,
  'dandisetDoi',
  'deletion',
];

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The entries of an object of status.json, by version. */
function entriesOf(status: JsonObject, key: string): [string, unknown][] {
  const found = member(status, key);
  return isJsonObject(found) ? Object.entries(found) : [];
}

function* textsMissing(
  status: JsonObject,
  key: string,
  needed: readonly string[],
): Generator<Finding> {
  const found = member(status, key);
  if (found !== undefined && !isJsonObject(found)) {
    yield { pointer: `/${key}`, message: `"${key}" is not an object with a version as each key.` };
  }
  for (const [version, entry] of entriesOf(status, key)) {
    for (const name of needed) {
      if ((textMember(entry, name) ?? '').trim() !== '') continue;
      const pointer = `/${key}/${escaped(version)}`;
      yield { pointer, message: `The entry of ${quote(version)} in "${key}" has no "${name}".` };
    }
    const date = textMember(entry, 'date') ?? '';
    if (
      date !== '' &&
      !/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[-+]\d\d:\d\d))?$/.test(date)
    ) {
      const pointer = `/${key}/${escaped(version)}/date`;
      yield { pointer, message: `${quote(date)} is no date like 2026-05-31.` };
    }
  }
}

function isOwnerEntry(item: unknown): boolean {
  if (typeof item === 'string') return item !== '';
  if (!isJsonObject(item)) return false;
  const id = member(item, 'id');
  const login = textMember(item, 'login') ?? '';
  return (
    Number.isSafeInteger(id) && Number(id) > 0 && login !== '' && Object.keys(item).length === 2
  );
}

function* wrongOwners(list: unknown, path: string): Generator<Finding> {
  if (list === undefined) return;
  if (Array.isArray(list) && list.every(isOwnerEntry)) return;
  const message = '"owners" is not a list of logins and of accounts with "id" and "login".';
  yield { path, pointer: '/owners', message };
}

function isDandisetDoi(value: JsonValue): boolean {
  const { doi, state, version } = toStatus({ dandisetDoi: value }).dandisetDoi ?? {};
  return (
    doi !== undefined && parseDoi(doi) === doi && (state === 'draft') === (version === undefined)
  );
}

/** status.json of the right shape. */
export const STATUS_SHAPE: DandisetRule = {
  id: 'status-shape',
  severity: 'error',
  title: 'The parts of status.json',
  explanation:
    'status.json holds owners (logins; the registrar writes the account of each beside it, {"id": 1, "login": "…"}), withdrawals (each with reason, date and by), redactions (each with notice, date, by and digest), doiRegistered and doiWithdrawn (versions), dandisetDoi (the DOI of the Dandiset itself, with doi, state draft, findable or hidden, and the version it is described by), and the deletion (with reason, date and by) of a draft that was never published.',
  hint: 'Write it as {"owners": ["login"], "withdrawals": {"0.260531.1200": {"reason": "…", "date": "2026-05-31", "by": "login"}}}.',
  *check({ folder, status }) {
    if (status === undefined) return;
    const path = `${folder}/${STATUS_FILE}`;
    if (!isJsonObject(status)) {
      yield { path, message: 'The status is not a JSON object.' };
      return;
    }
    for (const key of Object.keys(status)) {
      if (STATUS_KEYS.includes(key)) continue;
      yield { path, pointer: `/${escaped(key)}`, message: `${quote(key)} is no part of a status.` };
    }
    yield* wrongOwners(member(status, 'owners'), path);
    for (const key of VERSION_LISTS) {
      const list = member(status, key);
      if (list === undefined) continue;
      if (Array.isArray(list) && list.every((item) => typeof item === 'string' && item !== ''))
        continue;
      yield { path, pointer: `/${key}`, message: `"${key}" is not a list of texts.` };
    }
    const doi = member(status, 'dandisetDoi');
    if (doi !== undefined && !isDandisetDoi(doi)) {
      const message = `"dandisetDoi" is not {"doi": "10.12345/…", "state": "${DANDISET_DOI_STATES.join(' | ')}", "version": "…"}.`;
      yield { path, pointer: '/dandisetDoi', message };
    }
    const withdrawn = textsMissing(status, 'withdrawals', ['reason', 'date', 'by']);
    const redacted = textsMissing(status, 'redactions', ['notice', 'date', 'by', 'digest']);
    for (const finding of [...withdrawn, ...redacted]) yield { path, ...finding };
    const deletion = member(status, 'deletion');
    if (deletion === undefined) return;
    for (const name of ['reason', 'date', 'by']) {
      if ((textMember(deletion, name) ?? '').trim() !== '') continue;
      yield { path, pointer: '/deletion', message: `The deletion has no "${name}".` };
    }
  },
};

/** status.json names existing versions. */
export const STATUS_VERSION: DandisetRule = {
  id: 'status-version',
  severity: 'error',
  title: 'The status names versions that exist',
  explanation: 'Every version in status.json is a published version of the Dandiset.',
  hint: 'Correct the version; a withdrawn version stays in its folder.',
  *check({ folder, status, versions }) {
    if (!isJsonObject(status)) return;
    const there = new Set<unknown>(versions.map(({ version }) => version));
    const named: [string, string][] = [
      ...['withdrawals', 'redactions'].flatMap((key) =>
        entriesOf(status, key).map(([version]): [string, string] => [
          `/${key}/${escaped(version)}`,
          version,
        ]),
      ),
      ...VERSION_LISTS.flatMap((key) =>
        listMember(status, key).flatMap((version, index): [string, string][] =>
          typeof version === 'string' ? [[`/${key}/${index}`, version]] : [],
        ),
      ),
    ];
    const described = textMember(member(status, 'dandisetDoi'), 'version');
    if (described !== undefined) named.push(['/dandisetDoi/version', described]);
    for (const [pointer, version] of named) {
      if (there.has(version)) continue;
      const message = `There is no published version ${quote(version)} of this Dandiset.`;
      yield { path: `${folder}/${STATUS_FILE}`, pointer, message };
    }
  },
};

/** A withdrawn version points to one that can be used. */
export const WITHDRAWAL_SUCCESSOR: DandisetRule = {
  id: 'withdrawal-successor',
  severity: 'error',
  title: 'The successor of a withdrawn version',
  explanation:
    'The version to use instead of a withdrawn one is another published version of the Dandiset that is not withdrawn itself.',
  hint: 'Name a version that stands, or leave "successor" out.',
  *check({ folder, status, versions }) {
    if (!isJsonObject(status)) return;
    const withdrawals = entriesOf(status, 'withdrawals');
    const withdrawn = new Set(withdrawals.map(([version]) => version));
    const there = new Set<string>(versions.map(({ version }) => version));
    for (const [version, entry] of withdrawals) {
      const successor = textMember(entry, 'successor');
      if (successor === undefined || (there.has(successor) && !withdrawn.has(successor))) continue;
      const problem = there.has(successor) ? 'is withdrawn too' : 'does not exist';
      yield {
        path: `${folder}/${STATUS_FILE}`,
        pointer: `/withdrawals/${escaped(version)}/successor`,
        message: `${quote(successor)}, the successor of ${quote(version)}, ${problem}.`,
      };
    }
  },
};

/** Redactions keep the digest. */
export const REDACTION_DIGEST: DandisetRule = {
  id: 'redaction-digest',
  severity: 'error',
  title: 'A redaction keeps the digest',
  explanation:
    'Where frozen bytes were replaced by a notice, the manifest stays, and the redaction names its digest, so that the version keeps its name.',
  hint: 'Restore the manifest, and write its sha256 as "digest".',
  alwaysStrict: true,
  *check({ folder, status, versions }) {
    if (!isJsonObject(status)) return;
    for (const [version, entry] of entriesOf(status, 'redactions')) {
      const frozen = versions.find((one) => one.version === version);
      const digest = textMember(entry, 'digest');
      if (frozen === undefined || digest === undefined || digest === frozen.digest) continue;
      yield {
        path: `${folder}/${STATUS_FILE}`,
        pointer: `/redactions/${escaped(version)}/digest`,
        message: `The digest is not ${frozen.digest ?? 'there: the version has no manifest'}.`,
      };
    }
  },
};

/** A Dandiset has a version. */
export const DANDISET_EMPTY: DandisetRule = {
  id: 'dandiset-without-version',
  severity: 'error',
  title: 'A Dandiset has a version',
  explanation:
    'The folder of a Dandiset holds a draft or a published version. Where a draft was deleted that was never published, status.json says so and nothing else is left, so that the number stays given.',
  hint: 'Add draft/dandiset.json. A draft is deleted with dandiset delete, which records it.',
  *check({ folder, number, hasDraft, versions, status }) {
    const isHeld = hasDraft || versions.length > 0;
    const isDeleted = member(status, 'deletion') !== undefined;
    if (isHeld && isDeleted) {
      const message = `Dandiset ${number} is there, and its status says that it was deleted.`;
      yield { path: `${folder}/${STATUS_FILE}`, pointer: '/deletion', message };
    }
    if (isHeld || isDeleted) return;
    yield { path: folder, message: `Dandiset ${number} has neither a draft nor a version.` };
  },
};

/** The rules about the status of a Dandiset. */
export const STATUS_RULES: readonly DandisetRule[] = [
  STATUS_SHAPE,
  STATUS_VERSION,
  WITHDRAWAL_SUCCESSOR,
  REDACTION_DIGEST,
  DANDISET_EMPTY,
];
