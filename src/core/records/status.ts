// status.json: the one mutable file of a Dandiset. Absent: no owners, nothing withdrawn.

import {
  countMember,
  isJsonObject,
  listMember,
  member,
  textMember,
  type JsonValue,
} from '../json/json-text.ts';

export const STATUS_FILE = 'status.json';

export interface Withdrawal {
  reason: string;
  /** ISO day or date-time. */
  date: string;
  /** Login of the curator who decided. */
  by: string;
  /** The version to use instead. */
  successor?: string;
}

/** The deletion of a draft that was never published; its number stays assigned. */
export interface Deletion {
  reason: string;
  /** ISO day or date-time. */
  date: string;
  /** Login of the person who decided. */
  by: string;
}

/** Who owns a Dandiset: an account at the forge. */
export interface Owner {
  /** The account's number, which is permanent; absent until the registrar has requested it from the forge. */
  id?: number;
  /** The account's name, which can be given up and be taken by somebody else. */
  login: string;
}

/** The states of the Dandiset's own DOI: withheld, found by searches, or resolving to its page alone. */
export const DANDISET_DOI_STATES = ['draft', 'findable', 'hidden'] as const;

/** The DOI of the Dandiset itself, as the registry last received it. */
export interface DandisetDoi {
  /** Bare. A change of the archive's prefix does not affect it. */
  doi: string;
  state: (typeof DANDISET_DOI_STATES)[number];
  /** The version it was described by; none for a draft. */
  version?: string;
}

export interface DandisetStatus {
  owners: Owner[];
  withdrawals: ReadonlyMap<string, Withdrawal>;
  /** Versions whose frozen bytes were replaced by a notice: version → notice and old digest. */
  redactions: ReadonlyMap<string, JsonValue>;
  /** Versions whose DOI is registered. */
  doiRegistered: ReadonlySet<string>;
  /** Those whose registered DOI says that they are withdrawn. */
  doiWithdrawn: ReadonlySet<string>;
  dandisetDoi?: DandisetDoi;
  deletion?: Deletion;
}

export const NO_STATUS: DandisetStatus = {
  owners: [],
  withdrawals: new Map(),
  redactions: new Map(),
  doiRegistered: new Set(),
  doiWithdrawn: new Set(),
};

function texts(value: JsonValue, key: string): string[] {
  return listMember(value, key).filter((item) => typeof item === 'string');
}

function owners(value: JsonValue): Owner[] {
  return listMember(value, 'owners').flatMap((item): Owner[] => {
    if (typeof item === 'string') return item === '' ? [] : [{ login: item }];
    const login = textMember(item, 'login') ?? '';
    const id = countMember(item, 'id');
    if (login === '') return [];
    return [id === undefined ? { login } : { id, login }];
  });
}

function entries(value: JsonValue, key: string): [string, JsonValue][] {
  const found = member(value, key);
  return isJsonObject(found) ? Object.entries(found) : [];
}

function toDandisetDoi(value: JsonValue | undefined): DandisetDoi | undefined {
  const doi = textMember(value, 'doi');
  const state = DANDISET_DOI_STATES.find((known) => known === textMember(value, 'state'));
  const version = textMember(value, 'version');
  if (doi === undefined || state === undefined) return undefined;
  return { doi, state, ...(version === undefined ? {} : { version }) };
}

/** Reads a parsed status.json; parts of another shape are left out (the checks name them). */
export function toStatus(value: JsonValue): DandisetStatus {
  const withdrawals = new Map<string, Withdrawal>();
  for (const [version, entry] of entries(value, 'withdrawals')) {
    const successor = textMember(entry, 'successor');
    withdrawals.set(version, {
      reason: textMember(entry, 'reason') ?? '',
      date: textMember(entry, 'date') ?? '',
      by: textMember(entry, 'by') ?? '',
      ...(successor === undefined ? {} : { successor }),
    });
  }
  const deletion = member(value, 'deletion');
  const dandisetDoi = toDandisetDoi(member(value, 'dandisetDoi'));
  const said = (key: keyof Deletion): string => textMember(deletion, key) ?? '';
  return {
    owners: owners(value),
    withdrawals,
    redactions: new Map(entries(value, 'redactions')),
    doiRegistered: new Set(texts(value, 'doiRegistered')),
    doiWithdrawn: new Set(texts(value, 'doiWithdrawn')),
    ...(dandisetDoi === undefined ? {} : { dandisetDoi }),
    ...(isJsonObject(deletion)
      ? { deletion: { reason: said('reason'), date: said('date'), by: said('by') } }
      : {}),
  };
}

/** Whether an account is among the owners. A login that is not resolved to an account belongs to nobody. */
export function isOwner(owners: readonly Owner[], account: { id?: number }): boolean {
  return account.id !== undefined && owners.some(({ id }) => id === account.id);
}

/** Whether somebody is named as an owner: by account or, where none is known yet, by login. */
export function isNamedOwner(owners: readonly Owner[], { id, login }: Owner): boolean {
  return owners.some((owner) =>
    owner.id === undefined ? owner.login.toLowerCase() === login.toLowerCase() : owner.id === id,
  );
}
