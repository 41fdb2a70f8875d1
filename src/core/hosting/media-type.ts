// The media type that a file is served as. Only those of the site and the archive's files are listed;
// anything else is bytes.

const TYPES = new Map<string, string>([
  ['html', 'text/html; charset=utf-8'],
  ['css', 'text/css; charset=utf-8'],
  ['js', 'text/javascript; charset=utf-8'],
  ['mjs', 'text/javascript; charset=utf-8'],
  ['txt', 'text/plain; charset=utf-8'],
  ['md', 'text/markdown; charset=utf-8'],
  ['csv', 'text/csv; charset=utf-8'],
  ['tsv', 'text/tab-separated-values; charset=utf-8'],
  ['sha256', 'text/plain; charset=utf-8'],
  ['bib', 'application/x-bibtex; charset=utf-8'],
  ['ris', 'application/x-research-info-systems; charset=utf-8'],
  ['yaml', 'application/yaml'],
  ['yml', 'application/yaml'],
  ['cff', 'application/yaml'],
  ['json', 'application/json'],
  ['jsonl', 'application/jsonl'],
  ['jsonld', 'application/ld+json'],
  ['geojson', 'application/geo+json'],
  ['webmanifest', 'application/manifest+json'],
  ['xml', 'application/xml'],
  ['atom', 'application/atom+xml'],
  ['svg', 'image/svg+xml'],
  ['png', 'image/png'],
  ['jpg', 'image/jpeg'],
  ['jpeg', 'image/jpeg'],
  ['gif', 'image/gif'],
  ['webp', 'image/webp'],
  ['avif', 'image/avif'],
  ['ico', 'image/x-icon'],
  ['woff2', 'font/woff2'],
  ['wasm', 'application/wasm'],
  ['parquet', 'application/vnd.apache.parquet'],
  ['pdf', 'application/pdf'],
  ['mp4', 'video/mp4'],
  ['webm', 'video/webm'],
  ['gz', 'application/gzip'],
  ['tgz', 'application/gzip'],
  ['zip', 'application/zip'],
  ['nwb', 'application/x-hdf5'],
  ['h5', 'application/x-hdf5'],
  ['hdf5', 'application/x-hdf5'],
]);

export const BYTES = 'application/octet-stream';

const API_CATALOG = 'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"';

/** The media type of a file by its name; two that harvesters and the client request have no dot. */
export function mediaTypeOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (name === 'server-info') return 'application/json';
  if (name === 'api-catalog') return API_CATALOG;
  if (name === 'feed.json') return 'application/feed+json';
  const dot = name.lastIndexOf('.');
  return (dot < 0 ? undefined : TYPES.get(name.slice(dot + 1).toLowerCase())) ?? BYTES;
}

/** Whether files of a media type become smaller when compressed. */
export function isCompressible(mediaType: string): boolean {
  return /^text\/|json|yaml|xml|javascript|bibtex|research-info|wasm/.test(mediaType);
}
