// One HTTP request and its response, sent by `node:http(s)` or by `fetch`.

/** A body whose length is known before it is sent. `pieces` is called again for each attempt. */
export interface RequestBody {
  size: number;
  pieces(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

export interface HttpRequest {
  method: 'GET' | 'HEAD' | 'OPTIONS' | 'PUT' | 'POST' | 'DELETE';
  url: string;
  headers?: Readonly<Record<string, string>>;
  body?: RequestBody;
  signal?: AbortSignal | undefined;
  /** Whether redirects are followed, never from https to http; by default they are the response. */
  followRedirects?: boolean;
}

export interface HttpResponse {
  status: number;
  /** The value of a header; null without it. */
  header(name: string): string | null;
  /** Whether a browser hides most headers, as it does for responses from another origin. */
  hidesHeaders?: boolean;
  /** To be read at most once; fails if the connection ends before the body does. */
  body: AsyncIterable<Uint8Array>;
  /** Drops the body, or the rest of it. */
  discard(): void;
}

/** Sends a request. Rejects if there is no response, and with the signal's reason. */
export type SendRequest = (request: HttpRequest) => Promise<HttpResponse>;

/** The first bytes of a body, at most `limit`; the rest is not read. */
export async function startOfBody(response: HttpResponse, limit: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of response.body) {
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
