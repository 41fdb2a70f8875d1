import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { collidingPaths, problemOfLocalName } from './local-name.ts';

describe('names that Windows cannot hold', () => {
  const devices = ['CON', 'prn', 'Aux', 'NUL', 'CONIN$', 'conout$'];
  const ports = Array.from('0123456789¹²³').flatMap((digit) => [`COM${digit}`, `lpt${digit}`]);
  const names = [
    ...[...devices, ...ports].flatMap((name) => [name, `${name}.txt`]),
    ...Array.from('<>:"|?*', (sign) => `name${sign}b`),
    ...['ends in a dot.', 'ends in dots..', 'ends in a blank '],
  ];

  test('are more than sixty, refused there and written elsewhere', () => {
    expect(names.length).toBeGreaterThan(60);
    for (const name of names) {
      for (const place of [name, `sub-01/${name}`, `${name}/a.nwb`])
        expect(problemOfLocalName(place, true), place).toMatch(/which Windows cannot hold$/);
    }
    expect(problemOfLocalName('name:b.nwb', false)).toBeUndefined();
  });

  test.each(['CONSOLE', 'com', 'COM10', 'nul_', '.hidden', 'a.b.c', 'lpt'])('not %s', (name) => {
    expect(problemOfLocalName(name, true)).toBeUndefined();
  });
});

test('no path of a record leaves the folder, whatever it is made of', () => {
  const pieces = ['..', '.', '', 'a', 'C:', '\\', '\0', '~', ' ', '.git', '.GIT ', '/', '%2e', 'é'];
  let seed = 7;
  const next = (most: number): number => (seed = (seed * 48_271) % 2_147_483_647) % most;
  let taken = 0;
  for (let round = 0; round < 10_000; round += 1) {
    const parts = Array.from({ length: 1 + next(5) }, () => pieces[next(pieces.length)] ?? '');
    const name = parts.join(next(3) === 0 ? '\\' : '/');
    if (problemOfLocalName(name, false) !== undefined) continue;
    taken += 1;
    const place = path.posix.resolve('/target', name);
    expect(place.startsWith('/target/'), JSON.stringify(name)).toBe(true);
    // As Windows reads it: no drive, no other root.
    expect(path.win32.resolve('C:\\target', name).startsWith('C:\\target\\'), name).toBe(true);
    expect(name.toLowerCase()).not.toMatch(/(?:^|\/)\.git *(?:\/|$)/);
  }
  expect(taken).toBeGreaterThan(100);
});

describe('paths that cannot be beside each other', () => {
  test.each<[string[], boolean, (string | undefined)[]]>([
    [['a', 'b'], true, [undefined, undefined]],
    [['a', 'A'], false, [undefined, undefined]],
    [['a', 'A'], true, [undefined, 'a']],
    [['sub-1/a', 'Sub-1/A', 'Sub-1/b'], true, [undefined, 'sub-1/a', undefined]],
    // One letter, or a letter and its mark.
    [['\u00e9', 'e\u0301'], true, [undefined, '\u00e9']],
    [['\u00e9', 'e\u0301'], false, [undefined, undefined]],
    [['a', 'a/b'], false, ['a/b', undefined]],
    [['a', 'a'], false, [undefined, 'a']],
  ])('%j, letter case ignored: %s', (paths, ignoresCase, expected) => {
    expect(collidingPaths(paths, ignoresCase)).toEqual(expected);
  });
});
