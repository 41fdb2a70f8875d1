// The columns of the archive as data: the one list from which the CSV, the JSON, the Parquet file, their
// machine-readable description and the table in the handbook are generated.

import { countMember, textMember, type JsonObject } from '../../core/json/json-text.ts';
import type { Agent } from '../../core/metadata/agents.ts';
import type { CitableRecord } from '../../core/metadata/citable-record.ts';
import { shownLine } from '../../core/text/shown-text.ts';
import { toTimestamp } from '../../core/text/timestamp.ts';
import type { DandisetEntry, VersionEntry } from '../catalog/catalog.ts';
import type { FacetKind } from '../catalog/facets.ts';
import { timeOfEntry } from '../catalog/record-times.ts';

/** What a row is made of: one version of a Dandiset. */
export interface RowSource {
  dandiset: DandisetEntry;
  entry: VersionEntry;
  record: JsonObject;
  facts: CitableRecord;
}

/** Times are `2021-08-12T15:15:00.000Z`, days `2021-08-12`; undefined where nothing is known. */
export type CellValue =
  string | number | boolean | readonly string[] | readonly number[] | undefined;

export type ColumnType =
  'text' | 'address' | 'list' | 'count' | 'counts' | 'number' | 'yes or no' | 'day' | 'time';

export interface TableColumn {
  name: string;
  type: ColumnType;
  /** The unit: `byte`, `file`. */
  unit?: string;
  /** One sentence for users of the table. */
  about: string;
  /** Set where every row has a value. */
  isRequired?: true;
  value(source: RowSource): CellValue;
}

const distinct = (values: readonly (string | undefined)[]): string[] =>
  [...new Set(values.filter((one) => one !== undefined && one !== ''))] as string[];

const everybody = ({ facts }: RowSource): Agent[] => [...facts.creators, ...facts.others];

const labels =
  (kind: FacetKind) =>
  ({ entry }: RowSource): string[] =>
    distinct(entry.summary.facets.filter((one) => one.kind === kind).map(({ label }) => label));

const summaryCount =
  (key: string) =>
  ({ entry }: RowSource): number | undefined =>
    countMember(entry.summary.assetsSummary, key);

/** In UTC, so that all rows compare as text. */
function utcTime(text: string | undefined): string | undefined {
  const time = toTimestamp(text);
  return time === undefined ? undefined : new Date(time).toISOString();
}

