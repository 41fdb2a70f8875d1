// The website settings of an S3 bucket, for `aws s3api put-bucket-website`. Its routing rules replace the
// beginning of a key and nothing else, so they can resolve identifiers, but cannot redirect the Python client
// to the bytes.

/** The limit of a bucket. */
export const MAX_ROUTING_RULES = 50;

/** The settings as JSON. `site` is the public address: redirects name it, even behind a CDN. */
export function s3WebsiteSettings({ prefix, site }: { prefix: string; site: string }): string {
  const [, protocol = 'https', host = ''] = /^(https?):\/\/([^/]+)/.exec(site) ?? [];
  const rules = [prefix, prefix.toLowerCase()].map((name) => ({
    Condition: { KeyPrefixEquals: `${name}:` },
    Redirect: {
      Protocol: protocol,
      HostName: host,
      ReplaceKeyPrefixWith: 'dandiset/',
      HttpRedirectCode: '302',
    },
  }));
  const settings = {
    IndexDocument: { Suffix: 'index.html' },
    ErrorDocument: { Key: '404.html' },
    RoutingRules: rules,
  };
  return `${JSON.stringify(settings, undefined, 2)}\n`;
}
