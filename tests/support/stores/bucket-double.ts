// A public bucket that can be listed, as S3-compatible stores answer: by the prefix of keys, in
// pieces that name where the next one begins.

export interface BucketDoubleOptions {
  /** Keys a listing; S3 gives a thousand. */
  pageSize?: number;
  /** Whether it may be listed. */
  isListed?: boolean;
}

const escapeXml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** The XML of one listing of the objects of a bucket, as a query of ListObjectsV2 asks for it. */
export function listing(
  name: string,
  objects: Iterable<{ key: string; size: number; etag?: string }>,
  query: URLSearchParams,
  pageSize: number,
): string {
  const all = [...objects]
    .filter(({ key }) => key.startsWith(query.get('prefix') ?? ''))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const start = Number(query.get('continuation-token')?.slice('from '.length) ?? 0);
  const end = start + pageSize;
  const contents = all.slice(start, end).map(({ key, size, etag }) => {
    const tag = etag === undefined ? '' : `<ETag>${escapeXml(etag)}</ETag>`;
    return `<Contents><Key>${escapeXml(key)}</Key>${tag}<Size>${size}</Size></Contents>`;
  });
  const next = end < all.length ? `<NextContinuationToken>from ${end}</NextContinuationToken>` : '';
  return `<?xml version="1.0" encoding="UTF-8"?>
<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${name}</Name><IsTruncated>${end < all.length}</IsTruncated>${next}${contents.join('')}</ListBucketResult>\n`;
}

/** The answers of a bucket with these objects at `/<name>/`, for a loopback server. */
export function bucketDouble(
  name: string,
  objects: ReadonlyMap<string, string>,
  { pageSize = 1000, isListed = true }: BucketDoubleOptions = {},
): (request: URL) => string | undefined {
  const root = `/${name}/`;
  return ({ pathname, searchParams }) => {
    if (!pathname.startsWith(root)) return undefined;
    const key = decodeURIComponent(pathname.slice(root.length));
    if (key !== '') return objects.get(key);
    if (!isListed || searchParams.get('list-type') !== '2') return undefined;
    const listed = [...objects.keys()].map((one) => ({ key: one, size: 1 }));
    return listing(name, listed, searchParams, pageSize);
  };
}
