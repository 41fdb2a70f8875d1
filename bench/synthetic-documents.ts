// The search documents of any number of synthetic Dandisets, deterministic. Words follow Zipf's law over a
// vocabulary that is synthetic too; lengths, values in a record and the share of names, numbers and labels
// are the means of real records (1.8 kB of text, 150 different words).

import type { SearchFacet } from '../src/core/search/fields.ts';
import { foldedWords } from '../src/core/text/fold.ts';
import { dayText } from '../src/core/search/range-value.ts';
import type { DocumentValue, SearchDocument } from '../src/core/search/search-document.ts';
import { Chance } from '../demo/signal.ts';

const COMMON =
  'the of and in to a with for from mouse mice data neurons cortex recordings visual activity during task imaging neural hippocampus cells calcium behavior recorded brain response stimulus spike sorting human motor reward sleep patch clamp layer population learning cell auditory memory electrophysiology two photon probe trials session olfactory'.split(
    ' ',
  );
const SYLLABLES =
  'an ber cal dor el fi gan hip in jor kel lo mi ne or pal qui ra sen tor ul va wen xi yo zel'.split(
    ' ',
  );
const VOCABULARY = 150_000;

const SPECIES: [id: string, label: string, note: string][] = [
  ['NCBITaxon_10090', 'Mus musculus', 'House mouse'],
  ['NCBITaxon_9606', 'Homo sapiens', 'Human'],
  ['NCBITaxon_10116', 'Rattus norvegicus', 'Norway rat'],
  ['NCBITaxon_9544', 'Macaca mulatta', 'Rhesus monkey'],
  ['NCBITaxon_7227', 'Drosophila melanogaster', 'Fruit fly'],
  ['NCBITaxon_7955', 'Danio rerio', 'Zebra fish'],
];
const LISTS: Partial<Record<SearchFacet, { names: string[]; mean: number }>> = {
  approach: {
    names: ['electrophysiological', 'behavioral', 'cell population imaging', 'optogenetic'],
    mean: 1,
  },
  technique: {
    names:
      'spike sorting,surgical,behavioral,analytical,two-photon microscopy,voltage clamp,current clamp,fourier analysis,signal filtering'
        .split(',')
        .map((name) => `${name} technique`),
    mean: 1.6,
  },
  standard: { names: ['Neurodata Without Borders (NWB)', 'BIDS', 'OME/NGFF'], mean: 0.8 },
  variable: {
    names:
      'Units,ElectricalSeries,ElectrodeGroup,OptogeneticSeries,ImagingPlane,PlaneSegmentation,TwoPhotonSeries,Position,SpatialSeries,LFP,ProcessingModule,BehavioralEvents'.split(
        ',',
      ),
    mean: 2,
  },
  licence: { names: ['CC BY 4.0', 'CC0 1.0'], mean: 1 },
  type: { names: ['.nwb', '.json', '.tiff', '.mp4', '.csv'], mean: 0.9 },
};

/**
 * The word of a rank: a real one for the most frequent ranks, a synthetic one after them, some with digits.
 */
function wordAt(rank: number): string {
  const common = COMMON[rank];
  if (common !== undefined) return common;
  // Neighbours in rank must not be neighbours in the alphabet.
  let left = (rank * 48_271) % SYLLABLES.length ** 4;
  let word = '';
  for (let length = 2 + (rank % 3); length > 0; length -= 1) {
    word += SYLLABLES[left % SYLLABLES.length] ?? '';
    left = Math.floor(left / SYLLABLES.length);
  }
  return rank % 6 === 0 ? `${word}${rank % 97}` : word;
}

class Writer {
  readonly #chance: Chance;
  readonly #count: number;

  constructor(seed: number, count: number) {
    this.#chance = new Chance(seed + 1);
    this.#count = count;
  }

  below(limit: number): number {
    return this.#chance.below(limit);
  }

