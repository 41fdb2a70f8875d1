// The path of a request, split and decoded once. What a browser would never send is refused here, so that all
// later code works on plain names.

export interface RequestPath {
  /** Decoded names between the slashes. */
  names: string[];
  /** Whether the path ended in a slash (or was the root). */
  isFolder: boolean;
  /** As sent, with the question mark; '' if there is none. */
  query: string;
}

/** The parts of a request target; undefined if it is malformed and deserves a 400. */
export function parseRequestPath(target: string): RequestPath | undefined {
  const queryStart = target.indexOf('?');
  const path = queryStart < 0 ? target : target.slice(0, queryStart);
  const query = queryStart < 0 ? '' : target.slice(queryStart);
  // No name contains it, and no file system accepts it.
  if (/%00|\0/.test(query)) return undefined;
  if (!path.startsWith('/')) return undefined;
  const parts = path.slice(1).split('/');
  const isFolder = parts.at(-1) === '';
  if (isFolder) parts.pop();
  const names: string[] = [];
  for (const part of parts) {
    let name: string;
    try {
      name = decodeURIComponent(part);
    } catch {
      return undefined;
    }
    if (/[\u0000-\u001f\u007f\\]/.test(name)) return undefined;
    names.push(name);
  }
  return { names, isFolder, query };
}

/** A path of the site from names: encoded, beginning with one slash, so never another host's address. */
export function formatPath(names: readonly string[], isFolder: boolean): string {
  const path = names
    .map((name) => encodeURIComponent(name).replaceAll('%3A', ':').replaceAll('%40', '@'))
    .join('/');
  return `/${path}${isFolder && names.length > 0 ? '/' : ''}`;
}
