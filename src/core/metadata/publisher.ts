// Who a version is published by. Records named `DANDI:…` are DANDI's wherever they are shown, also
// in a copy of them that has another name.

import type { DatasetFacts } from './dataset-facts.ts';

export interface Publisher {
  name: string;
  /** The archive's Research Resource Identifier; DANDI's own is the only one that is known. */
  rrid?: string;
  /** Where its own pages lie, ending in `/`; a Dandiset is `dandiset/<number>/` below. */
  site?: string;
}

const DANDI: Publisher = {
  name: 'DANDI Archive',
  rrid: 'RRID:SCR_017571',
  site: 'https://dandiarchive.org/',
};

/** The archive that publishes a version, by the prefix of its identifier. */
export function publisherOf(facts: Pick<DatasetFacts, 'identifier' | 'archive'>): Publisher {
  return facts.identifier.startsWith('DANDI:') ? DANDI : { name: facts.archive };
}
