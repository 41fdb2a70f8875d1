// Simulated signals. Only operations that IEEE 754 defines to the last bit are used (no Math.sin or
// Math.exp): the bytes must come out the same on every machine and every Node.

/** A source of reproducible random numbers (Marsaglia's xorshift, 32 bits). */
export class Chance {
  private state: number;

  constructor(seed: number) {
    this.state = (seed * 2654435761 + 1) >>> 0 || 1;
  }

  /** At least 0, below 1. */
  uniform(): number {
    let x = this.state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.state = x >>> 0;
    return this.state / 4294967296;
  }

  /** Roughly normal with mean 0 and deviation 1: the sum of twelve uniform numbers, minus six. */
  normal(): number {
    let sum = -6;
    for (let count = 0; count < 12; count += 1) sum += this.uniform();
    return sum;
  }

  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number {
    return Math.floor(this.uniform() * limit);
  }
}

/** A wave like a sine of the given number of turns, by Bhaskara's formula (error below 0.2 %). */
export function wave(turns: number): number {
  const phase = (turns - Math.floor(turns)) * 2;
  const half = phase < 1 ? phase : phase - 1;
  const product = half * (1 - half);
  const value = (16 * product) / (5 - 4 * product);
  return phase < 1 ? value : -value;
}

/** Times in seconds, ascending, of events that occur at an average of `rate` per second. */
export function eventTimes(
  chance: Chance,
  rate: number,
  duration: number,
  deadTime = 0.002,
): number[] {
  const times: number[] = [];
  const step = 0.001;
  let last = -1;
  for (let tick = 0; tick * step < duration; tick += 1) {
    const time = tick * step + chance.uniform() * step;
    if (chance.uniform() < rate * step && time - last > deadTime && time < duration) {
      times.push(Math.round(time * 30000) / 30000);
      last = time;
    }
  }
  return times;
}

/** 16-bit samples of `count` time points by `channels`, generated one by one. */
export function samples(
  count: number,
  channels: number,
  sample: (time: number, channel: number) => number,
): Int16Array {
  const values = new Int16Array(count * channels);
  for (let time = 0; time < count; time += 1) {
    for (let channel = 0; channel < channels; channel += 1) {
      const value = Math.round(sample(time, channel));
      values[time * channels + channel] = Math.max(-32768, Math.min(32767, value));
    }
  }
  return values;
}

/** What is left after each step of an exponential decay: 1, d, d², … */
export function decay(share: number, count: number): Float64Array {
  const values = new Float64Array(count);
  for (let step = 0, value = 1; step < count; step += 1, value *= share) values[step] = value;
  return values;
}
