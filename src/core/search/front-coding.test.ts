import { expect, test } from 'vitest';
import { frontCode, frontDecode } from './front-coding.ts';

test.each([
  [['calcium', 'calibrate', 'calibration 1 2'], '0calcium\n3ibrate\n8ion 1 2'],
  [['a', 'a'], '0a\n1'],
  [['x'.repeat(50), `${'x'.repeat(50)}y`], undefined],
  [['日本', '日本語'], '0日本\n2語'],
  [[''], '0'],
])('%j comes back as it was', (lines, expected) => {
  const coded = frontCode(lines);
  if (expected !== undefined) expect(coded).toBe(expected);
  expect(frontDecode(coded)).toEqual(lines);
});
