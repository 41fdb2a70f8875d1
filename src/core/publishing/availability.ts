// A store's responses for the files of a release, compared with the list.

import type { Finding } from '../checks/rule.ts';
import { quotePath } from '../text/quote.ts';
import { member, textMember } from '../json/json-text.ts';
import type { AssetRecord } from '../records/asset.ts';
import { plainCountOf } from '../text/format.ts';

/** The result of a request for an asset's bytes. Parts that the store does not report are left out. */
export type Availability =
  | { kind: 'there'; size?: number; etag?: string; zarrChecksum?: string }
  | { kind: 'absent' }
  /** The server lets nobody read this address. A bucket whose keys are not listed says so of absent ones too. */
  | { kind: 'refused'; address: string; status: number }
  | { kind: 'unreachable'; reason: string };

const PARTS = /^[0-9a-f]{32}-(\d+)$/;

/** The ETag of a multipart upload is the dandi-etag if the parts were the same; else it says nothing. */
function comparableEtag(etag: string | undefined, recorded: string | undefined): boolean {
  const [found, meant] = [PARTS.exec(etag ?? ''), PARTS.exec(recorded ?? '')];
  return found !== null && meant !== null && found[1] === meant[1];
}

/** How a response contradicts the record of its asset, if it does. */
export function availabilityFinding(asset: AssetRecord, answer: Availability): Finding | undefined {
  const what = quotePath(asset.path);
  const like = `${answer.kind}`;
  if (answer.kind === 'absent') return { message: `${what} is in no store of this archive.`, like };
  if (answer.kind === 'refused') {
    return {
      message: `${what} may not be read: ${answer.address} answers ${answer.status}.`,
      hint: 'Is the store public to read? If it is, the file is not there: upload it.',
      like,
    };
  }
  if (answer.kind === 'unreachable') {
    return { message: `${what} could not be asked for: ${answer.reason}.`, like };
  }
  const digests = member(asset.metadata, 'digest');
  const etag = textMember(digests, 'dandi:dandi-etag');
  const checksum = textMember(digests, 'dandi:dandi-zarr-checksum');
  if (answer.size !== undefined && answer.size !== asset.size) {
    const message = `${what} has ${plainCountOf(answer.size, 'byte')} in the store, the list says ${asset.size}.`;
    return { message, like: 'size' };
  }
  if (answer.etag !== undefined && answer.etag !== etag && comparableEtag(answer.etag, etag)) {
    return {
      message: `${what} has the ETag ${answer.etag} in the store, not ${etag}.`,
      like: 'etag',
    };
  }
  if (answer.zarrChecksum !== undefined && answer.zarrChecksum !== checksum) {
    const said = checksum ?? 'none';
    const message = `${what} has the checksum ${answer.zarrChecksum} in the store, the list says ${said}.`;
    return { message, like: 'checksum' };
  }
  return undefined;
}
