// Files of a submission that are small to send and expensive to process.

import { SUBMISSION, TestArchive } from '../broken/test-archive.ts';

const valid = new TestArchive();
const record = valid.text(`${SUBMISSION}/dandiset.json`);
const list = valid.text(`${SUBMISSION}/assets.jsonl`);

/** The list with something in the metadata of its first asset. */
function withMetadata(more: Record<string, unknown>): string {
  const [first = '', ...rest] = list.split('\n');
  const asset = JSON.parse(first) as { metadata: Record<string, unknown> };
  Object.assign(asset.metadata, more);
  return [JSON.stringify(asset), ...rest].join('\n');
}

const MARKS = '\u0344\u0345'.repeat(100_000);

/** A sample from a sample from a sample …, each without its type. */
function nestedSamples(): unknown {
  let sample = {};
  for (let depth = 0; depth < 90; depth += 1) {
    sample = { schemaKey: 'BioSample', identifier: 'x', wasDerivedFrom: [sample] };
  }
  return [sample];
}

/** Files that are small to send and expensive to process, and the rule that stops each. */
export const ENDLESS_FILES: Record<string, [rule: string, file: string, text: () => string]> = {
  'marks in a title': [
    'record-schema',
    'dandiset.json',
    () => record.replace(/"name": "[^"]*"/, `"name": "x${MARKS}"`),
  ],
  'marks in a term': [
    'asset-schema',
    'assets.jsonl',
    () => withMetadata({ approach: [{ schemaKey: 'ApproachType', name: `x${MARKS}` }] }),
  ],
  'a list of 10,000,000 lines': [
    'asset-list-broken',
    'assets.jsonl',
    () => 'x\n'.repeat(10_000_000),
  ],
  'a million approaches': [
    'asset-unreadable',
    'assets.jsonl',
    () => withMetadata({ approach: Array(1_000_000).fill({ name: 'x' }) }),
  ],
  'a million digests': [
    'asset-unreadable',
    'assets.jsonl',
    () => {
      const digests = Array.from({ length: 1_000_000 }, (_, at) => [`d${at}`, 'x']);
      return withMetadata({ digest: Object.fromEntries(digests) });
    },
  ],
  'samples in samples': [
    'asset-schema',
    'assets.jsonl',
    () => `${withMetadata({ wasDerivedFrom: nestedSamples() })}`.repeat(100),
  ],
  'a record of very many values': [
    'file-not-json',
    'dandiset.json',
    () => record.replace('{', `{"x": [${'1,'.repeat(400_000)}1],`),
  ],
  'half a character': [
    'character-refused',
    'dandiset.json',
    () => record.replace('"name": "', '"name": "\\ud800'),
  ],
  'a null': ['asset-character-refused', 'assets.jsonl', () => withMetadata({ x: '\0' })],
  'a title read backwards': [
    'bidi-in-name',
    'dandiset.json',
    () => record.replace('"name": "', '"name": "\u202e'),
  ],
};
