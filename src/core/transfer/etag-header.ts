// ETags, which are quoted in headers (RFC 9110, section 8.8.3) and not in records.

/** An ETag header without its quotes; a weak one (`W/"…"`) unchanged, undefined without one. */
export function etagOfHeader(header: string | null | undefined): string | undefined {
  if (header === null || header === undefined || header === '') return undefined;
  return header.startsWith('W/') ? header : header.replace(/^"|"$/g, '');
}

/** The header for an ETag from `etagOfHeader`. */
export function etagHeader(etag: string): string {
  return etag.startsWith('W/') ? etag : `"${etag}"`;
}

/** Whether an ETag header identifies exact bytes: only such a one may be the condition of a range. */
export function isStrongEtag(header: string): boolean {
  return /^"[^"]*"$/.test(header);
}
