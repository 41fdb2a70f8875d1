// What a search can be narrowed by: facets with values, and ranges of numbers and days.

export const SEARCH_FACETS = [
  'species',
  'approach',
  'technique',
  'standard',
  'variable',
  'licence',
  'type',
  'contributor',
  'funder',
  'status',
  'access',
] as const;
export type SearchFacet = (typeof SEARCH_FACETS)[number];

export const SEARCH_RANGES = ['bytes', 'files', 'subjects', 'published', 'date'] as const;
export type SearchRange = (typeof SEARCH_RANGES)[number];

export interface FieldWords {
  title: string;
  /** How completion describes the operator. */
  about: string;
}

/** How facets and ranges are presented to people. */
export const FIELD_WORDS: Record<SearchFacet | SearchRange, FieldWords> = {
  species: { title: 'Species', about: 'name, everyday name or taxon: species:mouse' },
  approach: { title: 'Approach', about: 'approach:electrophysiology' },
  technique: { title: 'Technique', about: 'technique:"spike sorting"' },
  standard: { title: 'Data standard', about: 'standard:NWB' },
  variable: { title: 'Variable measured', about: 'variable:Units' },
  licence: { title: 'Licence', about: 'licence:CC0-1.0' },
  type: { title: 'File type', about: 'type:nwb' },
  contributor: { title: 'Contributor', about: 'name or ORCID: contributor:buzsaki' },
  funder: { title: 'Funder', about: 'name or ROR: funder:NIH' },
  status: { title: 'Status', about: 'published, draft, withdrawn or empty: -status:empty' },
  access: { title: 'Access', about: 'access:open' },
  bytes: { title: 'Size', about: 'bytes:<1GB or bytes:100MB..2TB' },
  files: { title: 'Files', about: 'files:>100' },
  subjects: { title: 'Subjects', about: 'subjects:>10' },
  published: { title: 'Published', about: 'published:2023..2024' },
  date: { title: 'Published or changed', about: 'date:>2024-05' },
};

const OTHER_NAMES = new Map<string, SearchFacet | SearchRange>([
  ['license', 'licence'],
  ['filetype', 'type'],
  ['person', 'contributor'],
  ['author', 'contributor'],
  ['orcid', 'contributor'],
  ['ror', 'funder'],
  ['size', 'bytes'],
]);

/** The field an operator names, under any of its names; undefined if there is none. */
export function fieldOf(operator: string): SearchFacet | SearchRange | undefined {
  const name = operator.toLowerCase();
  const all: readonly (SearchFacet | SearchRange)[] = [...SEARCH_FACETS, ...SEARCH_RANGES];
  return all.find((field) => field === name) ?? OTHER_NAMES.get(name);
}

/** Whether a range is one of days; the others are of sizes. */
export function isDayRange(range: SearchRange): range is 'published' | 'date' {
  return range === 'published' || range === 'date';
}

/** Whether a field is a facet with values. */
export function isFacet(field: SearchFacet | SearchRange): field is SearchFacet {
  return SEARCH_FACETS.some((facet) => facet === field);
}
