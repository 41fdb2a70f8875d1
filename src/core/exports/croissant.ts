// Croissant 1.1, a format for machine learning: https://docs.mlcommons.org/croissant/

import { bibtex } from '../citations/bibtex.ts';
import { doiAddress } from '../identifiers/doi.ts';
import type { CitableRecord } from '../metadata/citable-record.ts';
import { publisherOf } from '../metadata/publisher.ts';
import { demandedCreators } from './agents.ts';
import {
  distinct,
  dayOrTime,
  given,
  jsonFile,
  publicationTime,
  type ExportFile,
  type ExportInput,
  type ListFile,
} from './export-input.ts';
import { longDescription } from './schema-org.ts';
import { agentNode, type AgentNode } from './schema-org-agents.ts';

/** The context that the format prescribes, word for word. */
const CONTEXT = {
  '@language': 'en',
  '@vocab': 'https://schema.org/',
  arrayShape: 'cr:arrayShape',
  citeAs: 'cr:citeAs',
  column: 'cr:column',
  conformsTo: 'dct:conformsTo',
  containedIn: 'cr:containedIn',
  cr: 'http://mlcommons.org/croissant/',
  rai: 'http://mlcommons.org/croissant/RAI/',
  data: { '@id': 'cr:data', '@type': '@json' },
  dataType: { '@id': 'cr:dataType', '@type': '@vocab' },
  dct: 'http://purl.org/dc/terms/',
  description: { '@container': '@language' },
  equivalentProperty: 'cr:equivalentProperty',
  examples: { '@id': 'cr:examples', '@type': '@json' },
  extract: 'cr:extract',
  field: 'cr:field',
  fileProperty: 'cr:fileProperty',
  fileObject: 'cr:fileObject',
  fileSet: 'cr:fileSet',
  format: 'cr:format',
  includes: 'cr:includes',
  isArray: 'cr:isArray',
  isLiveDataset: 'cr:isLiveDataset',
  jsonPath: 'cr:jsonPath',
  key: 'cr:key',
  md5: 'cr:md5',
  name: { '@container': '@language' },
  parentField: 'cr:parentField',
  path: 'cr:path',
  recordSet: 'cr:recordSet',
  references: 'cr:references',
  regex: 'cr:regex',
  repeated: 'cr:repeated',
  replace: 'cr:replace',
  samplingRate: 'cr:samplingRate',
  sc: 'https://schema.org/',
  separator: 'cr:separator',
  source: 'cr:source',
  subField: 'cr:subField',
  transform: 'cr:transform',
};

export interface CroissantDataset {
  creator: AgentNode[];
  distribution?: object[];
  [term: string]: unknown;
}

/** A file by its digest. Anything without one, such as a Zarr, can only be a set of files here. */
function fileNode(file: ExportFile, index: number): object {
  const { path, url, bytes, encodings, sha256, isZarr } = file;
  const common = { '@id': `file-${index + 1}`, name: path, encodingFormat: encodings };
  if (sha256 === undefined) {
    return { '@type': 'cr:FileSet', ...common, includes: isZarr ? `${url}**` : url };
  }
  return {
    '@type': 'cr:FileObject',
    ...common,
    contentUrl: url,
    contentSize: `${bytes} B`,
    sha256,
  };
}

const LIST = {
  '@id': 'asset-list',
  name: 'assets.jsonl',
  description: 'All files with their metadata and addresses, one JSON object a line.',
};

/** The list, and all files that its lines name; a list without a digest is a set of one file. */
function listNodes({ url, encoding, bytes, sha256, storedFirst = false }: ListFile): object[] {
  if (sha256 === undefined) {
    return [{ '@type': 'cr:FileSet', ...LIST, encodingFormat: encoding, includes: url }];
  }
  return [
    {
      '@type': 'cr:FileObject',
      ...LIST,
      contentUrl: url,
      ...given('contentSize', bytes === undefined ? undefined : `${bytes} B`),
      encodingFormat: encoding,
      sha256,
    },
    {
      '@type': 'cr:FileSet',
      '@id': 'files',
      name: 'files',
      description: 'The files that the lines of the list name.',
      containedIn: {
        fileObject: { '@id': 'asset-list' },
        extract: { fileProperty: 'lines' },
        transform: { jsonPath: `$.metadata.contentUrl[${storedFirst ? '0:1' : '-1:'}]` },
      },
      encodingFormat: 'application/x-hdf5',
      includes: '*',
    },
  ];
}

/** The files, or the list if there are more than the format lists. */
function distribution({ files, list, facts }: ExportInput): object[] {
  if (files.length > 0) return files.map(fileNode);
  return list === undefined || facts.files === 0 ? [] : listNodes(list);
}

/** Other addresses of the same version: its DOI, and its pages in other archives. */
function addressesElsewhere({ doi, alsoAt }: CitableRecord): string[] {
  const pages = alsoAt.flatMap(({ href }) => href ?? []);
  return distinct(doi === undefined ? pages : [doiAddress(doi), ...pages]);
}

/** The version in Croissant's terms. */
export function croissantDataset(input: ExportInput): CroissantDataset {
  const { facts } = input;
  const { name, site } = publisherOf(facts);
  const licences = facts.licences.map(({ href, name: text }) => href ?? text);
  return {
    '@context': CONTEXT,
    '@type': 'sc:Dataset',
    conformsTo: 'http://mlcommons.org/croissant/1.1',
    name: facts.title,
    alternateName: `${facts.identifier}/${facts.version}`,
    description: longDescription(facts),
    ...given('license', licences),
    url: facts.url,
    ...given('sameAs', addressesElsewhere(facts)),
    creator: demandedCreators(facts).map(agentNode),
    publisher: { '@type': 'Organization', name, url: site ?? input.site.url },
    ...given('datePublished', publicationTime(facts)),
    ...given('dateCreated', dayOrTime(facts.created)),
    ...given('dateModified', dayOrTime(facts.modified)),
    version: facts.version,
    inLanguage: 'en',
    ...given('keywords', facts.keywords),
    citeAs: bibtex(facts).trim(),
    isLiveDataset: false,
    sdLicense: 'https://creativecommons.org/publicdomain/zero/1.0/',
    ...given('sdVersion', facts.schemaVersion),
    ...given('distribution', distribution(input)),
  };
}

/** `croissant.jsonld`. */
export function croissantJson(input: ExportInput): string {
  return jsonFile(croissantDataset(input), input.files);
}
