import type { JsonObject } from '../src/core/json/json-text.ts';

const TAXA = {
  'Mus musculus': ['10090', 'House mouse'],
  'Rattus norvegicus': ['10116', 'Norway rat'],
  'Homo sapiens': ['9606', 'Human'],
  'Taeniopygia guttata': ['59729', 'Zebra finch'],
  'Drosophila melanogaster': ['7227', 'Fruit fly'],
  'Caenorhabditis elegans': ['6239', 'Roundworm'],
} as const;

export type Species = keyof typeof TAXA;

/** A species as DANDI writes it into metadata: `Mus musculus - House mouse`. */
export function speciesRecord(species: Species): JsonObject {
  const [taxon, commonName] = TAXA[species];
  return {
    schemaKey: 'SpeciesType',
    identifier: `http://purl.obolibrary.org/obo/NCBITaxon_${taxon}`,
    name: `${species} - ${commonName}`,
  };
}
