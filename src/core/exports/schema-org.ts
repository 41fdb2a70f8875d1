// schema.org Dataset with the Bioschemas profile, as JSON-LD. Dataset searches read it from the page of the
// version, programs from the file next to it.

import { doiAddress } from '../identifiers/doi.ts';
import type { CitableRecord } from '../metadata/citable-record.ts';
import { identifiersOrgAddress, publisherOf } from '../metadata/publisher.ts';
import { countOf, formatBytes, plainCountOf } from '../text/format.ts';
import { accessRight, isOpen } from './access-right.ts';
import {
  dayOrTime,
  distinct,
  given,
  jsonFile,
  publicationTime,
  subjectAddress,
  type ExportFile,
  type ExportInput,
} from './export-input.ts';
import {
  agentNode,
  contributorNodes,
  funderNodes,
  grantNodes,
  maintainerNodes,
  type AgentNode,
} from './schema-org-agents.ts';
import { relatedTerms } from './schema-org-related.ts';
import { aboutTerms, toTerm, type SubjectTerm } from './subjects.ts';

/** The most files that the page lists; if there are more, it names the list. */
export const MAX_DISTRIBUTION = 100;
// Dataset searches leave out shorter descriptions.
const SHORTEST_DESCRIPTION = 50;

const CC0 = 'https://creativecommons.org/publicdomain/zero/1.0/';

/** The profile of Bioschemas that the dataset has. */
const PROFILE = {
  '@id': 'https://bioschemas.org/profiles/Dataset/1.0-RELEASE',
  '@type': 'CreativeWork',
};

/** Terms that schema.org lacks. */
const CONTEXT = [
  'https://schema.org/',
  {
    dandi: 'http://schema.dandiarchive.org/',
    dct: 'http://purl.org/dc/terms/',
    prov: 'http://www.w3.org/ns/prov#',
  },
];

const STATUS_WORDS: Record<CitableRecord['status'], string | undefined> = {
  draft: 'Draft',
  published: undefined,
  withdrawn: 'Withdrawn',
};

export interface SchemaOrgDataset {
  '@id': string;
  '@type': 'Dataset';
  creator?: AgentNode[];
  distribution?: object[];
  [term: string]: unknown;
}

/** The description of the dataset in plain text, long enough for dataset searches. */
export function longDescription(facts: CitableRecord): string {
  if (facts.description.length >= SHORTEST_DESCRIPTION) return facts.description;
  const amount = [
    facts.files === undefined ? undefined : countOf(facts.files, 'file'),
    facts.bytes === undefined ? undefined : formatBytes(facts.bytes),
  ].filter((part) => part !== undefined);
  const { name } = publisherOf(facts);
  const fact =
    facts.status === 'draft'
      ? `Draft of the Dandiset ${facts.identifier} at ${name}`
      : `Version ${facts.version} of the Dandiset ${facts.identifier}, published by ${name}`;
  const whole = amount.length === 0 ? `${fact}.` : `${fact}: ${amount.join(', ')}.`;
  return facts.description === '' ? `${facts.title}. ${whole}` : `${facts.description} ${whole}`;
}

/** The Dandiset that a draft belongs to, where its identifier resolves: drafts have none of their own. */
function dandisetIdentifier({ identifier }: CitableRecord): object[] {
  const address = identifiersOrgAddress({ identifier });
  if (address === undefined) return [];
  const propertyID = 'https://registry.identifiers.org/registry/dandi';
  return [{ '@type': 'PropertyValue', propertyID, value: identifier, url: address }];
}

function identifiers(facts: CitableRecord): object[] {
  const { doi, identifier, version } = facts;
  const own = {
    '@type': 'PropertyValue',
    propertyID: identifier.startsWith('DANDI:')
      ? 'https://registry.identifiers.org/registry/dandi'
      : identifier.split(':')[0],
    value: `${identifier}/${version}`,
    ...given('url', identifiersOrgAddress(facts)),
  };
  if (facts.status === 'draft') return [own, ...dandisetIdentifier(facts)];
  if (doi === undefined) return [own];
  return [
    {
      '@type': 'PropertyValue',
      propertyID: 'https://registry.identifiers.org/registry/doi',
      value: `doi:${doi}`,
      url: doiAddress(doi),
    },
    own,
  ];
}

/** The archive that publishes, and this site if it is another. */
function publisherNodes(facts: CitableRecord, site: ExportInput['site']): Record<string, object> {
  const { name, rrid, site: home } = publisherOf(facts);
  const here = { '@type': 'Organization', name: site.name, url: site.url };
  const publisher = {
    '@type': 'Organization',
    name,
    ...given('identifier', rrid),
    url: home ?? site.url,
  };
  return { publisher, provider: here, sdPublisher: here };
}

function sameAs(facts: CitableRecord): string[] {
  const home = publisherOf(facts).site;
  const number = facts.identifier.split(':')[1] ?? '';
  const page = home === undefined ? undefined : `${home}dandiset/${number}/${facts.version}`;
  return [page, identifiersOrgAddress(facts)].filter((url) => url !== undefined);
}