export const TABLE_COLUMNS: readonly TableColumn[] = [
  {
    name: 'identifier',
    type: 'text',
    about: 'Identifier of the Dandiset, with the prefix of the archive.',
    isRequired: true,
    value: ({ facts }) => facts.identifier,
  },
  {
    name: 'version',
    type: 'text',
    about: 'The version that the row describes; "draft" where nothing was published.',
    isRequired: true,
    value: ({ facts }) => facts.version,
  },
  {
    name: 'status',
    type: 'text',
    about: 'One of published, draft, withdrawn.',
    isRequired: true,
    value: ({ facts }) => facts.status,
  },
  {
    name: 'url',
    type: 'address',
    about: 'Page of the version.',
    isRequired: true,
    value: ({ facts }) => facts.url,
  },
  {
    name: 'doi',
    type: 'text',
    about: 'DOI of the version, without a resolver before it; only where it is registered.',
    value: ({ facts }) => facts.doi,
  },
  {
    name: 'name',
    type: 'text',
    about: 'Title.',
    isRequired: true,
    value: ({ facts }) => facts.title,
  },
  {
    name: 'description',
    type: 'text',
    about: 'Description as plain text, at most 10,000 characters.',
    value: ({ facts }) => facts.description || undefined,
  },
  {
    name: 'keywords',
    type: 'list',
    about: 'Keywords that the record gives.',
    value: ({ facts }) => (facts.keywordsAreDerived ? [] : distinct(facts.keywords)),
  },
  {
    name: 'licenses',
    type: 'list',
    about: 'SPDX identifiers of the licences, or the text of the record where it is none.',
    value: ({ facts }) => distinct(facts.licences.map(({ id }) => id)),
  },
  {
    name: 'access',
    type: 'list',
    about: 'Who may have the files, as the record says, such as OpenAccess.',
    value: ({ facts }) => distinct(facts.access.map(({ status }) => status)),
  },
  {
    name: 'creators',
    type: 'list',
    about: 'Persons and organizations to be cited, in order.',
    value: ({ facts }) => facts.creators.map(({ name }) => name),
  },
  {
    name: 'other_contributors',
    type: 'list',
    about: 'All other persons and organizations that contributed, funders among them.',
    value: ({ facts }) => distinct(facts.others.map(({ name }) => name)),
  },
  {
    name: 'orcids',
    type: 'list',
    about: 'ORCID iDs of contributors, as far as they are known.',
    value: (source) => distinct(everybody(source).map(({ orcid }) => orcid)),
  },
  {
    name: 'affiliations',
    type: 'list',
    about: 'Organizations that contributors belong to.',
    value: (source) =>
      distinct(everybody(source).flatMap((one) => one.affiliations.map(({ name }) => name))),
  },
  {
    name: 'funders',
    type: 'list',
    about: 'Who funded the work.',
    value: ({ facts }) => distinct(facts.funding.map(({ funder }) => funder)),
  },
  {
    name: 'awards',
    type: 'list',
    about: 'Numbers of grants and awards.',
    value: ({ facts }) => distinct(facts.funding.map(({ award }) => award)),
  },
  {
    name: 'species',
    type: 'list',
    about: 'Species by the names of the vocabulary of this archive.',
    value: labels('species'),
  },
  {
    name: 'taxa',
    type: 'list',
    about: 'The same species as NCBITaxon_<number>, as far as they are known.',
    value: ({ entry }) =>
      distinct(
        entry.summary.facets.filter(({ kind }) => kind === 'species').map(({ slug }) => slug),
      ),
  },
  {
    name: 'approaches',
    type: 'list',
    about: 'Approaches by the names of the vocabulary of this archive.',
    value: labels('approach'),
  },
  {
    name: 'techniques',
    type: 'list',
    about: 'Measurement techniques by the names of the vocabulary of this archive.',
    value: labels('technique'),
  },
  {
    name: 'standards',
    type: 'list',
    about: 'Standards that files follow.',
    value: labels('standard'),
  },
  {
    name: 'variables',
    type: 'list',
    about: 'Variables measured, as the types of the files name them.',
    value: ({ facts }) => distinct(facts.variables),
  },
  {
    name: 'about',
    type: 'list',
    about: 'Anatomy, disorders and other subject matter.',
    value: ({ facts }) => distinct(facts.subjects.map(({ name }) => name)),
  },
  {
    name: 'related_dois',
    type: 'list',
    about: 'DOIs of articles and other things that the record is related to.',
    value: ({ facts }) => distinct(facts.related.map(({ doi }) => doi)),
  },
  {
    name: 'files',
    type: 'count',
    unit: 'file',
    about: 'Number of files; a Zarr counts as one.',
    value: ({ entry }) => entry.summary.files,
  },
  {
    name: 'bytes',
    type: 'count',
    unit: 'byte',
    about: 'Size of all files together.',
    value: ({ entry }) => entry.summary.bytes,
  },
  {
    name: 'subjects',
    type: 'count',
    unit: 'subject',
    about: 'Number of subjects that files name.',
    value: ({ entry }) => entry.summary.subjects,
  },
  {
    name: 'samples',
    type: 'count',
    unit: 'sample',
    about: 'Number of tissue samples and slices that files name.',
    value: summaryCount('numberOfSamples'),
  },
  {
    name: 'cells',
    type: 'count',
    unit: 'cell',
    about: 'Number of cells that files name.',
    value: summaryCount('numberOfCells'),
  },
  {
    name: 'counts_are_claimed',
    type: 'yes or no',
    about: 'True where files and bytes are what the record claims, as the list is not held here.',
    isRequired: true,
    value: ({ entry }) => entry.summary.countsAreClaimed,
  },
  {
    name: 'created',
    type: 'time',
    about: 'When the Dandiset was created, in UTC.',
    value: ({ facts }) => utcTime(facts.created),
  },
  {
    name: 'published',
    type: 'time',
    about: 'When the version was published, in UTC; empty for a draft.',
    value: ({ entry }) => (entry.version === 'draft' ? undefined : utcTime(timeOfEntry(entry))),
  },
  {
    name: 'day',
    type: 'day',
    about: 'Day on which the version was published, or the draft was last changed.',
    // A day that is not in the calendar is dropped.
    value: ({ entry }) => utcTime(entry.summary.day)?.slice(0, 10),
  },
  {
    name: 'published_versions',
    type: 'count',
    unit: 'version',
    about: 'Number of published versions of the Dandiset that were not withdrawn.',
    isRequired: true,
    value: ({ dandiset }) =>
      dandiset.published.filter(({ status }) => status === 'published').length,
  },
  {
    name: 'digest',
    type: 'text',
    about: 'SHA-256 of the manifest, which names the content of a published version.',
    value: ({ entry }) => entry.digest,
  },
  {
    name: 'schema_version',
    type: 'text',
    about: 'Release of the metadata schema that the record was written for.',
    value: ({ record }) => shownLine(textMember(record, 'schemaVersion') ?? '', 40) || undefined,
  },
];

export type TableRow = readonly CellValue[];

/** The cells of a row, in the order of the columns. */
export function tableRow(source: RowSource): TableRow {
  return TABLE_COLUMNS.map((column) => column.value(source));
}
