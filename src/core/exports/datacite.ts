// DataCite 4.7 as JSON, the attributes that its API accepts: https://schema.datacite.org/

import type { NamedTerm } from '../metadata/terms.ts';
import type { CitableRecord } from '../metadata/citable-record.ts';
import { publisherOf } from '../metadata/publisher.ts';
import { accessRight } from './access-right.ts';
import {
  dataciteContributors,
  dataciteCreators,
  dataciteFunding,
  type DataCiteContributor,
  type DataCitePerson,
} from './datacite-people.ts';
import { dataciteRelatedIdentifiers, dataciteRelatedItems } from './datacite-related.ts';
import {
  dayOrTime,
  distinct,
  given,
  jsonFile,
  publicationTime,
  type ExportInput,
} from './export-input.ts';
import { allSubjects } from './subjects.ts';
import { plainCountOf } from '../text/format.ts';

export interface DataCiteRecord {
  doi?: string;
  url: string;
  creators: DataCitePerson[];
  contributors?: DataCiteContributor[];
  relatedIdentifiers?: object[];
  relatedItems?: object[];
  [attribute: string]: unknown;
}

function datesOf({ facts, withdrawn }: ExportInput): object[] {
  const dates = [
    ['Created', facts.created],
    ['Issued', publicationTime(facts)],
    ['Updated', facts.modified],
    ['Available', facts.access[0]?.until],
    ['Withdrawn', withdrawn],
  ];
  return dates.flatMap(([dateType, text]) => {
    const date = dayOrTime(text);
    return date === undefined ? [] : [{ date, dateType }];
  });
}

function subjectsOf(facts: CitableRecord): object[] {
  return allSubjects(facts).map(({ name, url, scheme }) => ({
    subject: name,
    ...given('subjectScheme', scheme?.name),
    ...given('schemeUri', scheme?.url),
    ...given('valueUri', url),
  }));
}

function rightsOf(facts: CitableRecord): object[] {
  const access = accessRight(facts);
  return [
    ...facts.licences.map(({ id, name, href }) =>
      href === undefined
        ? { rights: name }
        : {
            rights: name,
            rightsUri: href,
            rightsIdentifier: id,
            rightsIdentifierScheme: 'SPDX',
            schemeUri: 'https://spdx.org/licenses/',
          },
    ),
    { rights: access.name, rightsUri: access.url },
  ];
}

function descriptionsOf(facts: CitableRecord): object[] {
  const other = (label: string, texts: readonly string[]): object[] =>
    texts
      .filter((text) => text !== '')
      .map((text) => ({ description: `${label}: ${text}`, descriptionType: 'Other' }));
  return [
    ...(facts.description === ''
      ? []
      : [{ description: facts.description, descriptionType: 'Abstract', lang: 'en' }]),
    ...other('Study target', facts.studyTargets),
    ...other('Ethics approval', facts.ethics),
    ...other('Acknowledgement', [facts.acknowledgement]),
  ];
}

function sizesOf({ bytes, files }: CitableRecord): string[] {
  const sizes: string[] = [];
  if (bytes !== undefined) sizes.push(plainCountOf(bytes, 'byte'));
  if (files !== undefined) sizes.push(plainCountOf(files, 'file'));
  return sizes;
}

function publisher(facts: CitableRecord): object {
  const { name, rrid } = publisherOf(facts);
  if (rrid === undefined) return { name };
  return {
    name,
    publisherIdentifier: `https://scicrunch.org/resolver/${rrid}`,
    publisherIdentifierScheme: 'RRID',
    schemeUri: 'https://scicrunch.org/resolver/',
  };
}

function alternateIdentifiers({ identifier, version, url }: CitableRecord): object[] {
  return [
    {
      alternateIdentifier: `${identifier}/${version}`,
      alternateIdentifierType: identifier.split(':')[0],
    },
    { alternateIdentifier: url, alternateIdentifierType: 'URL' },
  ];
}

/** The version as a record of DataCite; it contains its DOI only once that is registered. */
export function dataciteRecord(input: ExportInput): DataCiteRecord {
  const { facts } = input;
  return {
    schemaVersion: 'http://datacite.org/schema/kernel-4',
    ...given('doi', facts.doi),
    url: input.landing,
    types: { resourceTypeGeneral: 'Dataset', resourceType: 'Dandiset' },
    titles: [{ title: facts.title, lang: 'en' }],
    creators: dataciteCreators(facts),
    publisher: publisher(facts),
    publicationYear: String(facts.year ?? 0).padStart(4, '0'),
    version: facts.version,
    language: 'en',
    alternateIdentifiers: alternateIdentifiers(facts),
    dates: datesOf(input),
    descriptions: distinct(descriptionsOf(facts)),
    ...given('subjects', distinct(subjectsOf(facts))),
    ...given('contributors', dataciteContributors(facts)),
    rightsList: distinct(rightsOf(facts)),
    ...given('sizes', sizesOf(facts)),
    ...given('formats', distinct(facts.standards.map(({ name }: NamedTerm) => name))),
    ...given('fundingReferences', dataciteFunding(facts)),
    ...given('relatedIdentifiers', dataciteRelatedIdentifiers(input)),
    ...given('relatedItems', dataciteRelatedItems(input)),
  };
}

/** `datacite.json`. */
export function dataciteJson(input: ExportInput): string {
  return jsonFile(dataciteRecord(input));
}
