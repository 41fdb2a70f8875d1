// One version of a Dandiset as every citation and every export needs it. All of them read this and nothing
// else, so that they cannot disagree: one list of creators, one title, one date. The record is read by the
// same readers as for its page.

import {
  countMember,
  listMember,
  member,
  textMember,
  type JsonObject,
  type JsonValue,
} from '../json/json-text.ts';
import { dayOfVersion } from '../text/format.ts';
import { plainExcerpt } from '../text/markdown.ts';
import { shownLine, shownText } from '../text/shown-text.ts';
import { accessStatements, type AccessStatement } from './access.ts';
import { agentsOf, type AgentsOfRecord } from './agents.ts';
import { frozenCitationOf, originalAddress, type CitationLeftOut } from './frozen-citation.ts';
import { licences, type Licence } from './licences.ts';
import {
  ethicsApprovals,
  identifierOrName,
  projects,
  protocols,
  subjectMatter,
  type Named,
  type NamedThing,
} from './named-things.ts';
import { alsoAvailableAt } from './other-archives.ts';
import { relatedResources, type RelatedResource } from './related-resources.ts';
import { namedTerms, textList, type NamedTerm } from './terms.ts';

export interface CitableRecord extends AgentsOfRecord {
  /** `DANDI:000004`. */
  identifier: string;
  version: string;
  status: 'draft' | 'published' | 'withdrawn';
  /** Bare, and only if it is registered. */
  doi?: string;
  /** The version's page: absolute, ending in `/`. */
  url: string;
  /** Name of the archive that publishes. */
  archive: string;
  title: string;
  /** Plain text; empty if there is none. */
  description: string;
  licences: Licence[];
  /** The record's keywords; if it has none, those of its assets (`keywordsAreDerived`). */
  keywords: string[];
  keywordsAreDerived: boolean;
  /** Date or date-time, as the record writes them. */
  created?: string;
  modified?: string;
  published?: string;
  /** Of publication, for a draft of creation; undefined if the record does not say. */
  year?: number;
  files?: number;
  bytes?: number;
  species: NamedTerm[];
  subjects: NamedTerm[];
  approaches: NamedTerm[];
  techniques: NamedTerm[];
  standards: NamedTerm[];
  variables: string[];
  related: RelatedResource[];
  /** The same Dandiset in other archives. */
  alsoAt: Named[];
  protocols: NamedThing[];
  ethics: string[];
  projects: NamedThing[];
  studyTargets: string[];
  acknowledgement: string;
  /** The release of DANDI's schema that the record names. */
  schemaVersion?: string;
  /** Empty if the record says nothing. */
  access: AccessStatement[];
  /** The frozen citation, verbatim except for e-mail addresses; absent in a draft. */
  storedCitation?: string;
  /** Why the frozen citation is left out, if there is one. */
  citationLeftOut?: CitationLeftOut;
  /** For a version from elsewhere without a DOI: its address there, by which it is cited. */
  originalUrl?: string;
}

export interface CitableRecordSettings {
  identifier: string;
  version: string;
  status: CitableRecord['status'];
  /** Only a registered one. */
  doi?: string | undefined;
  /** Whether it was published elsewhere, and is a copy here. */
  isImported?: boolean;
  url: string;
  archive: string;
  /** The summary its pages show: frozen, or computed for a draft. */
  summary: JsonValue | undefined;
  files?: number | undefined;
  bytes?: number | undefined;
}

function yearOf(...dates: (string | undefined)[]): number | undefined {
  for (const date of dates) {
    const year = /^(\d{4})-\d{2}/.exec(date?.trim() ?? '')?.[1];
    if (year !== undefined) return Number(year);
  }
  return undefined;
}

