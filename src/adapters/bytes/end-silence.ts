// Aborts a request without any progress for a while.

import type { HttpResponse, HttpRequest, RequestBody, SendRequest } from './http-request.ts';

/** Why a silent request was ended. */
class Silence extends Error {
  constructor(limit: number) {
    super(`nothing came for ${limit / 1000} seconds`);
    this.name = 'Silence';
  }
}

/** Aborts one request on the signal of its caller, or on silence while it waits for the network. */
class Watch {
  readonly #control = new AbortController();
  readonly #caller: AbortSignal | undefined;
  readonly #limit: number;
  readonly #forward = (): void => this.#control.abort(this.#caller?.reason);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(caller: AbortSignal | undefined, limit: number) {
    caller?.throwIfAborted();
    this.#caller = caller;
    this.#limit = limit;
    caller?.addEventListener('abort', this.#forward, { once: true });
  }

  get signal(): AbortSignal {
    return this.#control.signal;
  }

  heard(): void {
    clearTimeout(this.#timer);
    const end = (): void => this.#control.abort(new Silence(this.#limit));
    this.#timer = setTimeout(end, this.#limit);
  }

  /** Awaits the network; time spent by a slow consumer does not count. */
  async during<Value>(work: () => Promise<Value>): Promise<Value> {
    this.heard();
    try {
      return await work();
    } catch (error) {
      throw this.signal.aborted ? this.signal.reason : error;
    } finally {
      clearTimeout(this.#timer);
    }
  }

  release(): void {
    clearTimeout(this.#timer);
    this.#caller?.removeEventListener('abort', this.#forward);
  }
}

/** A body of which each piece that is sent counts as progress. */
function watchedUpload(body: RequestBody, watch: Watch): RequestBody {
  return {
    size: body.size,
    async *pieces() {
      for await (const piece of body.pieces()) {
        watch.heard();
        yield piece;
      }
      watch.heard();
    },
  };
}

/** Not a generator: a body of one piece is what most are, and each step of a generator takes its time. */
function watchedBody(response: HttpResponse, watch: Watch): AsyncIterableIterator<Uint8Array> {
  const pieces = response.body[Symbol.asyncIterator]();
  const drop = (): void => {
    watch.release();
    response.discard();
  };
  return {
    async next() {
      try {
        const next = await watch.during(() => pieces.next());
        if (next.done === true) watch.release();
        return next;
      } catch (error) {
        drop();
        throw error;
      }
    },
    async return() {
      drop();
      return { value: undefined, done: true };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** Sends like `send`, but aborts a request after `limit` milliseconds without progress. */
export function endSilence(send: SendRequest, limit: number): SendRequest {
  return async (request: HttpRequest) => {
    const watch = new Watch(request.signal, limit);
    try {
      const { body } = request;
      const response = await watch.during(() =>
        send({
          ...request,
          signal: watch.signal,
          ...(body === undefined ? {} : { body: watchedUpload(body, watch) }),
        }),
      );
      return {
        ...response,
        body: { [Symbol.asyncIterator]: () => watchedBody(response, watch) },
        discard() {
          watch.release();
          response.discard();
        },
      };
    } catch (error) {
      watch.release();
      throw error;
    }
  };
}
