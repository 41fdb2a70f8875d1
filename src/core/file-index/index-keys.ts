// Where indexes are in a store.

/** The key of the document of a file's index. */
export function indexKey(sha256: string): string {
  return `indexes/${sha256}.json.gz`;
}

/** The key of the tables of its chunks. */
export function chunksKey(sha256: string): string {
  return `indexes/${sha256}.chunks`;
}
