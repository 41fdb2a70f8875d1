// The result that a visitor came from, stored by the browser for this tab alone.

const KEY = 'search-walk';
/** More than anybody browses. */
const MOST = 1000;

export interface ResultNavigation {
  /** The page of the result, with its query. */
  address: string;
  numbers: string[];
}

/** Remembers a result when one of its Dandisets is opened. */
export function saveResult({ address, numbers }: ResultNavigation): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ address, numbers: numbers.slice(0, MOST) }));
  } catch {
    // No storage: the pages then have no link to the next result.
  }
}

/** The result that was remembered. */
export function readResult(): ResultNavigation | undefined {
  try {
    const stored = JSON.parse(
      sessionStorage.getItem(KEY) ?? 'null',
    ) as Partial<ResultNavigation> | null;
    return typeof stored?.address === 'string' && Array.isArray(stored.numbers)
      ? { address: stored.address, numbers: stored.numbers }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Forgets it. */
export function forgetResult(): void {
  sessionStorage.removeItem(KEY);
}
