// The OpenAPI document of the API: every address it serves, with an example from this archive.

import type { Archive } from '../../core/records/archive.ts';
import { API_SCHEMAS } from './openapi-schemas.ts';

/** Things of this archive that the examples name. */
export interface ApiExamples {
  number: string;
  version: string;
  /** An `asset_id`: `abc/def/abcdef…`. */
  assetId?: string | undefined;
  /** The UUID of the same asset. */
  uuid?: string | undefined;
}

interface Parameter {
  name: string;
  in: 'path' | 'query';
  description: string;
  /** Its pattern; without slashes by default. */
  pattern?: string;
  example?: string;
}

const ONLY_HERE = 'Only the server of `npm start` and `dandiset serve` answers this';
const QUERIES = `${ONLY_HERE}; hosts for files ignore queries.`;

const DOWNLOAD =
  'The bytes of an asset: its `asset_id` between `/assets/` and `/download/`. Needs a host with redirects.';

function parameter({ name, in: place, description, pattern, example }: Parameter): object {
  return {
    name,
    in: place,
    required: place === 'path',
    description,
    schema: { type: 'string', ...(pattern === undefined ? {} : { pattern }) },
    ...(example === undefined || example === '' ? {} : { example }),
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

/** One asset, by its UUID or the key of its bytes; `parameters` of what is above it. */
function assetPaths(above: string, parameters: Parameter[], uuid: string | undefined): object {
  const asset: Parameter = {
    name: 'asset',
    in: 'path',
    description: 'The UUID of the asset, which is `identifier` in its metadata, or its `blob`.',
    pattern: '^[0-9a-f-]{36,64}$',
    ...(uuid === undefined ? {} : { example: uuid }),
  };
  const all = [...parameters, asset];
  const disposition: Parameter = {
    name: 'content_disposition',
    in: 'query',
    description: '`attachment` or `inline`: how a browser shows the file, which keeps its name.',
  };
  return {
    [`${above}/assets/{asset}/`]: answer(
      'Metadata',
      `The metadata of an asset. ${ONLY_HERE}.`,
      all,
    ),
    [`${above}/assets/{asset}/info/`]: answer(
      'Asset',
      `An asset as lists have it. ${ONLY_HERE}.`,
      all,
    ),
    [`${above}/assets/{asset}/download/`]: redirect(
      `The bytes of an asset, by its UUID. ${ONLY_HERE}.`,
      [...all, disposition],
    ),
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
export function openApiDocument(
  archive: Archive,
  apiVersion: string,
  examples: ApiExamples,
): object {
  const inPath = (
    name: string,
    description: string,
    pattern: string,
    example: string,
  ): Parameter => ({ name, in: 'path', description, pattern, example });
  const query = (name: string, description: string): Parameter => ({
    name,
    in: 'query',
    description: `${description} ${QUERIES}`,
  });
  const paging = [
    query(
      'page',
      'A page by its number. One beyond the end is not found. Netlify, nginx and Caddy follow it too.',
    ),
    query('page_size', 'How many items a page has, at most 1000, as it has by default.'),
  ];
  const number = inPath('dandiset', 'The six digits of a Dandiset.', '^[0-9]{6}$', examples.number);
  const version = inPath(
    'version',
    '`draft` or 0.YYMMDD.HHMM.',
    '^(draft|0[.][0-9]{6}[.][0-9]{4})$',
    examples.version,
  );
  const ofVersion = [number, version];
  // A short list has no second page to use as an example.
  const page: Parameter = {
    name: 'page',
    in: 'path',
    description: 'From 2 on; `next` of the page before leads here.',
    pattern: '^[1-9][0-9]*$',
  };
  const below = '/dandisets/{dandiset}/versions/{version}';
  const [first = '', second = '', key = ''] = (examples.assetId ?? '').split('/');
  const keyParts = [
    inPath('first', 'The first three characters of the key.', '^[0-9a-f]{3}$', first),
    inPath('second', 'The next three.', '^[0-9a-f]{3}$', second),
    inPath('key', 'The `blob` of the asset.', '^[0-9a-f-]{36,64}$', key),
  ];
  const zarr: Parameter = {
    name: 'zarr',
    in: 'path',
    description: 'The `zarr` of an asset.',
    pattern: '^[0-9a-f-]{36,64}$',
  };

  const paths: Record<string, object> = {
    '/server-info': {
      ...answer('ServerInfo', 'Where the API is, and which clients it takes.'),
      servers: [{ url: archive.site.replace(/\/$/, '') }],
    },
    '/': answer('ServerInfo', 'The same.'),
    '/info/': answer('ServerInfo', 'The same.'),
    '/stats/': answer('Stats', 'What the archive holds.'),
    '/schemas/available/': answer('ModelNames', 'The kinds of record.'),
    '/schemas/{model}.json': answer('JsonSchema', 'The JSON Schema of a kind of record.', [
      inPath('model', 'One of the kinds.', '^[A-Za-z]+$', 'PublishedDandiset'),
    ]),
    '/dandisets/': answer('DandisetPage', 'All Dandisets, in order of their numbers.', [
      ...paging,
      query(
        'search',
        'Words that must all occur in the metadata of the newest version or the draft.',
      ),
      query(
        'ordering',
        '`id`, `name`, `modified`, `size` or `stars`; with `-` in front descending.',
      ),
      query('draft', '`false`: only those with a published version.'),
      query('empty', '`false`: only those whose newest version has files.'),
    ]),
    '/dandisets/page-{page}/': answer('DandisetPage', 'More Dandisets.', [page]),
    '/dandisets/{dandiset}/': answer('Dandiset', 'A Dandiset.', [number]),
    '/dandisets/{dandiset}/versions/': answer(
      'VersionPage',
      'Its versions: the draft, then published ones, oldest first. Withdrawn ones are left out.',
      [number, ...paging, query('order', '`created`, or `-created` for descending.')],
    ),
    '/dandisets/{dandiset}/versions/page-{page}/': answer('VersionPage', 'More versions.', [
      number,
      page,
    ]),
    [`${below}/`]: answer(
      'Metadata',
      'The metadata of a version, as its record has it.',
      ofVersion,
    ),
    [`${below}/info/`]: answer('VersionInfo', 'What is known about a version.', ofVersion),
    [`${below}/assets/`]: answer(
      'AssetPage',
      'The assets in order of their paths, each with its metadata; a thousand a page, `next` leads on. Empty with a `note` where the archive does not hold the list.',
      [
        ...ofVersion,
        ...paging,
        query('path', 'The beginning of a path, or a whole one.'),
        query('glob', 'A pattern of paths, in which `*` stands for anything.'),
        query('order', '`path`, `created` or `modified`; with `-` in front descending.'),
        query('metadata', '`false`: without the metadata of each asset.'),
        query('zarr', '`true`: only Zarrs.'),
      ],
    ),
    [`${below}/assets/page-{page}/`]: answer('AssetPage', 'More assets.', [...ofVersion, page]),
    [`${below}/assets/paths/`]: answer(
      'PathPage',
      'The entries of the top folder. Not there where it has more than a thousand.',
      [...ofVersion, ...paging, query('path_prefix', 'Another folder.')],
    ),
    ...assetPaths('', [], examples.uuid),
    ...assetPaths(below, ofVersion, examples.uuid),
    '/assets/{first}/{second}/{key}/download/': redirect(DOWNLOAD, keyParts),
    [`${below}/assets/{first}/{second}/{key}/download/`]: redirect(DOWNLOAD, [
      ...ofVersion,
      ...keyParts,
    ]),
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
      version: apiVersion,
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
