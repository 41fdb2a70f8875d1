// The settings of a bucket that holds an archive's bytes: what everybody may read, and what scripts of other
// sites may. As documents of the S3 API, to be put with any S3 client.

/** What readers need. Everything else in the bucket is closed: uploads on their way are nobody's to read. */
export const PUBLIC_PREFIXES = ['blobs/', 'zarr/', 'lists/', 'indexes/', 'tickets/'] as const;

/** Below these are uploads on their way. */
export const CLOSED_PREFIXES = ['incoming/', 'staging/'] as const;

/** Request headers that a viewer on another site sends, and response headers that it has to see. */
export const SENT_HEADERS = ['Range', 'If-Match', 'If-None-Match', 'If-Range'];
export const SEEN_HEADERS = [
  'Accept-Ranges',
  'Content-Length',
  'Content-Range',
  'ETag',
  'Last-Modified',
];

const A_DAY = 86_400;

/**
 * The bucket policy that lets everybody read objects below the public prefixes, and nothing else: no
 * listing, no writing. `prefix` is that of the store in the bucket, empty or ending in `/`.
 *
 * The form: "Policies and permissions in Amazon S3", Amazon S3 User Guide.
 */
export function publicReadPolicy(bucket: string, prefix = ''): object {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'PublicRead',
        Effect: 'Allow',
        Principal: '*',
        Action: 's3:GetObject',
        Resource: PUBLIC_PREFIXES.map((open) => `arn:aws:s3:::${bucket}/${prefix}${open}*`),
      },
    ],
  };
}

/** The CORS configuration of the bucket: every site may read by ranges, none may write. */
export function corsConfiguration(): object {
  return {
    CORSRules: [
      {
        AllowedOrigins: ['*'],
        AllowedMethods: ['GET', 'HEAD'],
        AllowedHeaders: SENT_HEADERS,
        ExposeHeaders: SEEN_HEADERS,
        MaxAgeSeconds: A_DAY,
      },
    ],
  };
}
