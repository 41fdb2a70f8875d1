// Long lists in pages of a size that a browser and a reader can take.

export const ROWS_A_PAGE = 500;

export interface ListPage<T> {
  rows: T[];
  /** 1-based. */
  page: number;
  pages: number;
  total: number;
  /** Addresses of the first to the last page. */
  addresses: string[];
}

/** Cuts a list into pages; the first has the address itself, the others `page/2/` below it. */
export function listPages<T>(all: readonly T[], first: string, size = ROWS_A_PAGE): ListPage<T>[] {
  const pages = Math.max(1, Math.ceil(all.length / size));
  const addresses = Array.from({ length: pages }, (_, index) =>
    index === 0 ? first : `${first}page/${index + 1}/`,
  );
  return addresses.map((_, index) => ({
    rows: all.slice(index * size, (index + 1) * size),
    page: index + 1,
    pages,
    total: all.length,
    addresses,
  }));
}
