// RO-Crate 1.2, a detached crate: its root is the version's page or DOI, its files are where their
// addresses say. https://www.researchobject.org/ro-crate/

import type { Agent } from '../metadata/agents.ts';
import type { CitableRecord } from '../metadata/citable-record.ts';
import { publisherOf } from '../metadata/publisher.ts';
import { accessRight, isOpen } from './access-right.ts';
import { contributingAgents } from './agents.ts';
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
import { definedTerm, longDescription } from './schema-org.ts';
import { agentNode, funderNodes, grantNodes, type AgentNode } from './schema-org-agents.ts';
import { relatedTerms } from './schema-org-related.ts';
import { aboutTerms, toTerm, type SubjectTerm } from './subjects.ts';
import { plainCountOf } from '../text/format.ts';

export interface CrateEntity {
  '@id': string;
  '@type': string | string[];
  [term: string]: unknown;
}

export interface RoCrate {
  '@context': string;
  '@graph': CrateEntity[];
}

interface Reference {
  '@id': string;
}

const DESCRIPTOR = 'ro-crate-metadata.json';

/**
 * The entities of a crate apart from its descriptor and its root, each once; adding one returns the reference
 * to it.
 */
class Graph {
  readonly #entities = new Map<string, CrateEntity>();
  readonly #counts = new Map<string, number>();
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  add(entity: CrateEntity): Reference {
    const id = entity['@id'];
    // A record may say that it is related to itself.
    if (id !== this.#root && !this.#entities.has(id)) this.#entities.set(id, entity);
    return { '@id': id };
  }

  /** A name for an entity without one: `#person-3`. */
  name(kind: string): string {
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    return `#${kind}-${count}`;
  }

  get entities(): CrateEntity[] {
    return [...this.#entities.values()];
  }
}

/** Agents without identifier are distinguished by all that is known of them. */
function agentAdder(graph: Graph): (node: AgentNode) => Reference {
  const named = new Map<string, string>();
  const add = (node: AgentNode): Reference => {
    const { affiliation = [], ...rest } = node;
    const key = JSON.stringify(node);
    const id = node['@id'] ?? named.get(key) ?? graph.name(node['@type'].toLowerCase());
    named.set(key, id);
    const affiliations = affiliation.map(add);
    return graph.add({ ...rest, '@id': id, ...given('affiliation', affiliations) });
  };
  return add;
}

function fileEntity(file: ExportFile, date: string | undefined): CrateEntity {
  const { path, url, bytes, encodings, sha256, isZarr } = file;
  const name = path.slice(path.lastIndexOf('/') + 1);
  const common = { '@id': url, name, ...given('sdDatePublished', date) };
  if (isZarr) {
    return {
      ...common,
      '@type': 'Dataset',
      alternateName: path,
      size: plainCountOf(bytes, 'byte'),
    };
  }
  return {
    ...common,
    '@type': 'File',
    localPath: path,
    contentSize: String(bytes),
    encodingFormat: encodings,
    ...given('sha256', sha256),
  };
}

function partsOf(
  graph: Graph,
  { files, list }: ExportInput,
  date: string | undefined,
): Reference[] {
  if (files.length > 0 || list === undefined) {
    // The same bytes at several paths are one entity.
    return distinct(files.map((file) => graph.add(fileEntity(file, date))));
  }
  return [
    graph.add({
      '@id': list.url,
      '@type': 'File',
      name: 'List of all files with their addresses',
      encodingFormat: list.encoding,
      ...given('contentSize', list.bytes?.toString()),
      ...given('sha256', list.sha256),
      ...given('sdDatePublished', date),
    }),
  ];
}

function licenceRefs(graph: Graph, { licences }: CitableRecord): Reference[] {
  return licences.map(({ id, name, href }) =>
    graph.add({
      '@id': href ?? `#licence-${encodeURIComponent(id)}`,
      '@type': 'CreativeWork',
      name,
      description: `Licence ${id}`,
      ...given('identifier', href && id),
    }),
  );
}

/** Adds the value of a term of schema.org: references stay, descriptions become entities. */
function relatedRefs(graph: Graph, values: readonly unknown[]): Reference[] {
  return values.map((value) => {
    if (typeof value === 'string')
      return graph.add({ '@id': value, '@type': 'CreativeWork', name: value });
    const { '@id': id, ...rest } = value as { '@id'?: string; '@type': string };
    if (id !== undefined && Object.keys(rest).length === 0) return { '@id': id };
    // A crate counts source code among its own files.
    const type = rest['@type'] === 'SoftwareSourceCode' ? 'CreativeWork' : rest['@type'];
    return graph.add({ ...rest, '@type': type, '@id': id ?? graph.name('work') });
  });
}

/** Terms with an address become entities; those without stay text. */
function termRefs(graph: Graph, terms: readonly SubjectTerm[]): (Reference | string)[] {
  return terms.map((term) => {
    const node = definedTerm(term);
    return typeof node === 'string' ? node : graph.add({ ...node });
  });
}

function variableRefs(graph: Graph, { variables }: CitableRecord): Reference[] {
  return variables.map((name) =>
    graph.add({ '@id': graph.name('variable'), '@type': 'PropertyValue', name }),
  );
}

/** The manifest of the frozen records, as a work about the version. */
function manifestRefs(graph: Graph, { manifest }: ExportInput): Reference[] {
  if (manifest === undefined) return [];
  const name = 'Manifest of the frozen records';
  return [
    graph.add({
      '@id': manifest,
      '@type': 'CreativeWork',
      name,
      encodingFormat: 'application/json',
    }),
  ];
}

/** One or many: JSON-LD does not care, and a single value is easier to read. */
function oneOrMany<T>(values: readonly T[]): T | readonly T[] | undefined {
  return values.length > 1 ? values : values[0];
}

/** The version as a crate. */
export function roCrate(input: ExportInput): RoCrate {
  const { facts, site } = input;
  const root = subjectAddress(input);
  const graph = new Graph(root);
  const date = publicationTime(facts);
  const addAgent = agentAdder(graph);
  const agents = (all: readonly Agent[]): Reference[] =>
    all.map((agent) => addAgent(agentNode(agent)));
  const { name, rrid, site: home } = publisherOf(facts);
  const publisher = graph.add({
    '@id': home ?? site.url,
    '@type': 'Organization',
    name,
    url: home ?? site.url,
    ...given('identifier', rrid),
  });
  const sdPublisher = graph.add({
    '@id': site.url,
    '@type': 'Organization',
    name: site.name,
    url: site.url,
  });
  const grants = grantNodes(facts).map((grant) => {
    const { funder, ...rest } = grant as { funder: AgentNode; identifier: string };
    return graph.add({
      '@type': 'Grant',
      '@id': graph.name('grant'),
      ...rest,
      name: `${funder.name} ${rest.identifier}`,
      funder: addAgent(funder),
    });
  });
  const identifiers = [`${facts.identifier}/${facts.version}`, facts.doi && `doi:${facts.doi}`]
    .filter((value) => value !== undefined)
    .map((value) =>
      graph.add({
        '@id': `#identifier-${encodeURIComponent(value)}`,
        '@type': 'PropertyValue',
        propertyID: value.startsWith('doi:') ? 'doi' : (value.split(':')[0] ?? ''),
        value,
      }),
    );
  const related = relatedTerms(facts);
  const term = (key: string): Record<string, unknown> =>
    given(key, oneOrMany(relatedRefs(graph, related.get(key) ?? [])));
  const rootEntity: CrateEntity = {
    '@id': root,
    '@type': 'Dataset',
    name: facts.title,
    description: longDescription(facts),
    ...given('datePublished', date),
    ...given('license', oneOrMany(licenceRefs(graph, facts))),
    ...given('author', agents(facts.creators)),
    ...given('contributor', distinct(agents(contributingAgents(facts)))),
    publisher,
    sdPublisher,
    identifier: identifiers,
    'cite-as': root,
    url: facts.url,
    version: facts.version,
    inLanguage: 'en',
    isAccessibleForFree: isOpen(facts),
    conditionsOfAccess: accessRight(facts).url,
    ...(facts.status === 'withdrawn' ? { creativeWorkStatus: 'Withdrawn' } : {}),
    ...given('keywords', facts.keywords.join(', ')),
    ...given('creditText', facts.storedCitation),
    ...given('about', termRefs(graph, aboutTerms(facts))),
    ...given('measurementTechnique', termRefs(graph, facts.techniques.map(toTerm))),
    ...given('variableMeasured', variableRefs(graph, facts)),
    ...given('size', facts.bytes === undefined ? undefined : plainCountOf(facts.bytes, 'byte')),
    ...given('funding', grants),
    ...given('funder', distinct(funderNodes(facts).map(addAgent))),
    ...given('dateCreated', dayOrTime(facts.created)),
    ...given('dateModified', dayOrTime(facts.modified)),
    ...term('sameAs'),
    ...term('citation'),
    ...term('isBasedOn'),
    ...term('isPartOf'),
    ...given(
      'subjectOf',
      oneOrMany([
        ...manifestRefs(graph, input),
        ...relatedRefs(graph, related.get('subjectOf') ?? []),
      ]),
    ),
    ...given('hasPart', partsOf(graph, input, date)),
  };
  return {
    '@context': 'https://w3id.org/ro/crate/1.2/context',
    '@graph': [
      {
        '@id': DESCRIPTOR,
        '@type': 'CreativeWork',
        about: { '@id': root },
        conformsTo: { '@id': 'https://w3id.org/ro/crate/1.2' },
      },
      rootEntity,
      ...graph.entities,
    ],
  };
}

/** `<number>-<version>-ro-crate-metadata.json`. */
export function roCrateJson(input: ExportInput): string {
  return jsonFile(roCrate(input), input.files);
}
