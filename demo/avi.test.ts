import { expect, test } from 'vitest';
import { aviFile } from './avi.ts';

const video = aviFile({
  width: 6,
  height: 4,
  rate: 10,
  frames: 3,
  pixel: (frame, x, y) => frame * 100 + y * 10 + x,
});
const view = new DataView(video.buffer);
const name = (at: number): string => String.fromCharCode(...video.subarray(at, at + 4));
const size = (at: number): number => view.getUint32(at + 4, true);

/** The chunks between two offsets: name → start of each. */
function chunks(from: number, to: number): Map<string, number> {
  const found = new Map<string, number>();
  for (let at = from; at < to; at += 8 + size(at)) {
    found.set(name(at) === 'LIST' ? name(at + 8) : name(at), at);
  }
  return found;
}

test('the chunks fill the file to its end', () => {
  expect([name(0), name(8), size(0)]).toEqual(['RIFF', 'AVI ', video.length - 8]);
  expect([...chunks(12, video.length).keys()]).toEqual(['hdrl', 'movi', 'idx1']);
});

test('the index points to each frame, and rows run from bottom to top', () => {
  const top = chunks(12, video.length);
  const [movi, index] = [top.get('movi') ?? 0, top.get('idx1') ?? 0];
  expect(size(index)).toBe(3 * 16);
  for (let frame = 0; frame < 3; frame += 1) {
    const entry = index + 8 + frame * 16;
    const at = movi + 8 + view.getUint32(entry + 8, true);
    expect([name(entry), name(at), size(at)]).toEqual(['00db', '00db', 8 * 4]);
    expect([...video.subarray(at + 8, at + 14)]).toEqual(
      [0, 1, 2, 3, 4, 5].map((x) => frame * 100 + 30 + x),
    );
  }
});
