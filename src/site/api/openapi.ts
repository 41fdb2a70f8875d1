// The OpenAPI document of the API: every address that is answered, with an example of this archive.

import type { Archive } from '../../core/records/archive.ts';
import { API_SCHEMAS } from './openapi-schemas.ts';

/** Things of this archive that the examples name. */
export interface ApiExamples {
  number: string;
  version: string;
  /** An `asset_id`: `abc/def/abcdef…`. */
  assetId?: string | undefined;
}

interface Parameter {
  name: string;
  in: 'path' | 'query';
  description: string;
  example?: string;
}

const QUERIES =
  'Only the server of `npm start` and `dandiset serve` answers queries; hosts for files ignore or refuse them.';

function parameter({ name, in: place, description, example }: Parameter): object {
  return {
    name,
    in: place,
    required: place === 'path',
    description,
    schema: { type: 'string' },
    ...(example === undefined ? {} : { example }),
  };
}

function answer(schema: string, summary: string, parameters: Parameter[] = []): object {
  const content = {
    'application/json': { schema: { $ref: `#/components/schemas/${schema}` } },
  };
  const isThere = parameters.some(({ in: place }) => place === 'path');
  return {
    get: {
      summary,
      ...(parameters.length > 0 ? { parameters: parameters.map(parameter) } : {}),
      responses: {
        200: { description: 'The document.', content },
        ...(isThere ? { 404: { description: 'There is none.' } } : {}),
      },
    },
  };
}

function redirect(summary: string, parameters: Parameter[]): object {
  return {
    get: {
      summary,
      parameters: parameters.map(parameter),
      responses: {
        302: {
          description: 'Leads to the bytes, which answer ranges.',
          headers: { Location: { schema: { type: 'string' } } },
        },
        404: { description: 'The store does not hold this.' },
      },
    },
  };
}

/** The document, as a value. */
export function openApiDocument(archive: Archive, version: string, examples: ApiExamples): object {
  const inPath = (name: string, description: string, example: string): Parameter => ({
    name,
    in: 'path',
    description,
    example,
  });
  const query = (name: string, description: string): Parameter => ({
    name,
    in: 'query',
    description: `${description} ${QUERIES}`,
  });
  const number = inPath('dandiset', 'The six digits of a Dandiset.', examples.number);
  const ofVersion = [number, inPath('version', '`draft` or 0.YYMMDD.HHMM.', examples.version)];
  const below = '/dandisets/{dandiset}/versions/{version}';
  const [first, second, key] = (examples.assetId ?? 'abc/def/abcdef').split('/');
  const zarr: Parameter = { name: 'zarr', in: 'path', description: 'The `zarr` of an asset.' };

  const paths: Record<string, object> = {
    '/server-info': {
      ...answer('ServerInfo', 'Where the API is, and which clients it takes.'),
      servers: [{ url: archive.site.replace(/\/$/, '') }],
    },
    '/info/': answer('ServerInfo', 'The same.'),
    '/stats/': answer('Stats', 'What the archive holds.'),
    '/schemas/available/': answer('ModelNames', 'The kinds of record.'),
    '/schemas/{model}.json': answer('JsonSchema', 'The JSON Schema of a kind of record.', [
      inPath('model', 'One of the kinds.', 'PublishedDandiset'),
    ]),
    '/dandisets/': answer('DandisetPage', 'All Dandisets, in order of their numbers.'),
    '/dandisets/{dandiset}/': answer('Dandiset', 'A Dandiset.', [number]),
    '/dandisets/{dandiset}/versions/': answer(
      'VersionPage',
      'Its versions: the draft, then published ones, oldest first. Withdrawn ones are left out.',
      [number],
    ),
    [`${below}/`]: answer(
      'Metadata',
      'The metadata of a version, as its record has it.',
      ofVersion,
    ),
    [`${below}/info/`]: answer('VersionInfo', 'What is known about a version.', ofVersion),
    [`${below}/assets/`]: answer(
      'AssetPage',
      'The assets in order of their paths, each with its metadata; a thousand a page, `next` leads on. Not there where the archive does not hold the list.',
      [
        ...ofVersion,
        query('path', 'The beginning of a path, or a whole one.'),
        query('glob', 'A pattern of paths, in which `*` stands for anything.'),
      ],
    ),
    [`${below}/assets/paths/`]: answer(
      'PathPage',
      'The entries of the top folder. Not there where it has more than a thousand.',
      [...ofVersion, query('path_prefix', 'Another folder.')],
    ),
    '/assets/{first}/{second}/{key}/download/': redirect(
      'The bytes of an asset: its `asset_id` between `/assets/` and `/download/`. Needs a host with redirects.',
      [
        inPath('first', 'The first three characters of the key.', first ?? ''),
        inPath('second', 'The next three.', second ?? ''),
        inPath('key', 'The `blob` of the asset.', key ?? ''),
      ],
    ),
    '/zarr/{zarr}/files/': answer(
      'ZarrPage',
      `The files of a Zarr. With \`prefix=KEY&download=true\` a redirect to the bytes of one. ${QUERIES}`,
      [
        zarr,
        query('prefix', 'The beginning of a key.'),
        query('download', 'Whether to be led to it.'),
      ],
    ),
  };
  return {
    openapi: '3.1.0',
    info: {
      title: `API of ${archive.name}`,
      version,
      summary: 'The documents of the DANDI API as static files.',
      description:
        'Everything is read without a key. A record is the same under its own address below `/dandiset/`, byte for byte.',
      license: { name: 'CC0-1.0', identifier: 'CC0-1.0' },
    },
    servers: [{ url: `${archive.site}api` }],
    paths,
    components: { schemas: API_SCHEMAS },
  };
}
