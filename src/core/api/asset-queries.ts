// The API's responses to asset queries, as DANDI gives them: by the beginning of their path, by a pattern,
// and by folder.

/** The parts of an asset in the API's lists that the queries look at. */
export interface ListedAsset {
  asset_id: string;
  path: string;
  size: number;
}

/** A test of paths for `?glob=`: `*` matches anything, case is ignored, all else matches itself. */
export function globTest(glob: string): (path: string) => boolean {
  const parts = glob.toLowerCase().split('*');
  const first = parts[0] ?? '';
  const last = parts.length > 1 ? parts.at(-1) : undefined;
  // Stars in a row are one: each part that is left takes at least one letter, so a path bounds the work.
  const rest = parts.slice(1, -1).filter((part) => part !== '');
  // Written by hand, since a stranger's pattern with many `*` would take a regular expression for ever.
  return (path) => {
    const text = path.toLowerCase();
    if (last === undefined) return text === first;
    if (!text.startsWith(first)) return false;
    let position = first.length;
    for (const part of rest) {
      const found = text.indexOf(part, position);
      if (found < 0) return false;
      position = found + part.length;
    }
    return text.length - last.length >= position && text.endsWith(last);
  };
}

/** The assets whose path begins with `prefix`; only the one with exactly this path, if any has. */
export function withPathPrefix<A extends Pick<ListedAsset, 'path'>>(
  assets: Iterable<A>,
  prefix: string,
): A[] {
  const found: A[] = [];
  for (const asset of assets) {
    if (asset.path === prefix) return [asset];
    if (asset.path.startsWith(prefix)) found.push(asset);
  }
  return found;
}

/** One entry of a folder: a file, or a folder with the sums of everything below it. */
export interface PathEntry {
  path: string;
  aggregate_files: number;
  aggregate_size: number;
  asset_id?: string;
}

/** The entries of a folder, from assets in path order; '' is the top folder. */
export function pathEntries(assets: Iterable<ListedAsset>, folder: string): PathEntry[] {
  const prefix = folder === '' || folder.endsWith('/') ? folder : `${folder}/`;
  const entries = new Map<string, PathEntry>();
  for (const { asset_id, path, size } of assets) {
    if (path === folder) return [{ path, aggregate_files: 1, aggregate_size: size, asset_id }];
    if (!path.startsWith(prefix)) continue;
    const slash = path.indexOf('/', prefix.length);
    const name = slash < 0 ? path : path.slice(0, slash);
    const entry = entries.get(name);
    if (entry !== undefined) {
      entry.aggregate_files += 1;
      entry.aggregate_size += size;
    } else {
      const added: PathEntry = { path: name, aggregate_files: 1, aggregate_size: size };
      entries.set(name, slash < 0 ? { ...added, asset_id } : added);
    }
  }
  return [...entries.values()];
}
