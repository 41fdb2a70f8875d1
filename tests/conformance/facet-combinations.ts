// Random combinations of facets and ranges, and a plain filter over what the records say, which
// `facet_reference.py` computed without the program.

import path from 'node:path';
import { corpusFolder } from '../support/records/corpus.ts';
import { demoContent } from '../support/sites/built-site.ts';
import { python } from '../support/process/python.ts';
import { runProgram } from '../support/process/run-cli.ts';
import type { Chance } from '../../demo/signal.ts';

const NUMBERS = ['bytes', 'files', 'subjects'] as const;
const DAYS = ['date', 'published'] as const;

type KnownDandiset = Record<(typeof NUMBERS)[number], number | null> &
  Record<(typeof DAYS)[number], string | null> & {
    /** For each facet its values with their names. */
    values: Record<string, Record<string, string>>;
  };

export interface Combination {
  /** As a user would type it. */
  query: string;
  /** The chosen values of each facet. */
  chosen: ReadonlyMap<string, ReadonlySet<string>>;
  /** Whether a Dandiset is found, with or without the choice in one facet. */
  holds(number: string, but?: string): boolean;
}

type Test = (one: KnownDandiset) => boolean;
interface Clause {
  text: string;
  test: Test;
}

/** What the records of an archive say, and what a search for it must find. */
export class KnownArchive {
  readonly numbers: readonly string[];
  readonly #dandisets: Map<string, KnownDandiset>;

  private constructor(known: Record<string, KnownDandiset>) {
    this.#dandisets = new Map(Object.entries(known));
    this.numbers = [...this.#dandisets.keys()].sort();
  }

  /** Reads the records of the corpus. */
  static async ofCorpus(): Promise<KnownArchive> {
    const script = path.join(import.meta.dirname, 'facet_reference.py');
    const vocabularies = path.join(demoContent, 'vocabularies');
    const run = await runProgram(python.path, [script, corpusFolder, vocabularies]);
    if (run.stderr !== '') throw new Error(run.stderr);
    return new KnownArchive(JSON.parse(run.stdout) as Record<string, KnownDandiset>);
  }

  #get(number: string): KnownDandiset {
    const one = this.#dandisets.get(number);
    if (one === undefined) throw new Error(`The corpus has no ${number}`);
    return one;
  }

  /** The values of a facet, with the Dandisets that have them. */
  valuesOf(facet: string): Map<string, string[]> {
    const values = new Map<string, string[]>();
    for (const number of this.numbers)
      for (const value of Object.keys(this.#get(number).values[facet] ?? {}))
        values.set(value, [...(values.get(value) ?? []), number]);
    return values;
  }

  /** For each value of a facet the size of the result it gives, or what it adds to those chosen. */
  countsOf(among: readonly string[], combination: Combination, facet: string): Map<string, number> {
    const chosen = combination.chosen.get(facet);
    const open = among.filter((number) => combination.holds(number, facet));
    const counts = new Map<string, number>();
    for (const number of open) {
      for (const value of Object.keys(this.#get(number).values[facet] ?? {})) {
        const isMore = chosen?.has(value) === false;
        if (!(isMore && combination.holds(number))) counts.set(value, (counts.get(value) ?? 0) + 1);
      }
    }
    return counts;
  }

  /** A combination of one to six parts. Half of the parts are taken from one Dandiset, which many find. */
  combination(chance: Chance): Combination {
    const pick = <T>(list: readonly T[]): T => list[chance.below(list.length)]!;
    const like = this.#get(pick(this.numbers));
    const facets = Object.keys(like.values);
    const excluded: Clause[] = [];
    const included = new Map<string, Clause & { values: Set<string> }>();
    const ranges: Clause[] = [];
    for (let count = 1 + chance.below(3); count > 0; count -= 1) {
      const facet = pick(facets);
      const own = Object.keys(like.values[facet] ?? {});
      const all = [...this.valuesOf(facet).keys()];
      const values = new Set(
        Array.from({ length: 1 + chance.below(3) }, () =>
          pick(own.length > 0 && chance.below(2) === 0 ? own : all),
        ),
      );
      const isExcluded = chance.below(4) === 0;
      const text = [...values].map((one) => `${isExcluded ? '-' : ''}${facet}:"=${one}"`).join(' ');
      const has: Test = (one) => Object.keys(one.values[facet] ?? {}).some((id) => values.has(id));
      if (isExcluded) excluded.push({ text, test: (one) => !has(one) });
      else if (!included.has(facet)) included.set(facet, { text, test: has, values });
    }
    for (let count = chance.below(4); count > 0; count -= 1) ranges.push(this.#range(chance, like));
    const clauses = [...included.values(), ...excluded, ...ranges];
    return {
      query: clauses.map(({ text }) => text).join(' '),
      chosen: new Map([...included].map(([facet, { values }]) => [facet, values])),
      holds: (number, but) => {
        const one = this.#get(number);
        const others = [...included].filter(([facet]) => facet !== but).map(([, clause]) => clause);
        return [...others, ...excluded, ...ranges].every(({ test }) => test(one));
      },
    };
  }

  #range(chance: Chance, like: KnownDandiset): Clause {
    const isExcluded = chance.below(5) === 0;
    const { text, test } =
      chance.below(2) === 0 ? numberRange(chance, like) : dayRange(chance, like);
    return isExcluded ? { text: `-${text}`, test: (one) => !test(one) } : { text, test };
  }
}

/** An open or closed range about a number that occurs, in plain numbers or in units. */
function numberRange(chance: Chance, like: KnownDandiset): Clause {
  const field = NUMBERS[chance.below(NUMBERS.length)]!;
  const isSize = field === 'bytes' && chance.below(2) === 0;
  const [unit, times] = isSize
    ? [
        ['MB', 1e6],
        ['GB', 1e9],
        ['TB', 1e12],
      ][chance.below(3)]!
    : ['', 1];
  const near = Math.max(1, Math.round((like[field] ?? 7) / Number(times)));
  const clause = (words: string, is: (value: number) => boolean): Clause => ({
    text: `${field}:${words}`,
    test: (one) => one[field] !== null && is(one[field]),
  });
  const limit = near * Number(times);
  return [
    clause(`>${near}${unit}`, (value) => value > limit),
    clause(`>=${near}${unit}`, (value) => value >= limit),
    clause(`<${near}${unit}`, (value) => value < limit),
    clause(`<=${near}${unit}`, (value) => value <= limit),
    clause(`${near}${unit}..${near * 3}${unit}`, (value) => value >= limit && value <= 3 * limit),
    clause(`..${near * 2}${unit}`, (value) => value <= 2 * limit),
  ][chance.below(6)]!;
}

/** A range about a day that occurs, in years, months or days. */
function dayRange(chance: Chance, like: KnownDandiset): Clause {
  const field = DAYS[chance.below(DAYS.length)]!;
  const near = (like[field] ?? '2023-05-17').slice(0, [4, 7, 10][chance.below(3)]);
  const clause = (words: string, is: (day: string) => boolean): Clause => ({
    text: `${field}:${words}`,
    test: (one) => one[field] !== null && is(one[field].slice(0, near.length)),
  });
  return [
    clause(near, (day) => day === near),
    clause(`>${near}`, (day) => day > near),
    clause(`<=${near}`, (day) => day <= near),
    clause(`${near}..`, (day) => day >= near),
    clause(`..${near}`, (day) => day <= near),
  ][chance.below(5)]!;
}
