// A public bucket that can be listed, as S3-compatible stores answer: by the prefix of keys, in
// pieces that name where the next one begins.

export interface BucketDoubleOptions {
  /** Keys a listing; S3 gives a thousand. */
  pageSize?: number;
  /** Whether it may be listed. */
  isListed?: boolean;
}

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The answers of a bucket with these objects at `/<name>/`, for a loopback server. */
export function bucketDouble(
  name: string,
  objects: ReadonlyMap<string, string>,
  { pageSize = 1000, isListed = true }: BucketDoubleOptions = {},
): (request: URL) => string | undefined {
  const root = `/${name}/`;
  const sorted = [...objects.keys()].sort();
  return ({ pathname, searchParams }) => {
    if (!pathname.startsWith(root)) return undefined;
    const key = decodeURIComponent(pathname.slice(root.length));
    if (key !== '') return objects.get(key);
    if (!isListed || searchParams.get('list-type') !== '2') return undefined;
    const keys = sorted.filter((one) => one.startsWith(searchParams.get('prefix') ?? ''));
    const start = Number(searchParams.get('continuation-token')?.slice('from '.length) ?? 0);
    const end = start + pageSize;
    const contents = keys
      .slice(start, end)
      .map((one) => `<Contents><Key>${escapeXml(one)}</Key><Size>1</Size></Contents>`);
    const next =
      end < keys.length ? `<NextContinuationToken>from ${end}</NextContinuationToken>` : '';
    return `<?xml version="1.0" encoding="UTF-8"?>
<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${name}</Name><IsTruncated>${end < keys.length}</IsTruncated>${next}${contents.join('')}</ListBucketResult>\n`;
  };
}
