// The records that editing starts from: of a new Dandiset, and of a draft after a published version.

import { UNNUMBERED } from '../identifiers/dandiset-id.ts';
import type { Archive } from '../records/archive.ts';
import { COMPUTED_DANDISET_FIELDS, CURRENT_RELEASE } from '../schema/validate.ts';
import { without } from './change-record.ts';
import { treeOf, type RecordNode } from './record-tree.ts';

/** The record of a Dandiset without a number yet; what its author has to write is empty. */
export function newRecord(archive: Pick<Archive, 'identifierPrefix' | 'licenses'>): RecordNode {
  const [onlyLicence, ...others] = archive.licenses;
  return treeOf({
    schemaKey: 'Dandiset',
    schemaVersion: CURRENT_RELEASE,
    identifier: `${archive.identifierPrefix}:${UNNUMBERED}`,
    contributor: [],
    license: onlyLicence === undefined || others.length > 0 ? [] : [onlyLicence],
    access: [{ schemaKey: 'AccessRequirements', status: 'dandi:OpenAccess' }],
  });
}

/** The draft that follows a published record: the same without what the archive writes. */
export function draftAfter(published: RecordNode): RecordNode {
  return COMPUTED_DANDISET_FIELDS.reduce((tree, name) => without(tree, [name]), published);
}
