// What can be submitted: a new Dandiset, or the draft of one that has a number.

import { UNNUMBERED, type DandisetNumber } from '../identifiers/dandiset-id.ts';
import {
  draftFolder,
  isSubmissionName,
  submissionFolder,
  type ContentPlace,
} from '../records/layout.ts';
import { normalForm } from '../text/normal-form.ts';

/** The target of a submission. */
export type SubmissionTarget =
  { kind: 'submission'; slug: string } | { kind: 'draft'; number: DandisetNumber };

/** The one folder below `content/` that a submission may touch. */
export function folderOfTarget(target: SubmissionTarget): string {
  return target.kind === 'submission' ? submissionFolder(target.slug) : draftFolder(target.number);
}

/** Why nothing can be submitted to a target; undefined if it can. */
export function problemOfTarget(target: SubmissionTarget): string | undefined {
  if (target.kind === 'draft') {
    return target.number === UNNUMBERED ? '000000 is the number of no Dandiset' : undefined;
  }
  return isSubmissionName(target.slug)
    ? undefined
    : `"${target.slug.slice(0, 80)}" cannot be the name of a submission: use small letters, digits and hyphens`;
}

/** The target that a file belongs to; undefined for files that are never submitted. */
export function targetOfPlace(place: ContentPlace): SubmissionTarget | undefined {
  if (place.kind === 'submission') return { kind: 'submission', slug: place.slug };
  if (place.kind === 'version' && place.version === 'draft') {
    return { kind: 'draft', number: place.number };
  }
  return undefined;
}

/** A name for a submission made from its title: `Place cells in CA1` → `place-cells-in-ca1`. */
export function slugFor(title: string): string {
  const plain = normalForm(title.slice(0, 1000), 'NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
  const slug = plain
    .slice(0, 500)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 60)
    .replace(/-+$/, '');
  return slug === '' ? 'new-dandiset' : slug;
}
