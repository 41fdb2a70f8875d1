// Every spelling of an identifier, on every host: it ends at the right page, by the host's own responses or,
// where only script can, by the page for unknown addresses. What pages advertise must be served without
// script.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answeredForms, exampleOfForm, FORM_KINDS } from '../../src/core/hosting/answered-forms.ts';
import { headersOfFile } from '../../src/core/hosting/headers-file.ts';
import {
  pageOfAddress,
  versionOfForward,
  versionOfPage,
} from '../../src/core/hosting/page-of-address.ts';
import { netlifyRedirects } from '../../src/core/hosting/redirect-rules.ts';
import { isOwnAddress, parseDandiAddress } from '../../src/core/identifiers/dandi-address.ts';
import type { DandisetNumber } from '../../src/core/identifiers/dandiset-id.ts';
import type { VersionId } from '../../src/core/identifiers/version-id.ts';
import type { Host as HostName } from '../../src/core/records/archive.ts';
import { folderTree } from '../../src/adapters/content-files/folder-tree.ts';
import { loadCatalog } from '../../src/site/catalog/catalog.ts';
import { ruleSettings } from '../../src/site/hosting/host-rules.ts';
import { builtSite, demoContent, type BuiltSite } from '../support/sites/built-site.ts';
import { cloudflare } from '../support/hosts/cloudflare.ts';
import { githubPages } from '../support/hosts/github-pages.ts';
import type { Host } from '../support/hosts/host.ts';
import { netlify } from '../support/hosts/netlify.ts';
import { s3Website } from '../support/hosts/s3-website.ts';
import { describeWith } from '../support/needed-part.ts';
import { REAL_HOSTS, type RealHost } from '../support/hosts/real-hosts.ts';

const PREFIX = 'DEMO-DANDI';
const NUMBER = '000001' as DandisetNumber;
const VERSION = '0.250114.1002';
const NEWEST = '0.250702.1411';
const PAGE = `/dandiset/${NUMBER}/`;
const settings = { prefix: PREFIX, site: 'https://dandi-demo.example/' };

/** Spelling → the page it must end at. */
const FORMS = new Map<string, string>();
for (const [version, page] of [
  ['', PAGE],
  [VERSION, `${PAGE}${VERSION}/`],
  ['draft', `${PAGE}draft/`],
  ['latest', `${PAGE}${NEWEST}/`],
] as const) {
  for (const name of [
    `${PREFIX}:`,
    `${PREFIX.toLowerCase()}:`,
    'Demo-Dandi:',
    `${PREFIX}%3A`,
    '',
  ]) {
    for (const separator of version === '' ? [''] : ['/', '@', '%2F', '%40']) {
      for (const end of ['', '/']) {
        FORMS.set(`/${name}${NUMBER}${separator}${version}${end}`, page);
      }
    }
    FORMS.set(`/${name}1${version === '' ? '' : `/${version}`}`, page);
  }
  for (const end of version === '' ? ['', '/'] : [`/${version}`, `/${version}/`, `@${version}`]) {
    FORMS.set(`/dandiset/${NUMBER}${end}`, page);
    FORMS.set(`/dandiset/1${end}`, page);
  }
}
FORMS.set(`/dandiset/${NUMBER}%2F${VERSION}`, `${PAGE}${VERSION}/`);
FORMS.set(`/Dandiset/${NUMBER}/${VERSION}`, `${PAGE}${VERSION}/`);
FORMS.set(`/dandisets/${NUMBER}`, PAGE);
const LOCATION = '?location=sub-01/';
FORMS.set(`/dandiset/${NUMBER}/${VERSION}/files/${LOCATION}`, `${PAGE}${VERSION}/files/`);
FORMS.set(`/dandiset/${NUMBER}/${VERSION}/files${LOCATION}`, `${PAGE}${VERSION}/files/`);
FORMS.set(`/dandiset/${NUMBER}/files${LOCATION}`, `${PAGE}${NEWEST}/files/`);
FORMS.set(`/dandiset/${NUMBER}/latest/files/`, `${PAGE}${NEWEST}/files/`);

