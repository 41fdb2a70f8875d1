// Uploads in parts, as the bucket of the tests keeps them.

import { createHash, randomUUID } from 'node:crypto';

interface KeptPart {
  bytes: Buffer;
  sha256: string;
}

/** An upload that has begun. */
export interface KeptUpload {
  key: string;
  contentType: string | undefined;
  cacheControl: string | undefined;
  parts: Map<number, KeptPart>;
}

const md5 = (bytes: Uint8Array): Buffer => createHash('md5').update(bytes).digest();

/** The ETag of a part, in quotes. */
function partEtag({ bytes }: KeptPart): string {
  return `"${md5(bytes).toString('hex')}"`;
}

/** All uploads of a bucket by their ids. */
export class MultipartUploads {
  readonly open = new Map<string, KeptUpload>();

  /** Begins one. The XML of the answer. */
  begin(key: string, contentType?: string, cacheControl?: string): string {
    const uploadId = randomUUID();
    this.open.set(uploadId, { key, contentType, cacheControl, parts: new Map() });
    return `<InitiateMultipartUploadResult><UploadId>${uploadId}</UploadId></InitiateMultipartUploadResult>`;
  }

  /** Keeps a part. Its ETag, in quotes. */
  put(upload: KeptUpload, number: number, bytes: Buffer): string {
    const part = { bytes, sha256: createHash('sha256').update(bytes).digest('base64') };
    upload.parts.set(number, part);
    return partEtag(part);
  }

  /** The XML that lists the parts of an upload after a number, two at a time. */
  list({ parts }: KeptUpload, after: number): string {
    const rest = [...parts].sort(([a], [b]) => a - b).filter(([number]) => number > after);
    const page = rest
      .slice(0, 2)
      .map(
        ([number, part]) =>
          `<Part><PartNumber>${number}</PartNumber><ETag>${partEtag(part).replaceAll('"', '&quot;')}</ETag>` +
          `<Size>${part.bytes.length}</Size><ChecksumSHA256>${part.sha256}</ChecksumSHA256></Part>`,
      );
    const isTruncated = rest.length > 2;
    const marker = isTruncated
      ? `<NextPartNumberMarker>${rest[1]?.[0]}</NextPartNumberMarker>`
      : '';
    return `<ListPartsResult><IsTruncated>${isTruncated}</IsTruncated>${marker}${page.join('')}</ListPartsResult>`;
  }

  /** The object that the named parts make, with its ETag; undefined where one is missing or another. */
  complete(upload: KeptUpload, xml: string): { bytes: Buffer; etag: string } | undefined {
    const named = [...xml.matchAll(/<Part>([^]*?)<\/Part>/g)].map(([, entry = '']) => ({
      number: Number(/<PartNumber>(\d+)</.exec(entry)?.[1]),
      etag: /<ETag>([^<]*)</.exec(entry)?.[1]?.replaceAll('&#34;', '"'),
    }));
    const parts = named.map(({ number, etag }) => {
      const part = upload.parts.get(number);
      return part !== undefined && partEtag(part) === etag ? part : undefined;
    });
    const whole = parts.filter((part) => part !== undefined);
    if (whole.length === 0 || whole.length !== named.length) return undefined;
    const digest = md5(Buffer.concat(whole.map(({ bytes }) => md5(bytes)))).toString('hex');
    const bytes = Buffer.concat(whole.map((part) => part.bytes));
    return { bytes, etag: `"${digest}-${whole.length}"` };
  }
}
