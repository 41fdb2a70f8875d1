// Pages of a list as DANDI's API gives them to `?page=N&page_size=M`.

/** The most items of a page; also how many there are without `page_size`. */
export const MAX_PAGE_SIZE = 1000;

/** The items of a page: from, inclusive, to, exclusive. */
export interface RequestedPage {
  number: number;
  from: number;
  to: number;
  isLast: boolean;
}

const NUMBER = /^0*[1-9]\d{0,14}$/;

/**
 * The page of a list of `count` items that a query asks for; undefined if there is no such page. An empty
 * list has one page. A size that is none is ignored; a larger one than allowed becomes the largest.
 */
export function requestedPage(
  query: { get(name: string): string | null },
  count: number,
): RequestedPage | undefined {
  const said = query.get('page_size') ?? '';
  const size = NUMBER.test(said) ? Math.min(Number(said), MAX_PAGE_SIZE) : MAX_PAGE_SIZE;
  const pages = Math.max(1, Math.ceil(count / size));
  const wanted = query.get('page') || '1';
  const number = wanted === 'last' ? pages : NUMBER.test(wanted) ? Number(wanted) : 0;
  if (number < 1 || number > pages) return undefined;
  const from = (number - 1) * size;
  return { number, from, to: Math.min(count, from + size), isLast: number === pages };
}
