// dandiset cite: which version is cited, in which form, and when nothing is.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { demoContent } from '../support/sites/built-site.ts';
import { runCli, type CliResult } from '../support/process/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const NEWEST = '0.250702.1411';

function cite(...args: string[]): Promise<CliResult> {
  return runCli('cite', ...args, '--content', demoContent);
}

function frozenCitation(version: string): string {
  const file = path.join(demoContent, 'dandisets/000/000001', version, 'dandiset.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { citation: string }).citation;
}

describe('dandiset cite', () => {
  it.each([
    '000001',
    '1',
    'DEMO-DANDI:000001',
    'demo-dandi:000001/latest',
    `DEMO-DANDI:000001/${NEWEST}`,
    `DEMO-DANDI:000001@${NEWEST}`,
    'https://dandi-demo.example/dandiset/000001/',
    `https://dandi-demo.example/dandiset/000001/${NEWEST}/files/?location=sub-01/`,
    'dandi://demo-dandi/000001',
  ])('prints the frozen citation of the newest published version for %s', async (resource) => {
    const result = await cite(resource);
    expect(result).toEqual({ code: 0, stdout: `${frozenCitation(NEWEST)}\n`, stderr: '' });
  });

  it('prints that of an older version when asked for', async () => {
    const { stdout } = await cite('000001/0.250114.1002');
    expect(stdout).toBe(`${frozenCitation('0.250114.1002')}\n`);
  });

  it.each([
    ['apa', /^Adler, N\., Benítez, T\., & Ibekwe, C\. \(2025\)\. /],
    ['vancouver', /^Adler N, Benítez T, Ibekwe C\. /],
    ['chicago', /^Adler, Nora, Tomás Benítez, and Chidi Ibekwe\. 2025\. “/],
    ['harvard', /^Adler, N\., Benítez, T\. and Ibekwe, C\. \(2025\) ‘/],
    ['ieee', /^N\. Adler, T\. Benítez, and C\. Ibekwe, “/],
    ['availability', /^The data are available from DEMO-DANDI Archive as DEMO-DANDI:000001/],
    ['methods', /^We used the dataset “Hippocampal CA1/],
    ['bibtex', /^@dataset\{demo_dandi_000001_0_250702_1411,\n/],
    ['ris', /^TY {2}- DATA\r\n[^]*\r\nER {2}- \r\n$/],
    ['csl', /^\[\n {2}\{\n/],
    ['cff', /^cff-version: "1\.2\.0"\n/],
  ])('writes %s', async (format, expected) => {
    const { code, stdout, stderr } = await cite('000001', '--format', format);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(expected);
  });

  it('marks a withdrawn version, and skips it where no version is named', async () => {
    const named = await cite('000003/0.240507.1200', '-f', 'apa');
    expect(named.code).toBe(0);
    expect(named.stdout).toContain('[This version was withdrawn.]');
    expect(named.stderr).toBe('DEMO-DANDI:000003/0.240507.1200 is withdrawn.\n');
    expect((await cite('000003')).stdout).toContain('(Version 0.240528.1530)');
  });

  it('cites a draft only on request, and marks it then', async () => {
    const refused = await cite('000001/draft');
    expect([refused.code, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toContain(`Cite DEMO-DANDI:000001/${NEWEST}.`);
    const unpublished = await cite('000010');
    expect([unpublished.code, unpublished.stdout]).toEqual([1, '']);
    expect(unpublished.stderr).toContain('a draft is not citable');

    const accepted = await cite('000010', '--draft');
    expect([accepted.code, accepted.stderr]).toEqual([
      0,
      'DEMO-DANDI:000010/draft is a draft, which can change at any time.\n',
    ]);
    expect(accepted.stdout).toMatch(/\(n\.d\.\).*\(Version draft\).*\[Draft, not citable/);
  });

  it('lists its formats', async () => {
    const listed = await runCli('cite', '--list');
    expect(listed.stdout).toMatch(/^text +Plain text \(citation\.txt\)\napa +APA\n/);
    const json = JSON.parse((await runCli('cite', '--list', '--json')).stdout) as {
      formats: { id: string }[];
    };
    expect(json.formats.map(({ id }) => id)).toEqual(
      listed.stdout
        .trimEnd()
        .split('\n')
        .map((line) => line.split(' ')[0]),
    );
  });

  it.each([
    [1, ['000099'], 'There is no DEMO-DANDI:000099 in this archive.'],
    [1, ['000001/0.990101.0000'], 'There is 0.250114.1002, 0.250318.0930, 0.250702.1411.'],
    [2, ['DANDI:000001'], '"DANDI:000001" names no Dandiset of this archive.'],
    [2, ['../000001'], 'Write it like DEMO-DANDI:000004'],
    [2, ['000001', '--format', 'mla'], "argument 'mla' is invalid"],
    [2, [`000001/${NEWEST}`, '--draft'], '--draft contradicts the version'],
    [2, [], 'Which Dandiset or version is to be cited?'],
  ])('ends with %i for %j', async (code, args, words) => {
    const result = await cite(...args);
    expect([result.code, result.stdout]).toEqual([code, '']);
    expect(result.stderr).toContain(words);
  });

  describe('by a DOI of its records', () => {
    const DOI = '10.48324/dandi.000002/0.250101.0000';
    const record = (name: string, doi?: string): string =>
      JSON.stringify({ name, citation: name, ...(doi === undefined ? {} : { doi }) });
    const manifest = (doi: string): string => JSON.stringify({ source: { archive: 'DANDI' }, doi });
    const files = {
      'archive.json': readFileSync(path.join(demoContent, 'archive.json')),
      'dandisets/000/000002/0.250101.0000/dandiset.json': record('Older', DOI),
      'dandisets/000/000002/0.250101.0000/manifest.json': manifest(DOI),
      'dandisets/000/000002/0.260101.0000/dandiset.json': record(
        'Newer',
        'doi:10.48324/dandi.000002/0.260101.0000',
      ),
      'dandisets/000/000003/0.250101.0000/dandiset.json': record('Other', '10.12345/A(B)<c:d>e'),
      'dandisets/000/000003/status.json': JSON.stringify({
        dandisetDoi: { doi: '10.12345/whole', state: 'findable', version: '0.250101.0000' },
      }),
      'dandisets/000/000004/draft/dandiset.json': record('Draft', '10.12345/draft'),
    };

    it.each([
      [DOI, 'Older'],
      [`doi:${DOI}.`, 'Older'],
      [`doi.org/${DOI.toUpperCase()}`, 'Older'],
      [`https://doi.org/https://doi.org/${encodeURIComponent(DOI)}?x=y`, 'Older'],
      ['10.48324/dandi.000002/0.260101.0000', 'Newer'],
      ['https://doi.org/10.48324/dandi.000002', 'Newer'],
      ['https://doi.org/10.12345/A(B)%3Cc:d%3Ee', 'Other'],
      ['DOI 10.12345/whole', 'Other'],
    ])('%s', async (resource, text) => {
      const result = await runCli('cite', resource, '--content', temporaryFolder(files));
      expect(result).toEqual({ code: 0, stdout: `${text}\n`, stderr: '' });
    });

    it.each(['10.12345/draft', '10.12345/unknown', '10.48324/dandi.000009'])(
      '%s is of none of them',
      async (resource) => {
        const result = await runCli('cite', resource, '--content', temporaryFolder(files));
        expect([result.code, result.stdout]).toEqual([2, '']);
        expect(result.stderr).toContain('names no Dandiset of this archive');
      },
    );
  });

  it('reports records that cannot be read, or are all withdrawn', async () => {
    const folder = temporaryFolder({
      'archive.json': readFileSync(path.join(demoContent, 'archive.json')),
      'dandisets/000/000001/0.250101.0000/dandiset.json': '{"name": ',
      'dandisets/000/000002/0.250101.0000/dandiset.json': '{}',
      'dandisets/000/000002/status.json': '{"withdrawals": {"0.250101.0000": {}}}',
    });
    const broken = await runCli('cite', '000001', '--content', folder);
    expect([broken.code, broken.stdout]).toEqual([1, '']);
    expect(broken.stderr).toContain('dandiset.json is no JSON object');
    const withdrawn = await runCli('cite', '000002', '--content', folder);
    expect([withdrawn.code, withdrawn.stdout]).toEqual([1, '']);
    expect(withdrawn.stderr).toContain(
      'Every published version of DEMO-DANDI:000002 was withdrawn.',
    );
    const none = await runCli('cite', '000002', '--content', path.join(folder, 'nowhere'));
    expect([none.code, none.stdout]).toEqual([1, '']);
  });
});