/** Dates of a version, its year among them, and the release of the schema it names. */
function datesOf(
  record: JsonObject,
  version: string,
): Pick<CitableRecord, 'created' | 'modified' | 'published' | 'year' | 'schemaVersion'> {
  const created = textMember(record, 'dateCreated');
  const modified = textMember(record, 'dateModified');
  const published = version === 'draft' ? undefined : textMember(record, 'datePublished');
  // The name of a version says when it was published.
  const year = yearOf(published, dayOfVersion(version), created);
  const release = shownLine(textMember(record, 'schemaVersion') ?? '', 40);
  return {
    ...(created === undefined ? {} : { created }),
    ...(modified === undefined ? {} : { modified }),
    ...(published === undefined ? {} : { published }),
    ...(year === undefined ? {} : { year }),
    ...(release === '' ? {} : { schemaVersion: release }),
  };
}

/** Counts and terms of the summary, and the subject matter of the record. */
function subjectsOf(
  record: JsonObject,
  summary: JsonValue | undefined,
): Pick<
  CitableRecord,
  'species' | 'subjects' | 'approaches' | 'techniques' | 'standards' | 'variables'
> {
  const variables = listMember(summary, 'variableMeasured').map((item) =>
    typeof item === 'string' ? item : (member(item, 'value') ?? ''),
  );
  return {
    species: namedTerms(summary, 'species'),
    subjects: subjectMatter(record),
    approaches: namedTerms(summary, 'approach'),
    techniques: namedTerms(summary, 'measurementTechnique'),
    standards: namedTerms(summary, 'dataStandard'),
    variables: namedTerms({ variables }, 'variables').map(({ name }) => name),
  };
}

function keywordsOf(
  record: JsonObject,
  { species, approaches, techniques, subjects }: ReturnType<typeof subjectsOf>,
): Pick<CitableRecord, 'keywords' | 'keywordsAreDerived'> {
  const given = textList(record, 'keywords');
  if (given.length > 0) return { keywords: given, keywordsAreDerived: false };
  const derived = [...species, ...approaches, ...techniques, ...subjects].map(({ name }) => name);
  return { keywords: [...new Set(derived)], keywordsAreDerived: true };
}

/** How a version that was published is cited elsewhere. */
function frozenPart(
  record: JsonObject,
  settings: CitableRecordSettings,
): Pick<CitableRecord, 'storedCitation' | 'citationLeftOut' | 'originalUrl'> {
  if (settings.version === 'draft') return {};
  const isElsewhere = settings.isImported === true && settings.doi === undefined;
  const originalUrl = isElsewhere ? originalAddress(record, settings) : undefined;
  return {
    ...(originalUrl === undefined ? {} : { originalUrl }),
    ...frozenCitationOf(record, settings.doi),
  };
}

/** Reads a version for citations and exports, from its record and its context; never throws. */
export function citableRecord(record: JsonObject, settings: CitableRecordSettings): CitableRecord {
  const { identifier, version, status, url, archive, summary, doi } = settings;
  const subjects = subjectsOf(record, summary);
  const files = settings.files ?? countMember(summary, 'numberOfFiles');
  const bytes = settings.bytes ?? countMember(summary, 'numberOfBytes');
  return {
    identifier,
    version,
    status,
    url,
    archive,
    ...(doi === undefined ? {} : { doi }),
    title: shownLine(textMember(record, 'name') ?? '', 500) || identifier,
    description: plainExcerpt(textMember(record, 'description') ?? '', 10_000),
    ...agentsOf(record),
    licences: licences(record),
    ...subjects,
    ...keywordsOf(record, subjects),
    related: relatedResources(record),
    alsoAt: alsoAvailableAt(record),
    protocols: protocols(record),
    ethics: ethicsApprovals(record).map(identifierOrName),
    projects: projects(record),
    studyTargets: textList(record, 'studyTarget', 30, 2000),
    access: accessStatements(record).filter((statement) => statement.status !== ''),
    acknowledgement: shownText(textMember(record, 'acknowledgement') ?? '', 5000).trim(),
    ...datesOf(record, version),
    ...(files === undefined ? {} : { files }),
    ...(bytes === undefined ? {} : { bytes }),
    ...frozenPart(record, settings),
  };
}
