// Which view shows a file, by its name and its media type.

/** The views, and `none` for files that can only be downloaded. */
export type ViewKind =
  'text' | 'table' | 'json' | 'markdown' | 'image' | 'video' | 'avi' | 'hdf5' | 'zarr' | 'none';

const KINDS_OF_EXTENSIONS: readonly (readonly [kind: ViewKind, extensions: string])[] = [
  ['hdf5', 'nwb h5 hdf5 hdf he5'],
  ['table', 'tsv csv'],
  ['json', 'json jsonld geojson ipynb'],
  ['markdown', 'md markdown'],
  ['image', 'png jpg jpeg gif webp svg avif bmp'],
  ['video', 'mp4 m4v mkv webm mov'],
  ['avi', 'avi'],
  [
    'text',
    `txt log rst yaml yml toml ini cfg xml html htm css js ts py m r sh tex bib cff jsonl ndjson
     vhdr vmrk bval bvec prb meta license readme changes authors citation`,
  ],
];

const BY_EXTENSION: ReadonlyMap<string, ViewKind> = new Map(
  KINDS_OF_EXTENSIONS.flatMap(([kind, extensions]) =>
    extensions.split(/\s+/).map((extension) => [extension, kind] as const),
  ),
);

/** The view for a path and a media type ('' if unknown). The name is believed before the type. */
export function viewKindOf(path: string, type: string): ViewKind {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (type === 'application/x-zarr' || name.endsWith('.zarr')) return 'zarr';
  // `README` and `CHANGES` have no dot.
  const named = BY_EXTENSION.get(name.slice(name.lastIndexOf('.') + 1));
  if (named !== undefined) return named;
  if (/^application\/(?:x-nwb|x-hdf5?)$/.test(type)) return 'hdf5';
  return type.startsWith('text/') ? 'text' : 'none';
}
