import { describe, expect, test } from 'vitest';
import {
  DRAFT,
  FIRST,
  SUBMISSION,
  TestArchive,
} from '../../../tests/support/broken/test-archive.ts';
import { ARCHIVE as SETTINGS } from '../../../tests/support/broken/records.ts';
import { parseDandisetNumber, UNNUMBERED } from '../identifiers/dandiset-id.ts';
import { parsePublishedVersion } from '../identifiers/version-id.ts';
import type { Problem } from '../problem.ts';
import { toArchive } from '../records/to-archive.ts';
import { readableAssets } from '../records/asset-list.ts';
import type { Availability } from './availability.ts';
import { bytesProblems, planRelease, type ReleaseRequest } from './plan-release.ts';
import { previewRelease } from './preview-release.ts';

const ARCHIVE = toArchive(SETTINGS).archive!;
const NUMBER = parseDandisetNumber('000001')!;
const encoder = new TextEncoder();

function filesOf(folder: string, change?: (archive: TestArchive) => void): Map<string, Uint8Array> {
  const archive = new TestArchive();
  change?.(archive);
  const inside = Object.entries(archive.files).filter(([path]) => path.startsWith(`${folder}/`));
  return new Map(
    inside.map(([path, data]) => [
      path.slice(folder.length + 1),
      typeof data === 'string' ? encoder.encode(data) : data,
    ]),
  );
}

function request(more: Partial<ReleaseRequest> = {}): ReleaseRequest {
  const vocabularies = new Map();
  const place = { number: NUMBER };
  return { archive: ARCHIVE, vocabularies, place, files: filesOf(DRAFT), ...more };
}

const rules = (problems: readonly Problem[]): string[] =>
  problems.filter(({ severity }) => severity === 'error').map(({ rule }) => rule);

describe('a planned publication', () => {
  test('shows the version that would be frozen, the same on every day', () => {
    const { problems, frozen, fresh } = planRelease(request());
    expect(rules(problems)).toEqual([]);
    expect(fresh.map(({ path }) => path)).toHaveLength(3);
    const at = { archive: ARCHIVE, number: NUMBER };
    const [early, late] = ['2026-01-01', '2027-01-01'].map((day) =>
      previewRelease(frozen!, at, day),
    );
    expect(early?.citation).toContain('(2026)');
    expect(late?.citation).toContain('(2027)');
    expect(early?.digest).toBe(late?.digest);
    expect(early?.files).toBe(3);
  });

  test('of a submission needs no number yet', () => {
    const files = filesOf(SUBMISSION);
    files.set('release.json', encoder.encode('{"releaseNotes": "First."}'));
    const { problems, frozen } = planRelease(request({ place: { slug: 'first-light' }, files }));
    expect(rules(problems)).toEqual([]);
    expect(frozen?.manifest.identifier).toBe(`${ARCHIVE.identifierPrefix}:${UNNUMBERED}`);
  });

  test('names what differs from the previous version', () => {
    const first = planRelease(request()).frozen!;
    const before = {
      version: parsePublishedVersion('0.250101.1200')!,
      record: first.record,
      assets: first.files.get('assets.jsonl'),
      digest: first.digest,
    };
    const files = filesOf(DRAFT, (archive) =>
      archive.edit(`${DRAFT}/dandiset.json`, (record) => {
        record['name'] = 'Another title';
      }),
    );
    const { problems, changes, fresh, frozen } = planRelease(request({ files, before }));
    expect(rules(problems)).toEqual([]);
    expect(changes?.metadata.changes.map(({ path }) => path)).toEqual([['name']]);
    expect([fresh, frozen?.manifest.previous]).toEqual([[], first.digest]);
  });
});

describe('publication is refused', () => {
  test('if nothing changed', () => {
    const { frozen } = planRelease(request());
    const before = {
      version: parsePublishedVersion('0.250101.1200')!,
      record: frozen!.record,
      assets: frozen!.files.get('assets.jsonl'),
      digest: frozen!.digest,
    };
    expect(rules(planRelease(request({ before })).problems)).toEqual(['release-unchanged']);
  });

  test('if the draft has an error, or only the version it would become', () => {
    const broken = filesOf(DRAFT, (archive) =>
      archive.edit(`${DRAFT}/dandiset.json`, (record) => {
        record['license'] = [];
      }),
    );
    expect(rules(planRelease(request({ files: broken })).problems)).toContain('record-schema');
    const empty = filesOf(DRAFT);
    empty.set('assets.jsonl', new Uint8Array());
    const problems = planRelease(request({ files: empty })).problems;
    expect(rules(problems)).toContain('empty-version');
    expect(problems.every(({ path }) => path.startsWith(DRAFT))).toBe(true);
  });

  test('if there is no list, or no record at all', () => {
    const files = filesOf(DRAFT);
    files.delete('assets.jsonl');
    expect(rules(planRelease(request({ files })).problems)).toContain('release-list-missing');
    const { frozen, problems } = planRelease(request({ files: new Map() }));
    expect(frozen).toBeUndefined();
    expect(rules(problems)).toContain('record-missing');
  });

  test('if files are not available as recorded', () => {
    const asset = [...readableAssets(filesOf(FIRST).get('assets.jsonl')!)][0]!;
    const found = (answer: Availability): string[] =>
      rules(bytesProblems({ number: NUMBER }, [[asset, answer]]));
    expect(found({ kind: 'absent' })).toEqual(['release-bytes']);
    expect(found({ kind: 'unreachable', reason: 'no answer' })).toEqual(['release-bytes']);
    expect(found({ kind: 'there', size: asset.size + 1 })).toEqual(['release-bytes']);
    const parts = `${'f'.repeat(32)}-`;
    expect(found({ kind: 'there', size: asset.size, etag: `${parts}1` })).toEqual([
      'release-bytes',
    ]);
    // Uploaded in other parts, or at once: such an ETag cannot be compared.
    expect(found({ kind: 'there', size: asset.size, etag: `${parts}7` })).toEqual([]);
    expect(found({ kind: 'there', etag: '0'.repeat(32) })).toEqual([]);
  });
});