type Means = 'host' | 'forwarding page' | 'script';

/** Where a visitor ends, and by what means; the page's address is without its query. */
async function arrive(
  ask: (target: string) => Promise<Reply>,
  start: string,
): Promise<[string, Means]> {
  let target = start;
  let means: Means = 'host';
  for (let hops = 0; hops < 6; hops += 1) {
    const { status, location, html } = await ask(target);
    if (location !== undefined) target = location;
    else if (status === 404) {
      const address = parseDandiAddress(target, settings);
      // As the script does: a redirect says it as well as a page that forwards.
      const readLatest = async (number: DandisetNumber): Promise<VersionId | undefined> => {
        const answer = await ask(`/dandiset/${number}/latest/`);
        return answer.location === undefined
          ? versionOfForward(answer.html, number)
          : versionOfPage(answer.location, number);
      };
      const page =
        address === undefined || !isOwnAddress(address, PREFIX)
          ? undefined
          : await pageOfAddress(address, readLatest);
      if (page === undefined || `/${page}` === target) return [`nothing at ${target}`, 'script'];
      means = 'script';
      target = `/${page}`;
    } else {
      const refresh = /http-equiv="refresh" content="0; url=([^"]+)"/.exec(html)?.[1];
      if (refresh === undefined) return [target.replace(/\?.*$/, ''), means];
      if (means === 'host') means = 'forwarding page';
      target = refresh;
    }
  }
  return ['in a circle', means];
}

interface Reply {
  status: number;
  location: string | undefined;
  html: string;
}

let site: BuiltSite;
const hosts = new Map<HostName, (target: string) => Promise<Reply>>();

const emulated =
  (host: Host) =>
  async (target: string): Promise<Reply> => {
    const { status, headers, file } = host(target);
    const html = file === undefined ? '' : readFileSync(file, 'utf8');
    return { status, location: headers['Location'], html };
  };

const asked =
  ({ url }: { url: string }) =>
  async (target: string): Promise<Reply> => {
    const response = await fetch(new URL(target, url), { redirect: 'manual' });
    const location = response.headers.get('location') ?? undefined;
    return { status: response.status, location, html: await response.text() };
  };

beforeAll(async () => {
  site = await builtSite({ content: demoContent });
  const upload = { dist: site.dist };
  const catalog = await loadCatalog({
    tree: folderTree(demoContent),
    base: '/',
    readStoredList: async () => undefined,
  });
  hosts.set('local', asked(site));
  hosts.set('github-pages', emulated(githubPages(upload)));
  hosts.set('s3-website', emulated(s3Website(upload, 'dandi-demo.example')));
  hosts.set('netlify', emulated(netlify(upload, netlifyRedirects(ruleSettings(catalog)))));
  hosts.set('cloudflare', emulated(cloudflare(upload)));
});
afterAll(() => site?.close());

test('the table holds at least sixty spellings', () => {
  expect(FORMS.size).toBeGreaterThanOrEqual(60);
});

/** The addresses every host is tested with; `name` is the host in archive.json whose rules it has. */
function identifiers(name: HostName): void {
  const ask = (target: string): Promise<Reply> => hosts.get(name)!(target);

  test('every spelling ends at its page', async () => {
    const wrong: string[] = [];
    for (const [form, page] of FORMS) {
      const [end] = await arrive(ask, form);
      // A host that treats `%2F` as a slash shows the page at the address as it was written.
      if (decodeURIComponent(end) !== page) wrong.push(`${form} ends at ${end}`);
    }
    expect(wrong).toEqual([]);
  });

  test('what is advertised is served without script', async () => {
    const byScript: string[] = [];
    for (const kind of answeredForms(name)) {
      const form = `/${exampleOfForm(kind, PREFIX, NUMBER, VERSION)}`;
      const [end, means] = await arrive(ask, form);
      const page = kind === 'number' ? PAGE : `${PAGE}${kind === 'latest' ? NEWEST : VERSION}/`;
      if (end !== page || means === 'script') byScript.push(`${form}: ${end} by ${means}`);
    }
    expect(byScript).toEqual([]);
  });

  test('what names nothing is not found', async () => {
    for (const form of [
      `/${PREFIX}:000999`,
      `/${PREFIX}:000001/0.200101.0000`,
      '/OTHER:000001',
      '/nothing',
    ]) {
      const [end] = await arrive(ask, form);
      expect(end, form).toMatch(/^nothing at /);
    }
  });
}

