// ETags, which stand in quotes in headers (RFC 9110, section 8.8.3) and without them in records.

/** An ETag header without its quotes; a weak one (`W/"…"`) as it is, undefined without one. */
export function etagOfHeader(header: string | null | undefined): string | undefined {
  if (header === null || header === undefined || header === '') return undefined;
  return header.startsWith('W/') ? header : header.replace(/^"|"$/g, '');
}

/** The header of an ETag that `etagOfHeader` gave. */
export function etagHeader(etag: string): string {
  return etag.startsWith('W/') ? etag : `"${etag}"`;
}

/** Whether a header promises the same bytes: only such a one may be a condition of a range. */
export function isStrongEtag(header: string): boolean {
  return /^"[^"]*"$/.test(header);
}