/** Standards of the data that have an address. */
function standards(facts: CitableRecord): object[] {
  return facts.standards.map(toTerm).flatMap(({ name, url }) => {
    return url === undefined ? [] : [{ '@id': url, '@type': 'CreativeWork', name }];
  });
}

export interface DefinedTerm {
  '@type': 'DefinedTerm';
  '@id': string;
  name: string;
  inDefinedTermSet?: string;
}

/** A term with all that is known of it, or its name alone. */
export function definedTerm({ name, url, scheme }: SubjectTerm): string | DefinedTerm {
  if (url === undefined) return name;
  return {
    '@type': 'DefinedTerm',
    '@id': url,
    name,
    ...given('inDefinedTermSet', scheme?.url),
  };
}

/** A file as something to download. */
export function downloadNode(file: ExportFile): object {
  return {
    '@type': 'DataDownload',
    name: file.path,
    contentUrl: file.url,
    contentSize: String(file.bytes),
    encodingFormat: file.encodings,
    ...given('sha256', file.sha256),
  };
}

function distribution({ files, list }: ExportInput): object[] {
  if (files.length > 0 && files.length <= MAX_DISTRIBUTION) return files.map(downloadNode);
  if (list === undefined) return [];
  return [
    {
      '@type': 'DataDownload',
      name: 'List of all files with their addresses',
      contentUrl: list.url,
      encodingFormat: list.encoding,
      ...given('contentSize', list.bytes?.toString()),
      ...given('sha256', list.sha256),
    },
  ];
}

function measured(facts: CitableRecord): object[] {
  return facts.variables.map((name) => ({ '@type': 'PropertyValue', name }));
}

function merged(key: string, own: readonly unknown[], more: Map<string, unknown[]>): object {
  return given(key, distinct([...own, ...(more.get(key) ?? [])]));
}

/** The version as a Dataset of schema.org. */
export function schemaOrgDataset(input: ExportInput): SchemaOrgDataset {
  const { facts, site, predecessor, manifest } = input;
  const creators = facts.creators.map(agentNode);
  const related = relatedTerms(facts);
  const licences = facts.licences.map(({ href, name }) => href ?? name);
  const revisionOf = predecessor === undefined ? [] : [{ '@id': predecessor.url }];
  const record =
    manifest === undefined
      ? []
      : [
          {
            '@type': 'DataDownload',
            name: 'Manifest of the frozen records',
            contentUrl: manifest,
            encodingFormat: 'application/json',
          },
        ];
  const until = facts.access[0]?.until;
  return {
    '@context': CONTEXT,
    '@id': subjectAddress(input),
    '@type': 'Dataset',
    'dct:conformsTo': [PROFILE, ...standards(facts)],
    identifier: identifiers(facts),
    name: facts.title,
    description: longDescription(facts),
    url: input.page ?? facts.url,
    ...merged('sameAs', sameAs(facts), related),
    version: facts.version,
    inLanguage: 'en',
    ...given('license', licences.length === 1 ? licences[0] : undefined),
    ...given('license', licences.length > 1 ? licences : undefined),
    isAccessibleForFree: isOpen(facts),
    conditionsOfAccess: accessRight(facts).url,
    ...given('dct:available', until),
    ...given('creativeWorkStatus', STATUS_WORDS[facts.status]),
    ...given('datePublished', publicationTime(facts)),
    ...given('dateCreated', dayOrTime(facts.created)),
    ...given('dateModified', dayOrTime(facts.modified)),
    // Bioschemas demands keywords; a record without any gets those that hold for every Dandiset.
    keywords: facts.keywords.length > 0 ? facts.keywords : ['neurophysiology'],
    ...given('creator', creators),
    ...given('author', creators),
    ...given('contributor', contributorNodes(facts)),
    ...given('maintainer', maintainerNodes(facts)),
    ...publisherNodes(facts, site),
    includedInDataCatalog: { '@type': 'DataCatalog', '@id': site.url, name: site.name },
    sdLicense: CC0,
    ...given('schemaVersion', facts.schemaVersion),
    ...given('about', aboutTerms(facts).map(definedTerm)),
    ...given('measurementTechnique', facts.techniques.map(toTerm).map(definedTerm)),
    ...given('variableMeasured', measured(facts)),
    ...given('size', facts.bytes === undefined ? undefined : plainCountOf(facts.bytes, 'byte')),
    ...given('funding', grantNodes(facts)),
    ...given('funder', funderNodes(facts)),
    ...given('creditText', facts.storedCitation),
    ...merged('citation', [], related),
    ...merged('isBasedOn', [], related),
    ...merged('isPartOf', [], related),
    ...merged('hasPart', [], related),
    ...merged('subjectOf', record, related),
    ...merged('prov:wasRevisionOf', revisionOf, related),
    ...given(
      'prov:wasGeneratedBy',
      facts.projects.map(({ name }) => ({ '@type': 'ResearchProject', name })),
    ),
    ...given('dandi:ethicsApproval', facts.ethics),
    ...given('dandi:studyTarget', facts.studyTargets),
    ...given('dandi:acknowledgement', facts.acknowledgement),
    ...given('distribution', distribution(input)),
  };
}

/** `schema.jsonld`. */
export function schemaOrgJson(input: ExportInput): string {
  return jsonFile(schemaOrgDataset(input), input.files);
}
