// The archive itself, as dataset searches read it from its home page.

import type { Archive } from '../records/archive.ts';

/** The archive as a DataCatalog of schema.org, with the Bioschemas profile. */
export function dataCatalog({
  name,
  site,
  description,
}: Pick<Archive, 'name' | 'site' | 'description'>): object {
  return {
    '@context': ['https://schema.org/', { dct: 'http://purl.org/dc/terms/' }],
    '@id': site,
    '@type': 'DataCatalog',
    'dct:conformsTo': {
      '@id': 'https://bioschemas.org/profiles/DataCatalog/0.3-RELEASE-2019_07_01',
      '@type': 'CreativeWork',
    },
    name,
    description:
      description ??
      'An archive of cellular neurophysiology: recordings, images and behaviour as open, versioned, citable Dandisets.',
    url: site,
    keywords: ['neurophysiology', 'electrophysiology', 'optical physiology', 'behavior'],
    provider: { '@type': 'Organization', name, url: site },
  };
}
