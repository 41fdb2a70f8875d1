// The parts that make up a Dandiset's authored metadata.

import type { JsonObject } from '../src/core/json/json-text.ts';

/** DOIs below 10.5555 are reserved for examples and never registered for a work. */
const EXAMPLE_DOI = '10.5555';

/** A resource that belongs to the Dandiset, named by an example DOI. */
export function related(
  relation: 'IsDescribedBy' | 'IsSupplementTo' | 'IsDerivedFrom' | 'References' | 'IsCitedBy',
  resourceType: 'JournalArticle' | 'Preprint' | 'Dataset',
  name: string,
  suffix: string,
): JsonObject {
  return {
    schemaKey: 'Resource',
    identifier: `doi:${EXAMPLE_DOI}/${suffix}`,
    name,
    url: `https://doi.org/${EXAMPLE_DOI}/${suffix}`,
    relation: `dcite:${relation}`,
    resourceType: `dcite:${resourceType}`,
  };
}

/** Software that goes with the Dandiset. */
export function software(name: string, url: string): JsonObject {
  return {
    schemaKey: 'Resource',
    name,
    url,
    relation: 'dcite:IsSupplementedBy',
    resourceType: 'dcite:Software',
  };
}

/** The address of a protocol. */
export function protocol(suffix: string): string {
  return `https://doi.org/${EXAMPLE_DOI}/demo.protocol.${suffix}`;
}

export function anatomy(identifier: string, name: string): JsonObject {
  return { schemaKey: 'Anatomy', identifier, name };
}

export function disorder(identifier: string, name: string): JsonObject {
  return { schemaKey: 'Disorder', identifier, name };
}

export function ethics(identifier: string, contact: string): JsonObject {
  return {
    schemaKey: 'EthicsApproval',
    identifier,
    contactPoint: { schemaKey: 'ContactPoint', url: contact },
  };
}

export function project(name: string, description: string): JsonObject {
  return { schemaKey: 'Project', name, description };
}
