// The result that a visitor came from, kept by the browser for this tab alone.

const KEY = 'search-walk';
/** More than anybody walks through. */
const MOST = 1000;

export interface Walk {
  /** The page of the result, with its query. */
  address: string;
  numbers: string[];
}

/** Remembers a result when one of its Dandisets is opened. */
export function keepWalk({ address, numbers }: Walk): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ address, numbers: numbers.slice(0, MOST) }));
  } catch {
    // No storage: the pages have no way to the next result then.
  }
}

/** The result that was remembered. */
export function readWalk(): Walk | undefined {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Partial<Walk> | null;
    return typeof kept?.address === 'string' && Array.isArray(kept.numbers)
      ? { address: kept.address, numbers: kept.numbers }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Forgets it. */
export function endWalk(): void {
  sessionStorage.removeItem(KEY);
}
