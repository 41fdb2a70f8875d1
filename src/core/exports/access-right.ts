// Who may access the files, in the vocabulary that harvesters read: COAR Access Rights.

import type { CitableRecord } from '../metadata/citable-record.ts';

export interface AccessRight {
  name: string;
  url: string;
}

const COAR = 'http://purl.org/coar/access_right/';
const OPEN: AccessRight = { name: 'open access', url: `${COAR}c_abf2` };
const EMBARGOED: AccessRight = { name: 'embargoed access', url: `${COAR}c_f1cf` };
const RESTRICTED: AccessRight = { name: 'restricted access', url: `${COAR}c_16ec` };
const METADATA_ONLY: AccessRight = { name: 'metadata only access', url: `${COAR}c_14cb` };

const BY_STATUS: ReadonlyMap<string, AccessRight> = new Map([
  ['OpenAccess', OPEN],
  ['EmbargoedAccess', EMBARGOED],
  ['RestrictedAccess', RESTRICTED],
]);

/** The access right of a version. Records that say nothing are of public archives: open. */
export function accessRight({ status, access }: CitableRecord): AccessRight {
  if (status === 'withdrawn') return METADATA_ONLY;
  const [first] = access;
  return first === undefined ? OPEN : (BY_STATUS.get(first.status) ?? RESTRICTED);
}

/** Whether anybody may access the files. */
export function isOpen(facts: CitableRecord): boolean {
  return accessRight(facts) === OPEN;
}