describe.each(['local', 'github-pages', 's3-website', 'netlify', 'cloudflare'] as const)(
  'identifiers on %s',
  identifiers,
);

describe.each(REAL_HOSTS)('the program itself:', (program, part, serve, rules) => {
  describeWith(part, program, () => {
    let host: RealHost;
    beforeAll(async () => {
      host = await serve({ dist: site.dist }, path.join(site.dist, 'hosting', rules));
      hosts.set('nginx', asked(host));
    });
    afterAll(() => host?.close());

    identifiers('nginx');

    test('a missing slash is added, and the query preserved', async () => {
      const folder = `${PAGE}${VERSION}/files`;
      const { location } = await asked(host)(`${folder}${LOCATION}`);
      expect(location).toBe(`${folder}/${LOCATION}`);
    });

    test('files have the headers that the rules for other hosts give them', async () => {
      const style = readdirSync(path.join(site.dist, '_astro')).find((name) => /css$/.test(name));
      const folder = `${PAGE}${VERSION}/`;
      for (const [target, file] of [
        ['/', 'index.html'],
        [`/_astro/${style}`],
        ['/api/dandisets/', 'api/dandisets/index.html'],
        ['/server-info'],
        ['/.well-known/api-catalog'],
        ['/feed.atom'],
        ['/feed.json'],
        [`${PAGE}feed.json`],
        ...['assets.jsonl', 'schema.jsonld', 'files.sha256', 'citation.bib', 'CITATION.cff'].map(
          (name) => [folder + name],
        ),
      ]) {
        const { status, headers } = await fetch(new URL(target!, host.url));
        const wanted = new Headers(headersOfFile(file ?? target!.slice(1)));
        const told = Object.fromEntries(
          [...wanted.keys()].map((name) => [name, headers.get(name)]),
        );
        expect({ target, status, ...told }).toEqual({
          target,
          status: 200,
          ...Object.fromEntries(wanted),
        });
      }
    });

    test('an unknown address gives a page, also below the API', async () => {
      for (const target of ['/nothing', '/api/nothing/', '/_astro/']) {
        const response = await fetch(new URL(target, host.url));
        expect(response.status).toBe(404);
        expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
        expect(await response.text()).toContain('<h1');
      }
    });
  });
});

test('a spelling that only the local server resolves is advertised nowhere else', () => {
  expect(answeredForms('local')).toEqual(FORM_KINDS);
  expect(answeredForms(undefined)).toEqual(['number', 'latest']);
  expect(answeredForms('netlify', false)).toEqual(['number', 'latest']);
});

test('rule files stay within the limits of their hosts', () => {
  const read = (name: string): string => readFileSync(path.join(site.dist, name), 'utf8');
  const rules = read('_redirects')
    .split('\n')
    .filter((line) => line.startsWith('/'));
  const dynamic = rules.filter((rule) => /^\S*(\*|:[A-Za-z])/.test(rule));
  expect(dynamic.length).toBeLessThanOrEqual(100);
  expect(rules.length - dynamic.length).toBeLessThanOrEqual(2000);
  expect(Math.max(...rules.map((rule) => rule.length))).toBeLessThanOrEqual(1000);
  // Static rules first: after a dynamic one they would never match.
  const firstDynamic = rules.indexOf(dynamic[0]!);
  expect(rules.slice(firstDynamic)).toEqual(dynamic);
  const blocks = read('_headers')
    .split('\n')
    .filter((line) => line.startsWith('/'));
  expect(blocks.length).toBeLessThanOrEqual(100);
});