  /** Small numbers often, large ones seldom: rank r with a probability of about 1/r. */
  rank(limit: number): number {
    return Math.floor(Math.exp(this.#chance.uniform() * Math.log(limit + 1))) - 1;
  }

  words(count: number): string {
    return Array.from({ length: count }, () => wordAt(this.rank(VOCABULARY))).join(' ');
  }

  digits(length: number): string {
    return String(this.below(10 ** length)).padStart(length, '0');
  }

  /** Some different values of a list, about as many as the mean of real records. */
  some(names: readonly string[], mean: number): string[] {
    const count = Math.floor(mean * 2 * this.#chance.uniform() + 0.5);
    return [
      ...new Set(Array.from({ length: count }, () => names[this.rank(names.length)] ?? '')),
    ].filter(Boolean);
  }

  people(): DocumentValue[] {
    return Array.from({ length: 1 + this.below(6) }, () => {
      const person = this.rank(this.#count * 4) * 31 + this.below(31);
      const name = `${wordAt(100 + (person % 9000))}, ${wordAt(200 + (person % 700))}`;
      const tail = String(person % 10_000).padStart(4, '0');
      const id = `0000-000${1 + (person % 3)}-${String((person * 7919) % 10_000).padStart(4, '0')}-${tail}`;
      return { facet: 'contributor', id, label: name };
    });
  }

  funders(): DocumentValue[] {
    return Array.from({ length: this.below(3) }, () => {
      const label = `Foundation ${wordAt(60 + this.rank(Math.ceil(this.#count / 3)))}`;
      return { facet: 'funder', id: foldedWords(label).join(' '), label };
    });
  }

  /** Labels of subjects and sessions; most records have few, some have many. */
  labels(): string {
    const count = this.rank(80);
    return Array.from({ length: count }, () =>
      this.below(2) === 0 ? `M${this.digits(4)}` : `2019${this.digits(4)}`,
    ).join(', ');
  }
}

function listed(writer: Writer): DocumentValue[] {
  return Object.entries(LISTS).flatMap(([facet, { names, mean }]) =>
    writer.some(names, mean).map((label) => ({
      facet: facet as SearchFacet,
      id: foldedWords(label).join(' '),
      label,
    })),
  );
}

function document(at: number, count: number): SearchDocument {
  const writer = new Writer(at, count);
  const number = String(1 + at * 5 + writer.below(5)).padStart(6, '0');
  const status = writer.below(2) === 0 ? 'published' : 'draft';
  const day = dayText(18_000 + Math.floor((at / count) * 2400) + writer.below(400));
  const title = writer.words(4 + writer.below(9));
  const values: DocumentValue[] = listed(writer);
  for (const label of writer.some(
    SPECIES.map((one) => one[1]),
    0.9,
  )) {
    const [id = '', , note = ''] = SPECIES.find((one) => one[1] === label) ?? [];
    values.push({ facet: 'species', id, label, note });
  }
  const agents = [...writer.people(), ...writer.funders()];
  values.push(...agents, { facet: 'status', id: status, label: status });
  values.push({ facet: 'access', id: 'open access', label: 'open access' });
  const about = values.filter(({ facet }) => facet !== 'contributor' && facet !== 'funder');
  const main = [
    `Dandiset BENCH:${number}. ${title}`,
    writer.words(10 + writer.rank(400)),
    `Keywords: ${writer.words(4)}`,
    `Has: ${about.map(({ label, note = '' }) => `${label} ${note}`).join(', ')}`,
  ];
  const others = [
    `Contributors: ${agents.map(({ label, id }) => `${label}, ${writer.words(3)}, ${id}`).join(', ')}`,
    `Related: ${writer.words(6)}, https://doi.org/10.1101/${writer.digits(6)}`,
    `Subjects and sessions: ${writer.labels()}`,
  ];
  return {
    number,
    title,
    version:
      status === 'draft' ? 'draft' : `0.${day.slice(2).replaceAll('-', '')}.${writer.digits(4)}`,
    status,
    day,
    bytes: Math.floor(Math.exp(10 + (writer.below(1000) / 1000) * 17)),
    files: 1 + writer.rank(5000),
    subjects: writer.rank(200),
    values,
    lines: [...main, ...others],
    mainLines: main.length,
    looseLines: 0,
  };
}

/** The given number of documents, in the order of their numbers. */
export function syntheticDocuments(count: number): SearchDocument[] {
  return Array.from({ length: count }, (_, at) => document(at, count));
}
