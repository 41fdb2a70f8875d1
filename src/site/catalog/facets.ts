// Facets: what Dandisets can be found by on their own pages.

import { isNameGiven, type Contributor } from '../../core/metadata/people.ts';
import { namedTerms } from '../../core/metadata/terms.ts';
import { licences } from '../../core/metadata/licences.ts';
import { parseTaxon } from '../../core/identifiers/taxon.ts';
import type { JsonObject, JsonValue } from '../../core/json/json-text.ts';
import { plainLetters } from '../../core/text/normal-form.ts';
import { shownLine } from '../../core/text/shown-text.ts';
import { isFundingOrganization, rorOfFunder, type FunderRors } from './funder-rors.ts';
import { EMPTY_VOCABULARY, type Vocabulary } from '../../core/vocabulary/vocabulary.ts';

export const FACET_KINDS = [
  'species',
  'approach',
  'technique',
  'standard',
  'licence',
  'person',
  'funder',
] as const;
export type FacetKind = (typeof FACET_KINDS)[number];

export interface FacetTitle {
  /** Over the list of all values. */
  plural: string;
  singular: string;
  /** What the page of one value says: `Dandisets with data from …`. */
  sentence: string;
}

export const FACET_TITLES: Record<FacetKind, FacetTitle> = {
  species: {
    plural: 'Species',
    singular: 'Species',
    sentence: 'Dandisets with data from this species',
  },
  approach: {
    plural: 'Approaches',
    singular: 'Approach',
    sentence: 'Dandisets that use this approach',
  },
  technique: {
    plural: 'Measurement techniques',
    singular: 'Measurement technique',
    sentence: 'Dandisets that use this measurement technique',
  },
  standard: {
    plural: 'Data standards',
    singular: 'Data standard',
    sentence: 'Dandisets that hold files of this standard',
  },
  licence: {
    plural: 'Licences',
    singular: 'Licence',
    sentence: 'Dandisets released under this licence',
  },
  person: {
    plural: 'People',
    singular: 'Person',
    sentence: 'Dandisets this person contributed to',
  },
  funder: { plural: 'Funders', singular: 'Funder', sentence: 'Dandisets this organisation funded' },
};

/** One value a Dandiset has. Values without a slug have no page: they are shown as text. */
export interface FacetValue {
  kind: FacetKind;
  /** What distinguishes values, and the last part of the page's address. */
  slug?: string;
  label: string;
  /** The common name for a Latin one, or another short remark. */
  note?: string;
  /** The address that names the value outside this archive. */
  href?: string;
}

export interface Vocabularies {
  species: Vocabulary;
  approaches: Vocabulary;
  techniques: Vocabulary;
  standards: Vocabulary;
  /** The rest is for the search alone. */
  anatomy: Vocabulary;
  animals: Vocabulary;
  methods: Vocabulary;
}

export const NO_VOCABULARIES: Vocabularies = {
  species: EMPTY_VOCABULARY,
  approaches: EMPTY_VOCABULARY,
  techniques: EMPTY_VOCABULARY,
  standards: EMPTY_VOCABULARY,
  anatomy: EMPTY_VOCABULARY,
  animals: EMPTY_VOCABULARY,
  methods: EMPTY_VOCABULARY,
};

// Folders are named by slugs, and in UTF-8 no name of a folder may be longer than 255 bytes.
const MAX_SLUG_BYTES = 120;

/** The beginning of a text that takes at most this many bytes; never cuts a character. */
function cutToBytes(text: string, most: number): string {
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(most));
  return text.slice(0, read);
}

/** Letters and digits of any script, everything else one hyphen; undefined if nothing is left. */
export function slugOf(text: string): string | undefined {
  // Not foldText: slugs are public addresses, and they have always preserved `ø`.
  const words = plainLetters(text)
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-/, '');
  const slug = cutToBytes(words, MAX_SLUG_BYTES).replace(/-$/, '');
  return slug === '' ? undefined : slug;
}

function value(
  kind: FacetKind,
  label: string,
  slug: string | undefined,
  href?: string,
  note?: string,
): FacetValue {
  const result: FacetValue = { kind, label };
  if (slug !== undefined) result.slug = slug;
  if (href !== undefined) result.href = href;
  if (note !== undefined && note !== '' && note !== label) result.note = note;
  return result;
}

function speciesValues(summary: JsonValue | undefined, vocabulary: Vocabulary): FacetValue[] {
  return namedTerms(summary, 'species').map(({ name, identifier }) => {
    const term = vocabulary.find(identifier) ?? vocabulary.find(name);
    const taxon = parseTaxon(term?.identifier ?? identifier ?? '');
    const slug = taxon === undefined ? undefined : `NCBITaxon_${taxon}`;
    const href =
      taxon === undefined ? undefined : `http://purl.obolibrary.org/obo/NCBITaxon_${taxon}`;
    return value('species', term?.name ?? name, slug, href, term?.commonName);
  });
}

function termValues(
  kind: FacetKind,
  summary: JsonValue | undefined,
  key: string,
  vocabulary: Vocabulary,
): FacetValue[] {
  return namedTerms(summary, key).map(({ name, identifier }) => {
    const label = (vocabulary.find(identifier) ?? vocabulary.find(name))?.name ?? name;
    return value(kind, label, slugOf(label), undefined, shownLine(identifier ?? '', 120));
  });
}

/** The facet values of a version but its funders, each slug once, in the record's order. */
export function facetValues(
  record: JsonObject,
  summary: JsonValue | undefined,
  people: readonly Contributor[],
  vocabularies: Vocabularies,
): FacetValue[] {
  const all = [
    ...speciesValues(summary, vocabularies.species),
    ...termValues('approach', summary, 'approach', vocabularies.approaches),
    ...termValues('technique', summary, 'measurementTechnique', vocabularies.techniques),
    ...termValues('standard', summary, 'dataStandard', vocabularies.standards),
    ...licences(record).map((licence) =>
      value(
        'licence',
        licence.name,
        licence.href === undefined ? undefined : licence.id,
        licence.href,
      ),
    ),
    ...people
      .filter((person) => person.orcid !== undefined)
      .map((person) =>
        value(
          'person',
          isNameGiven(person.name) ? person.name : (person.orcid ?? ''),
          person.orcid,
          `https://orcid.org/${person.orcid}`,
        ),
      ),
  ];
  return each(all);
}

/** The funders of a version that have a page, each once; `rors` are those that other records give. */
export function funderValues(funders: readonly Contributor[], rors: FunderRors): FacetValue[] {
  return each(
    funders.filter(isFundingOrganization).flatMap((one) => {
      const ror = rorOfFunder(rors, one);
      if (ror === undefined) return [];
      const label = isNameGiven(one.name) ? one.name : `ROR ${ror}`;
      return [value('funder', label, ror, `https://ror.org/${ror}`)];
    }),
  );
}

function each(all: readonly FacetValue[]): FacetValue[] {
  const seen = new Set<string>();
  return all.filter((one) => {
    const key = `${one.kind} ${one.slug ?? one.label}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
