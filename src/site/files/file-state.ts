// What the file browser shows, as encoded in the page's address: a folder or file, a filter, an order.
// Written by the page and read in the browser.

export type SortColumn = 'name' | 'size' | 'type' | 'modified';

export const SORT_COLUMNS: readonly SortColumn[] = ['name', 'size', 'type', 'modified'];

export interface BrowserState {
  /** A folder if it is '' or ends in `/`, otherwise a file. */
  location: string;
  /** What is shown of an open file: the path of an object in it; '' for none. */
  object: string;
  filter: string;
  /** The filter looks in all folders instead of this one. */
  everywhere: boolean;
  sort: SortColumn;
  descending: boolean;
}

export const FIRST_STATE: BrowserState = {
  location: '',
  object: '',
  filter: '',
  everywhere: false,
  sort: 'name',
  descending: false,
};

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The query of a state, with its question mark; '' for the initial state. */
export function formatState(state: Partial<BrowserState>): string {
  const { location, object, filter, everywhere, sort, descending } = { ...FIRST_STATE, ...state };
  const pairs: string[] = [];
  // A record may hold a lone surrogate, which has no encoding.
  const add = (name: string, value: string): number =>
    pairs.push(`${name}=${encodeURIComponent(value.toWellFormed()).replaceAll('%2F', '/')}`);
  if (location !== '') add('location', location);
  if (object !== '') add('object', object);
  if (filter !== '') add('filter', filter);
  if (filter !== '' && everywhere) add('in', 'all');
  if (sort !== 'name' || descending) add('sort', (descending ? '-' : '') + sort);
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

/**
 * The state of a query. Only `%` is decoded: a `+` is a plus, since file names of the field contain it and
 * addresses are often put together by hand.
 */
export function parseState(query: string): BrowserState {
  const values = new Map<string, string>();
  for (const pair of query.replace(/^\?/, '').split('&')) {
    const equals = pair.indexOf('=');
    if (equals > 0) values.set(pair.slice(0, equals), decode(pair.slice(equals + 1)));
  }
  const order = values.get('sort') ?? '';
  const sort = SORT_COLUMNS.find((column) => column === order.replace(/^-/, ''));
  return {
    location: (values.get('location') ?? '').replace(/^\/+(?=[^/]|$)/, ''),
    object: values.get('object') ?? '',
    filter: values.get('filter') ?? '',
    everywhere: values.get('in') === 'all',
    sort: sort ?? 'name',
    descending: sort !== undefined && order.startsWith('-'),
  };
}
