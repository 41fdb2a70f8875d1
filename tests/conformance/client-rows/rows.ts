import { ADDRESS_ROWS } from './address-rows.ts';
import { DIGEST_ROWS } from './digest-rows.ts';
import { DOWNLOAD_ROWS } from './download-rows.ts';
import type { ClientRow } from './row.ts';

/** Rows 1 to 61 of the comparison with DANDI's client: addresses, downloads, lists and digests. */
export const CLIENT_ROWS: readonly ClientRow[] = [
  ...ADDRESS_ROWS,
  ...DOWNLOAD_ROWS,
  ...DIGEST_ROWS,
];
