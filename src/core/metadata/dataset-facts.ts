// One version of a Dandiset as every citation and every export needs it. All of them read these
// facts and nothing else, so that they cannot disagree: one list of creators, one title, one date.

import { hasOrcidCheckDigit } from '../identifiers/orcid.ts';
import { parseDoi } from '../identifiers/doi.ts';
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
import { linkableUrl, shownLine, shownText } from '../text/shown-text.ts';
import {
  licences,
  namedTerms,
  subjectMatter,
  textList,
  type Licence,
  type Named,
} from './descriptions.ts';
import { frozenCitationOf, originalAddress, type CitationLeftOut } from './frozen-citation.ts';
import { alsoAvailableAt } from './other-archives.ts';
import {
  contributors,
  isFunder,
  isNameGiven,
  type Affiliation,
  type Contributor,
} from './people.ts';
import { parsePersonName, type PersonName } from './person-name.ts';

export interface Agent {
  kind: 'person' | 'organization';
  /** As the record writes it. */
  name: string;
  /** Persons whose name has a comma. */
  parts?: PersonName;
  /** Bare, and only with a right check digit. */
  orcid?: string;
  /** Bare. */
  ror?: string;
  affiliations: Affiliation[];
  /** `ContactPerson`, in the record's order. */
  roles: string[];
}

export interface Funding {
  funder: string;
  kind: Agent['kind'];
  ror?: string;
  award?: string;
}

/** What a record says of a thing it is related to, in the form it has there. */
export interface RelatedThing {
  /** DANDI's relation without its scheme: `IsDescribedBy`; empty if the record says nothing. */
  relation: string;
  name?: string;
  /** A DOI in any form, bare. */
  doi?: string;
  /** Never lower-cased: case matters in addresses. */
  url?: string;
  /** An identifier that is neither DOI nor address. */
  identifier?: string;
  resourceType?: string;
}

/** A thing with a name and perhaps an identifier that names it everywhere. */
export interface Subject {
  name: string;
  identifier?: string;
}

/** What a record says of who may have the files. */
export interface AccessStatement {
  /** Without its scheme: `OpenAccess`. */
  status: string;
  /** The day on which an embargo ends, as the record writes it. */
  until?: string;
}

export interface DatasetFacts {
  /** `DANDI:000004`. */
  identifier: string;
  version: string;
  status: 'draft' | 'published' | 'withdrawn';
  /** Bare, and only where it is registered. */
  doi?: string;
  /** The version's page: absolute, ending in `/`. */
  url: string;
  /** Name of the archive that publishes. */
  archive: string;
  title: string;
  /** Plain text; empty if there is none. */
  description: string;
  /** The one list of creators: `includeInCitation`, in order; empty if nobody is flagged. */
  creators: Agent[];
  /** Everybody else. */
  others: Agent[];
  funding: Funding[];
  licences: Licence[];
  /** The record's keywords; where it has none, what its assets say (`keywordsAreDerived`). */
  keywords: string[];
  keywordsAreDerived: boolean;
  /** Date or date-time, as the record writes them. */
  created?: string;
  modified?: string;
  published?: string;
  /** Of publication, for a draft of creation; undefined if the record does not tell. */
  year?: number;
  files?: number;
  bytes?: number;
  species: Subject[];
  subjects: Subject[];
  approaches: Subject[];
  techniques: Subject[];
  standards: Subject[];
  variables: string[];
  related: RelatedThing[];
  /** The same Dandiset in other archives. */
  alsoAt: Named[];
  /** Addresses or prose. */
  protocols: string[];
  ethics: string[];
  projects: Subject[];
  studyTargets: string[];
  acknowledgement: string;
  /** The release of DANDI's schema that the record names. */
  schemaVersion?: string;
  /** Empty where the record says nothing. */
  access: AccessStatement[];
  /** The frozen citation, verbatim but for e-mail addresses; absent in a draft. */
  storedCitation?: string;
  /** Why the frozen citation is absent, where there is one. */
  citationLeftOut?: CitationLeftOut;
  /** Of a version from elsewhere that has no DOI: its address there, by which it is cited. */
  originalUrl?: string;
}

