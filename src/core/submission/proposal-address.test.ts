import { expect, test } from 'vitest';
import { parseDandisetNumber } from '../identifiers/dandiset-id.ts';
import {
  proposalAddress,
  proposedFileAddress,
  pullsOfCommitAddress,
  readProposal,
} from './proposal-address.ts';

const commit = '0123456789abcdef0123456789abcdef01234567';
const site = 'https://data.example.org/archive/';
const submission = { commit, target: { kind: 'submission', slug: 'first-light' } } as const;
const draft = {
  commit,
  target: { kind: 'draft', number: parseDandisetNumber('000004')! },
} as const;

test('an address names a commit and a folder, and is read back', () => {
  for (const proposal of [submission, draft]) {
    const address = new URL(proposalAddress(site, proposal));
    expect(address.pathname).toBe('/archive/submissions/preview/');
    expect(readProposal(address.search)).toEqual(proposal);
  }
});

test('nothing else is a proposal', () => {
  const folder = 'submissions/first-light';
  for (const query of [
    '',
    `?commit=${commit}`,
    `?commit=${commit.slice(1)}&folder=${folder}`,
    `?commit=${commit}0&folder=${folder}`,
    `?commit=${commit.toUpperCase()}&folder=${folder}`,
    `?commit=main&folder=${folder}`,
    `?commit=${commit}&folder=${folder}&repository=https://evil.example/x`,
    `?folder=${folder}&commit=${commit}`,
    `?commit=${commit}&folder=submissions/../../lab`,
    `?commit=${commit}&folder=submissions/%2e%2e`,
    `?commit=${commit}&folder=submissions/First`,
    `?commit=${commit}&folder=submissions/a/b`,
    `?commit=${commit}&folder=//evil.example`,
    `?commit=${commit}&folder=dandisets/000/000004/0.220126.1852`,
    `?commit=${commit}&folder=dandisets/001/000004/draft`,
    `?commit=${commit}&folder=${folder}\n`,
  ]) {
    expect(readProposal(query), query).toBeUndefined();
  }
});

test('the proposer of a commit is requested from the same forge', () => {
  expect(pullsOfCommitAddress('https://github.com/lab/archive', commit)).toBe(
    `https://api.github.com/repos/lab/archive/commits/${commit}/pulls?per_page=100`,
  );
  expect(pullsOfCommitAddress('https://git.lab.example/a/b.git', commit)).toBe(
    `https://git.lab.example/api/v3/repos/a/b/commits/${commit}/pulls?per_page=100`,
  );
});

test('files come from the forge that the archive names, and from no other', () => {
  const file = `${commit}/content/submissions/first-light/dandiset.json`;
  expect(proposedFileAddress('https://github.com/lab/archive', submission, 'dandiset.json')).toBe(
    `https://raw.githubusercontent.com/lab/archive/${file}`,
  );
  expect(proposedFileAddress('https://git.lab.example/a/b', submission, 'dandiset.json')).toBe(
    `https://git.lab.example/a/b/raw/${file}`,
  );
});
