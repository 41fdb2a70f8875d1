// Ends a request over which nothing has come or gone for a while.

import type { HttpAnswer, HttpRequest, RequestBody, SendRequest } from './http-request.ts';

/** Why a silent request was ended. */
class Silence extends Error {
  constructor(patience: number) {
    super(`nothing came for ${patience / 1000} seconds`);
    this.name = 'Silence';
  }
}

/** Ends one request by the signal of its caller, or by silence while something is waited for. */
class Watch {
  readonly #control = new AbortController();
  readonly #caller: AbortSignal | undefined;
  readonly #patience: number;
  readonly #forward = (): void => this.#control.abort(this.#caller?.reason);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(caller: AbortSignal | undefined, patience: number) {
    caller?.throwIfAborted();
    this.#caller = caller;
    this.#patience = patience;
    caller?.addEventListener('abort', this.#forward, { once: true });
  }

  get signal(): AbortSignal {
    return this.#control.signal;
  }

  heard(): void {
    clearTimeout(this.#timer);
    const end = (): void => this.#control.abort(new Silence(this.#patience));
    this.#timer = setTimeout(end, this.#patience);
  }

  /** Waits for something that comes over the line; time in which nobody waits does not count. */
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

/** A body of which every piece that is sent counts as a sign of life. */
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

async function* watchedBody(answer: HttpAnswer, watch: Watch): AsyncGenerator<Uint8Array> {
  const pieces = answer.body[Symbol.asyncIterator]();
  let isOver = false;
  try {
    for (;;) {
      const next = await watch.during(() => pieces.next());
      if (next.done === true) {
        isOver = true;
        return;
      }
      yield next.value;
    }
  } finally {
    watch.release();
    if (!isOver) answer.discard();
  }
}

/** Sends as `send` does; a request is given up after `patience` milliseconds of silence. */
export function endSilence(send: SendRequest, patience: number): SendRequest {
  return async (request: HttpRequest) => {
    const watch = new Watch(request.signal, patience);
    try {
      const { body } = request;
      const answer = await watch.during(() =>
        send({
          ...request,
          signal: watch.signal,
          ...(body === undefined ? {} : { body: watchedUpload(body, watch) }),
        }),
      );
      return {
        ...answer,
        body: watchedBody(answer, watch),
        discard() {
          watch.release();
          answer.discard();
        },
      };
    } catch (error) {
      watch.release();
      throw error;
    }
  };
}