export interface FactsSettings {
  identifier: string;
  version: string;
  status: DatasetFacts['status'];
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

function toAgent(one: Contributor): Agent {
  const agent: Agent = {
    kind: one.kind,
    name: one.name,
    affiliations: one.affiliations,
    roles: one.roles,
  };
  const parts = one.kind === 'person' ? parsePersonName(one.name) : undefined;
  if (parts !== undefined) agent.parts = parts;
  if (one.orcid !== undefined && hasOrcidCheckDigit(one.orcid)) agent.orcid = one.orcid;
  if (one.ror !== undefined) agent.ror = one.ror;
  return agent;
}

function toFunding(one: Contributor): Funding {
  const funding: Funding = { funder: one.name, kind: one.kind };
  if (one.ror !== undefined) funding.ror = one.ror;
  if (one.awardNumber !== undefined) funding.award = one.awardNumber;
  return funding;
}

function relatedThings(record: JsonObject): RelatedThing[] {
  const things: RelatedThing[] = [];
  for (const item of listMember(record, 'relatedResource')) {
    const identifier = shownLine(textMember(item, 'identifier') ?? '');
    const address = textMember(item, 'url');
    const name = shownLine(typeof item === 'string' ? item : (textMember(item, 'name') ?? ''));
    if (identifier === '' && name === '' && (address ?? '').trim() === '') continue;
    const doi = parseDoi(identifier) ?? parseDoi(address ?? '');
    const url = linkableUrl(address) ?? linkableUrl(identifier);
    const type = textMember(item, 'resourceType')?.replace(/^dcite:/, '');
    const thing: RelatedThing = {
      relation: shownLine((textMember(item, 'relation') ?? '').replace(/^dcite:/, ''), 60),
    };
    if (name !== '') thing.name = name;
    if (doi !== undefined) thing.doi = doi;
    if (url !== undefined) thing.url = url;
    if (identifier !== '' && doi === undefined && linkableUrl(identifier) === undefined) {
      thing.identifier = identifier;
    }
    if (type !== undefined) thing.resourceType = shownLine(type, 60);
    things.push(thing);
  }
  return things;
}

/**
 * An identifier that two different persons share is wrong for one of them, and nobody can tell for
 * whom: neither has it then.
 */
function withoutSharedOrcids(agents: readonly Agent[]): Agent[] {
  const names = new Map<string, Set<string>>();
  for (const { orcid, name } of agents) {
    if (orcid !== undefined) names.set(orcid, (names.get(orcid) ?? new Set()).add(name));
  }
  return agents.map((agent) => {
    const { orcid, ...rest } = agent;
    return orcid !== undefined && (names.get(orcid)?.size ?? 0) > 1 ? rest : agent;
  });
}

function accessStatements(record: JsonObject): AccessStatement[] {
  return listMember(record, 'access').flatMap((item) => {
    const status = shownLine((textMember(item, 'status') ?? '').replace(/^dandi:/, ''), 60);
    const until = textMember(item, 'embargoedUntil');
    if (status === '') return [];
    return [until === undefined ? { status } : { status, until: shownLine(until, 40) }];
  });
}

/** Facts where an array may be dropped from exports when empty are still arrays here. */
function subjectsOf(record: JsonObject): Subject[] {
  return listMember(record, 'about').flatMap((item) => {
    const [named] = subjectMatter({ about: [item] });
    if (named === undefined) return [];
    const identifier = shownLine(textMember(item, 'identifier') ?? '', 300);
    return [identifier === '' ? { name: named.name } : { name: named.name, identifier }];
  });
}

function texts(record: JsonObject, key: string): string[] {
  return listMember(record, key)
    .map((item) =>
      typeof item === 'string'
        ? item
        : (textMember(item, 'identifier') ?? textMember(item, 'name') ?? ''),
    )
    .map((text) => shownLine(text, 1000))
    .filter((text) => text !== '');
}

function yearOf(...dates: (string | undefined)[]): number | undefined {
  for (const date of dates) {
    const year = /^(\d{4})-\d{2}/.exec(date?.trim() ?? '')?.[1];
    if (year !== undefined) return Number(year);
  }
  return undefined;
}

/** The facts of a version, read from its record without ever throwing. */
export function datasetFacts(record: JsonObject, settings: FactsSettings): DatasetFacts {
  const all = contributors(record).filter((one) => isNameGiven(one.name));
  const agents = withoutSharedOrcids(all.map(toAgent));
  const { summary } = settings;
  const terms = (key: string): Subject[] => namedTerms(summary, key);
  const given = textList(record, 'keywords');
  const derived = [
    ...terms('species'),
    ...terms('approach'),
    ...terms('measurementTechnique'),
    ...subjectsOf(record),
  ];
  const published = settings.version === 'draft' ? undefined : textMember(record, 'datePublished');
  const created = textMember(record, 'dateCreated');
  const facts: DatasetFacts = {
    identifier: settings.identifier,
    version: settings.version,
    status: settings.status,
    url: settings.url,
    archive: settings.archive,
    title: shownLine(textMember(record, 'name') ?? '', 500) || settings.identifier,
    description: plainExcerpt(textMember(record, 'description') ?? '', 10_000),
    creators: agents.filter((_, index) => all[index]?.inCitation === true),
    others: agents.filter((_, index) => all[index]?.inCitation !== true),
    funding: all.filter((one) => isFunder(one) || one.awardNumber !== undefined).map(toFunding),
    licences: licences(record),
    keywords: given.length > 0 ? given : [...new Set(derived.map(({ name }) => name))],
    keywordsAreDerived: given.length === 0,
    species: terms('species'),
    subjects: subjectsOf(record),
    approaches: terms('approach'),
    techniques: terms('measurementTechnique'),
    standards: terms('dataStandard'),
    variables: namedTerms(
      {
        v: listMember(summary, 'variableMeasured').map((item) =>
          typeof item === 'string' ? item : (member(item, 'value') ?? ''),
        ),
      },
      'v',
    ).map(({ name }) => name),
    related: relatedThings(record),
    alsoAt: alsoAvailableAt(record),
    protocols: texts(record, 'protocol'),
    ethics: texts(record, 'ethicsApproval'),
    projects: namedTerms(record, 'wasGeneratedBy'),
    studyTargets: textList(record, 'studyTarget', 30, 2000),
    access: accessStatements(record),
    acknowledgement: shownText(textMember(record, 'acknowledgement') ?? '', 5000).trim(),
  };
  const files = settings.files ?? countMember(summary, 'numberOfFiles');
  const bytes = settings.bytes ?? countMember(summary, 'numberOfBytes');
  // The name of a version tells when it was published.
  const year = yearOf(published, dayOfVersion(settings.version), created);
  if (settings.doi !== undefined) facts.doi = settings.doi;
  if (created !== undefined) facts.created = created;
  const modified = textMember(record, 'dateModified');
  if (modified !== undefined) facts.modified = modified;
  if (published !== undefined) facts.published = published;
  if (year !== undefined) facts.year = year;
  if (files !== undefined) facts.files = files;
  if (bytes !== undefined) facts.bytes = bytes;
  const release = shownLine(textMember(record, 'schemaVersion') ?? '', 40);
  if (release !== '') facts.schemaVersion = release;
  if (settings.version === 'draft') return facts;
  if (settings.isImported === true && settings.doi === undefined) {
    const original = originalAddress(record, settings);
    if (original !== undefined) facts.originalUrl = original;
  }
  return Object.assign(facts, frozenCitationOf(record, settings.doi));
}
