// One HTTP request and its answer, whatever sends it: `node:http(s)` or a browser's `fetch`.

/** A body whose length is known before it is sent. `pieces` is called again for each attempt. */
export interface RequestBody {
  size: number;
  pieces(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

export interface HttpRequest {
  method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  url: string;
  headers?: Readonly<Record<string, string>>;
  body?: RequestBody;
  signal?: AbortSignal | undefined;
  /** Whether a redirect is followed; else it is the answer. Never from https to http. */
  followRedirects?: boolean;
}

export interface HttpAnswer {
  status: number;
  /** The value of a header; null without it. */
  header(name: string): string | null;
  /** A browser shows a page only some headers of an answer from another host. */
  hidesHeaders?: boolean;
  /** To be read at most once; fails where the connection ends before the body does. */
  body: AsyncIterable<Uint8Array>;
  /** Ends an answer whose body is not wanted, or no longer. */
  discard(): void;
}

/** Sends a request. Rejects where no answer comes, and with the signal's reason. */
export type SendRequest = (request: HttpRequest) => Promise<HttpAnswer>;

/** The first bytes of a body, at most `limit`; the rest is not read. */
export async function startOfBody(answer: HttpAnswer, limit: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of answer.body) {
    pieces.push(piece);
    size += piece.length;
    if (size >= limit) break;
  }
  return joined(pieces, Math.min(size, limit));
}

/** The first `size` bytes of pieces, as one array. */
export function joined(pieces: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece.subarray(0, size - at), at);
    at += Math.min(piece.length, size - at);
  }
  return all;
}
