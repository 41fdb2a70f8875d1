import { expect, test } from 'vitest';
import { Chance, eventTimes, samples, wave } from './signal.ts';

test('the same seed gives the same numbers, another seed others', () => {
  const numbers = (seed: number): number[] => {
    const chance = new Chance(seed);
    return Array.from({ length: 5 }, () => chance.uniform());
  };
  expect(numbers(7)).toEqual(numbers(7));
  expect(numbers(7)).not.toEqual(numbers(8));
  expect(numbers(0).every((value) => value >= 0 && value < 1)).toBe(true);
});

test('the wave is a sine to within 0.2 %', () => {
  for (let turns = -1; turns <= 2; turns += 0.01) {
    expect(Math.abs(wave(turns) - Math.sin(2 * Math.PI * turns))).toBeLessThan(0.002);
  }
});

test('events are in order, apart by the dead time, and about as many as requested', () => {
  const times = eventTimes(new Chance(3), 10, 100, 0.005);
  expect(times.length).toBeGreaterThan(850);
  expect(times.length).toBeLessThan(1150);
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThan(0.0049);
});

test('samples are clipped to the range of 16 bits', () => {
  expect([...samples(2, 2, (time, channel) => (time - channel) * 1e6)]).toEqual([
    0, -32768, 32767, 0,
  ]);
});
