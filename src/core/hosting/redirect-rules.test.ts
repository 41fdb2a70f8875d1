import { describe, expect, test } from 'vitest';
import { apiAssetId } from '../records/asset.ts';
import { offersClientQueries, offersPythonClient } from '../records/archive.ts';
import { toArchive } from '../records/to-archive.ts';
import { commonRedirects, netlifyRedirects, type RuleSettings } from './redirect-rules.ts';
import { s3WebsiteSettings } from './s3-website.ts';
import { caddySnippet, nginxSnippet } from './server-snippets.ts';

function settings(dandisets: number): RuleSettings {
  const numbers = Array.from({ length: dandisets }, (_, at) => String(at + 1).padStart(6, '0'));
  return {
    prefix: 'LAB-DANDI',
    store: 'https://bucket.example.org/',
    latest: new Map(numbers.map((number) => [number, '0.220126.1852'])),
  };
}

const rulesOf = (text: string): string[] => text.split('\n').filter((line) => line.startsWith('/'));
const latestOf = (text: string): string[] =>
  rulesOf(text).filter((rule) => rule.includes('/latest'));

describe('redirects', () => {
  test('one rule redirects every file to the store', () => {
    const id = apiAssetId('ab12cd'.padEnd(64, '0'));
    expect(id).toBe(`ab1/2cd/${'ab12cd'.padEnd(64, '0')}`);
    for (const text of [commonRedirects(settings(2)), netlifyRedirects(settings(2))]) {
      expect(rulesOf(text).filter((rule) => rule.includes('/download/'))).toEqual([
        '/api/assets/:first/:second/:key/download/ https://bucket.example.org/blobs/:first/:second/:key 302',
        '/api/dandisets/:number/versions/:version/assets/:first/:second/:key/download/ https://bucket.example.org/blobs/:first/:second/:key 302',
      ]);
    }
  });

  test('newest versions have rules as long as all of them fit', () => {
    expect(latestOf(commonRedirects(settings(1000)))).toHaveLength(2000);
    expect(latestOf(commonRedirects(settings(1001)))).toEqual([]);
  });

  test('only Netlify is configured to look at queries and to overrule files', () => {
    expect(commonRedirects(settings(3))).not.toMatch(/!|prefix=|page=/);
    expect(netlifyRedirects(settings(3))).toMatch(/prefix=:key download=true .* 302!$/m);
  });

  test('bytes on the server itself have a whole address, by the name that was asked for', () => {
    const own = {
      ...settings(1),
      store: 'https://lab.example.org/storage/',
      storePath: '/storage/',
    };
    expect(netlifyRedirects(own)).toContain(' https://lab.example.org/storage/blobs/:first');
    expect(nginxSnippet(own)).toContain('return 302 $scheme://$http_host/storage/blobs/');
    expect(caddySnippet(own)).toContain(
      ' {http.request.scheme}://{http.request.hostport}/storage/blobs/',
    );
  });

  test('an archive without a store has no rules for bytes', () => {
    const none = { ...settings(1), store: undefined };
    for (const text of [
      commonRedirects(none),
      netlifyRedirects(none),
      nginxSnippet(none),
      caddySnippet(none),
    ]) {
      expect(text).not.toMatch(/undefined|download|blobs/);
    }
  });
});

test('settings of an S3 website name the public host', () => {
  const { RoutingRules } = JSON.parse(
    s3WebsiteSettings({ prefix: 'LAB-DANDI', site: 'https://lab.example.org/' }),
  ) as { RoutingRules: { Condition: object; Redirect: object }[] };
  expect(RoutingRules.map(({ Condition }) => Condition)).toEqual([
    { KeyPrefixEquals: 'LAB-DANDI:' },
    { KeyPrefixEquals: 'lab-dandi:' },
  ]);
  expect(RoutingRules[0]?.Redirect).toMatchObject({
    Protocol: 'https',
    HostName: 'lab.example.org',
    ReplaceKeyPrefixWith: 'dandiset/',
  });
});

describe('the patterns for nginx', () => {
  const key = 'ab12cd'.padEnd(64, '0');
  const patterns = [
    ...nginxSnippet(settings(1)).matchAll(
      /location ~(\*?) "(.*)" \{\s+(?:default_type .*;\s+)?(?:if .*\{ )?return 302 (\S+);/g,
    ),
  ].map(([, ignoreCase, pattern = '', target = '']) => ({
    pattern: new RegExp(pattern, ignoreCase === '*' ? 'i' : ''),
    target,
  }));
  const lead = (path: string): string | undefined => {
    const rule = patterns.find(({ pattern }) => pattern.test(path));
    return (
      rule &&
      rule.pattern
        .exec(path)
        ?.reduce((to, value, at) => to.replaceAll(`$${at}`, value ?? ''), rule.target)
    );
  };

  test.each([
    ['/LAB-DANDI:000004', '/dandiset/000004/'],
    ['/lab-dandi:000004/0.220126.1852', '/dandiset/000004/0.220126.1852/'],
    ['/Lab-Dandi:000004@draft/', '/dandiset/000004/draft/'],
    ['/LAB-DANDI:000004/nothing', undefined],
    [`/api/assets/ab1/2cd/${key}/download/`, `https://bucket.example.org/blobs/ab1/2cd/${key}`],
    [`/api/assets/${key}/download/`, `https://bucket.example.org/blobs/ab1/2cd/${key}`],
    [
      '/api/assets/0f1e2d3c-0000-4000-8000-000000000000/download/',
      'https://bucket.example.org/blobs/0f1/e2d/0f1e2d3c-0000-4000-8000-000000000000',
    ],
    ['/api/assets/../../x/download/', undefined],
  ])('%s', (path, target) => {
    expect(lead(path)).toBe(target);
  });
});

describe('the host in archive.json', () => {
  const archive = (more: Record<string, string>): ReturnType<typeof toArchive> =>
    toArchive({
      name: 'A',
      identifierPrefix: 'LAB-DANDI',
      site: 'https://lab.example.org/',
      repository: 'https://github.com/lab/archive',
      stores: [{ kind: 'http', url: 'https://bucket.example.org/' }],
      ...more,
    });

  test.each([
    [{}, false],
    [{ host: 'local' }, true],
    [{ host: 'netlify' }, true],
    [{ host: 'cloudflare' }, true],
    [{ host: 'nginx' }, true],
    [{ host: 'github-pages' }, false],
    [{ host: 's3-website' }, false],
    [{ host: 'netlify', site: 'https://lab.example.org/archive/' }, false],
  ])('%j offers the Python client: %s', (more, offered) => {
    expect(offersPythonClient(archive(more as Record<string, string>).archive!)).toBe(offered);
  });

  test('what is requested by a query is offered by the local server alone', () => {
    const queries = (host: string): boolean => offersClientQueries(archive({ host }).archive!);
    expect(['local', 'netlify', 'nginx', 'cloudflare', 'github-pages'].filter(queries)).toEqual([
      'local',
    ]);
  });

  test('an unknown host is reported, and nothing assumed of it', () => {
    const { archive: found, problems } = archive({ host: 'apache' });
    expect(found?.host).toBeUndefined();
    expect(problems.map(({ pointer, severity }) => [pointer, severity])).toEqual([
      ['/host', 'warning'],
    ]);
  });
});
