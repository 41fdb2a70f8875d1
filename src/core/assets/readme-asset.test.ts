import { expect, it } from 'vitest';
import { isBetterReadme } from './readme-asset.ts';

it('finds a README at the top, and prefers Markdown', () => {
  expect(isBetterReadme('README', undefined)).toBe(true);
  expect(isBetterReadme('README.md', 'README')).toBe(true);
  expect(isBetterReadme('README.txt', 'README')).toBe(false);
  expect(isBetterReadme('sub-1/README', undefined)).toBe(false);
  expect(isBetterReadme('README.nwb', undefined)).toBe(false);
});
