// Rules about the bytes of an asset: digests, sizes, the identifier.

import { member, textMember, type JsonValue } from '../../json/json-text.ts';
import { whatIsThere } from '../problem-message.ts';
import { defineRule } from './rule.ts';

const ETAG = /^[0-9a-f]{32}-[0-9]{1,5}$/;
const ZARR_CHECKSUM = /^[0-9a-f]{32}-[0-9]+--([0-9]+)$/;
const UUID4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** A digest of an asset, named without its namespace. */
export const digestOf = (record: JsonValue, name: string): JsonValue | undefined =>
  member(member(record, 'digest'), `dandi:${name}`);

/** Whether an asset is a Zarr. */
export const isZarr = (record: JsonValue): boolean =>
  textMember(record, 'encodingFormat') === 'application/x-zarr';

const matches = (pattern: RegExp, value: JsonValue | undefined): boolean =>
  typeof value === 'string' && pattern.test(value);

/** A file has a dandi-etag, and no checksum of a Zarr. */
export const blobDigest = defineRule({
  id: 'blob-digest',
  title: 'A file has a dandi-etag, and no checksum of a Zarr',
  explanation: 'The digest is how a download is proved to be the file that was published.',
  hint: 'Take the digests of the file again, for instance with dandi digest.',
  appliesTo: ['asset'],
  *find(record) {
    if (isZarr(record)) return;
    const etag = digestOf(record, 'dandi-etag');
    if (etag === undefined) yield { pointer: '/digest', message: 'The file has no dandi-etag.' };
    else if (!matches(ETAG, etag)) {
      yield {
        pointer: '/digest/dandi:dandi-etag',
        message: `This is no dandi-etag: ${whatIsThere(etag)}.`,
      };
    }
    if (digestOf(record, 'dandi-zarr-checksum')) {
      yield {
        pointer: '/digest/dandi:dandi-zarr-checksum',
        message: 'A file cannot have the checksum of a Zarr.',
      };
    }
  },
});

/** A Zarr has a Zarr checksum, and no dandi-etag. */
export const zarrDigest = defineRule({
  id: 'zarr-digest',
  title: 'A Zarr has a Zarr checksum, and no dandi-etag',
  explanation: 'A Zarr is many files; its checksum covers all of them.',
  hint: 'Take the digest of the Zarr again, for instance with dandi digest.',
  appliesTo: ['asset'],
  *find(record) {
    if (!isZarr(record)) return;
    const checksum = digestOf(record, 'dandi-zarr-checksum');
    if (checksum === undefined)
      yield { pointer: '/digest', message: 'The Zarr has no Zarr checksum.' };
    else if (!matches(ZARR_CHECKSUM, checksum)) {
      const message = `This is no Zarr checksum: ${whatIsThere(checksum)}.`;
      yield { pointer: '/digest/dandi:dandi-zarr-checksum', message };
    }
    if (digestOf(record, 'dandi-etag')) {
      yield { pointer: '/digest/dandi:dandi-etag', message: 'A Zarr cannot have a dandi-etag.' };
    }
  },
});

/** The size of a Zarr is the one inside its checksum. */
export const zarrSize = defineRule({
  id: 'zarr-size',
  title: 'The size of a Zarr is the one inside its checksum',
  explanation: 'A Zarr checksum ends in the number of bytes it covers.',
  hint: 'Take the size and the digest of the Zarr again, together.',
  appliesTo: ['asset'],
  *find(record) {
    const checksum = isZarr(record) ? digestOf(record, 'dandi-zarr-checksum') : undefined;
    const within = typeof checksum === 'string' ? ZARR_CHECKSUM.exec(checksum)?.[1] : undefined;
    const size = member(record, 'contentSize');
    if (within === undefined || Number(within) === size) return;
    const message = `contentSize is ${whatIsThere(size)}, the checksum covers ${within.slice(0, 40)} bytes.`;
    yield { pointer: '/contentSize', message };
  },
});

/** The size of a file is not below zero. */
export const contentSize = defineRule({
  id: 'content-size',
  title: 'The size of a file is not below zero',
  explanation: 'Totals of a Dandiset are sums of these sizes.',
  hint: 'Take the size of the file again.',
  appliesTo: ['asset'],
  *find(record) {
    const size = member(record, 'contentSize');
    if (typeof size !== 'number' || size >= 0) return;
    yield { pointer: '/contentSize', message: `contentSize is ${size}.` };
  },
});

/** The identifier of an asset is a random UUID (version 4). */
export const assetIdentifier = defineRule({
  id: 'asset-identifier',
  title: 'The identifier of an asset is a random UUID (version 4)',
  explanation: 'Other programs read it as one.',
  hint: 'Leave identifier out of what you write; the archive gives one.',
  appliesTo: ['asset'],
  *find(record, { authored = false }) {
    const identifier = authored ? undefined : textMember(record, 'identifier');
    if (identifier === undefined || UUID4.test(identifier)) return;
    yield {
      pointer: '/identifier',
      message: `identifier is no UUID of version 4: ${whatIsThere(identifier)}.`,
    };
  },
});
