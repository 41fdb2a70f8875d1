// Addresses checked against the grammar of the real Python client: what it accepts is understood here in the
// same way, and it accepts every command that pages offer for copying.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parseDandiAddress } from '../../src/core/identifiers/dandi-address.ts';
import { builtSite, demoContent } from '../support/sites/built-site.ts';
import { decodeEntities, tagsOf, textOf } from '../support/sites/html.ts';
import { describeWith } from '../support/needed-part.ts';
import { python } from '../support/process/python.ts';
import { sitePages } from '../support/sites/site-pages.ts';

type Verdict =
  | { error: string }
  | { kind: string; dandiset: string | null; version: string | null; path: string | null };

/** How the client parses addresses. */
function clientVerdicts(addresses: readonly string[]): Verdict[] {
  const { stdout, stderr, status } = spawnSync(
    python.path,
    [path.join(import.meta.dirname, 'parse_addresses.py')],
    {
      encoding: 'utf8',
      input: JSON.stringify(addresses),
      env: { ...process.env, DANDI_NO_ET: '1' },
    },
  );
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout) as Verdict[];
}

const HOST = 'https://archive.example';
const V = '0.220126.1852';

/** Forms of a Dandiset, a version, a folder or a file that the client accepts. */
const TAKEN = [
  'DANDI:000004',
  `DANDI:000004/${V}`,
  'DANDI:000004/draft',
  `${HOST}/dandiset/000004`,
  `${HOST}/dandiset/000004/`,
  `${HOST}/dandiset/000004/${V}`,
  `${HOST}/dandiset/000004/${V}/`,
  `${HOST}/dandiset/000004/draft`,
  `${HOST}/#/dandiset/000004/${V}`,
  `${HOST}/#/dandiset/000004/draft/`,
  `${HOST}/dandiset/000004/${V}/files`,
  `${HOST}/dandiset/000004/${V}/files?location=sub-01`,
  `${HOST}/dandiset/000004/${V}/files?location=sub-01%2Fses%201%2F`,
  `${HOST}/dandiset/000004/files?location=sub-01`,
  `${HOST}/api/dandisets/000004`,
  `${HOST}/api/dandisets/000004/`,
  `${HOST}/api/dandisets/000004/versions/${V}/`,
  `${HOST}/api/dandisets/000004/versions/draft`,
  'dandi://dandi/000004',
  `dandi://dandi/000004@${V}`,
  `dandi://dandi/000004@draft/sub-01/a.nwb`,
  'dandi://dandi/000004/sub-01/',
];

interface Command {
  page: string;
  text: string;
}

/** Commands of the client on the pages of a site: on buttons that copy, and in code. */
function offeredCommands(dist: string): Command[] {
  return sitePages(dist).flatMap((page) => {
    const html = readFileSync(path.join(dist, page), 'utf8');
    const copied = tagsOf(html).map(({ attributes }) => attributes.get('data-copy') ?? '');
    const code = [...html.matchAll(/<(code|pre)\b[^>]*>([^]*?)<\/\1>/g)].map(([, , text = '']) =>
      text.includes('\n') ? decodeEntities(text.replace(/<[^>]*>/g, '')) : textOf(text),
    );
    return (
      [...copied, ...code]
        .flatMap((text) => text.split('\n'))
        .map((line) => line.trim())
        // The table of calls names the site by a word.
        .filter((line) => /^dandi (?:download|ls) (?!'?SITE\/)/.test(line))
        .map((text) => ({ page, text }))
    );
  });
}

/** The words of a command that name what is downloaded. */
function resourcesOf({ text }: Command): string[] {
  const words = [...text.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    (m) => m[1] ?? m[2] ?? m[3] ?? '',
  );
  return words.filter((word) => /^(?:https?:|dandi:\/\/|[A-Z-]+:\d)/.test(word));
}

describeWith(python, 'addresses and the Python client', () => {
  test('what it accepts is understood here in the same way', () => {
    const settings = { prefix: 'DANDI', site: `${HOST}/` };
    const ours = TAKEN.map((text) => {
      const { number, version, path: place } = parseDandiAddress(text, settings)!;
      // The client takes a location in the file browser for a folder, with or without its slash.
      return { dandiset: number, version: version ?? null, path: (place ?? '').replace(/\/$/, '') };
    });
    const theirs = clientVerdicts(TAKEN).map((verdict) => {
      if ('error' in verdict) return verdict;
      const { dandiset, version, path: place } = verdict;
      return { dandiset, version, path: (place ?? '').replace(/\/$/, '') };
    });
    expect(ours).toEqual(theirs);
  });

  test('it accepts every command that pages offer, and finds the version of the page in it', async () => {
    const site = await builtSite({ content: demoContent });
    const commands = offeredCommands(site.dist);
    const versionOf = (page: string): string | undefined => {
      const [, number = '', version] = /^dandiset\/(\d{6})\/(?:([^/]+)\/)?/.exec(page) ?? [];
      if (version !== undefined) return version;
      // A Dandiset's own page shows the version that `latest` refers to.
      const forward = readFileSync(path.join(site.dist, 'dandiset', number, 'latest/index.html'));
      return /url=\/dandiset\/\d{6}\/([^/]+)\//.exec(forward.toString())?.[1];
    };
    await site.close();
    const named = commands.flatMap((command) =>
      resourcesOf(command).map((url) => ({ ...command, url })),
    );
    expect(commands.filter((command) => resourcesOf(command).length === 0)).toEqual([]);
    const verdicts = clientVerdicts(named.map(({ url }) => url));
    const wrong = named.flatMap(({ page, text }, at) => {
      const verdict = verdicts[at]!;
      if ('error' in verdict) return [`${page}: ${text}: ${verdict.error}`];
      const [, dandiset] = /^dandiset\/(\d{6})\//.exec(page) ?? [];
      if (dandiset === undefined) return [];
      const isRight = verdict.dandiset === dandiset && verdict.version === versionOf(page);
      return isRight ? [] : [`${page}: ${text} names ${JSON.stringify(verdict)}`];
    });
    expect(wrong).toEqual([]);
    // Every page of a version with files has one.
    const pages = new Set(named.map(({ page }) => page));
    for (const page of [
      'dandiset/000001/index.html',
      'dandiset/000001/draft/index.html',
      'dandiset/000001/0.250114.1002/index.html',
      'dandiset/000001/0.250114.1002/files/index.html',
      'dandiset/000006/0.250610.1040/index.html',
    ]) {
      expect(pages).toContain(page);
    }
    // Withdrawn.
    expect(pages).not.toContain('dandiset/000003/0.240507.1200/index.html');
  });
});
