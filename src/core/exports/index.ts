// Every machine-readable description of a version. To add one, add a file here and a line to the
// list. Names of files are public and never renamed.

import type { JsonObject } from '../json/json-text.ts';
import { croissantJson } from './croissant.ts';
import { dataciteJson } from './datacite.ts';
import { dataciteXml } from './datacite-xml.ts';
import type { ExportInput, SiblingFile } from './export-input.ts';
import { recordJsonld } from './record-jsonld.ts';
import { roCrateJson } from './ro-crate.ts';
import { schemaOrgJson } from './schema-org.ts';
import { linksetJson } from './signposting.ts';

export interface ExportFormat {
  /** The name shown to people. */
  name: string;
  /** The file next to the page of the version. */
  file: (number: string, version: string) => string;
  /** The type that links to it state, whatever the host serves it as. */
  type: string;
  profile?: string;
  /** Whether drafts have it too: it says that they are drafts, and cites nothing. */
  isOfDrafts?: true;
  write: (input: ExportInput, record: JsonObject) => string;
}

const JSON_LD = 'application/ld+json';

/** All formats; links to them are in this order. */
export const EXPORT_FORMATS: readonly ExportFormat[] = [
  {
    name: 'schema.org',
    file: () => 'schema.jsonld',
    type: JSON_LD,
    profile: 'https://bioschemas.org/profiles/Dataset/1.0-RELEASE',
    isOfDrafts: true,
    write: schemaOrgJson,
  },
  {
    name: 'DataCite',
    file: () => 'datacite.json',
    type: 'application/vnd.datacite.datacite+json',
    write: dataciteJson,
  },
  {
    name: 'DataCite XML',
    file: () => 'datacite.xml',
    type: 'application/vnd.datacite.datacite+xml',
    write: dataciteXml,
  },
  {
    name: 'Croissant',
    file: () => 'croissant.jsonld',
    type: JSON_LD,
    profile: 'http://mlcommons.org/croissant/1.1',
    write: croissantJson,
  },
  {
    name: 'RO-Crate',
    // The prefix distinguishes a detached crate from one inside the folder of its data.
    file: (number, version) => `${number}-${version}-ro-crate-metadata.json`,
    type: JSON_LD,
    profile: 'https://w3id.org/ro/crate',
    write: roCrateJson,
  },
  {
    name: 'DANDI record as JSON-LD',
    file: () => 'dandiset.jsonld',
    type: JSON_LD,
    write: (_, record) => recordJsonld(record),
  },
];

/** Citations that describe the version for a program, by their file and the type that links give it. */
const CITATION_FILES: readonly [file: string, type: string][] = [
  ['citation.csl.json', 'application/vnd.citationstyles.csl+json'],
  ['citation.bib', 'application/x-bibtex'],
  ['citation.ris', 'application/x-research-info-systems'],
];

export const LINKSET_FILE = 'linkset.json';
const LINKSET_TYPE = 'application/linkset+json';

/** The formats that a version has: a draft those alone that say that it is one. */
export function formatsOf(version: string): readonly ExportFormat[] {
  return version === 'draft'
    ? EXPORT_FORMATS.filter(({ isOfDrafts }) => isOfDrafts === true)
    : EXPORT_FORMATS;
}

/** The files that describe a version, by their addresses below its page. */
export function describingFiles(url: string, number: string, version: string): SiblingFile[] {
  const citations = version === 'draft' ? [] : CITATION_FILES;
  return [
    ...formatsOf(version).map(({ file, type, profile }) => ({
      url: url + file(number, version),
      type,
      ...(profile === undefined ? {} : { profile }),
    })),
    ...citations.map(([file, type]) => ({ url: url + file, type })),
  ];
}

/** The linkset as a file next to the page. */
export function linksetFile(url: string): SiblingFile {
  return { url: url + LINKSET_FILE, type: LINKSET_TYPE };
}

/** Every file of a version, by its name. */
export function exportFiles(
  input: ExportInput,
  record: JsonObject,
  number: string,
): { name: string; contents: string }[] {
  const { url, version } = input.facts;
  return [
    ...formatsOf(version).map(({ file, write }) => ({
      name: file(number, version),
      contents: write(input, record),
    })),
    { name: LINKSET_FILE, contents: linksetJson(input, describingFiles(url, number, version)) },
  ];
}
