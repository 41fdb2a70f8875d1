// A stream of the pieces that an async generator gives.

/**
 * The stream of pieces, each read on demand. `pieces` gets a signal that is aborted when the
 * stream is cancelled or the given signal is; the stream then fails with that reason.
 */
export function streamOf(
  pieces: (signal: AbortSignal) => AsyncGenerator<Uint8Array>,
  signal?: AbortSignal,
): ReadableStream<Uint8Array> {
  const control = new AbortController();
  const source = pieces(control.signal);
  // A suspended generator releases its resources at once, a running one after the signal has ended it.
  const close = (reason: unknown): Promise<unknown> => {
    signal?.removeEventListener('abort', forward);
    control.abort(reason);
    return source.return(undefined).catch(() => undefined);
  };
  const forward = (): void => void close(signal?.reason);
  if (signal?.aborted === true) forward();
  else signal?.addEventListener('abort', forward, { once: true });
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          control.signal.throwIfAborted();
          const { done, value } = await source.next();
          control.signal.throwIfAborted();
          if (done !== true) return controller.enqueue(value);
          signal?.removeEventListener('abort', forward);
          controller.close();
        } catch (error) {
          const cause: unknown = control.signal.aborted ? control.signal.reason : error;
          await close(cause);
          throw cause;
        }
      },
      cancel: async (reason) =>
        void (await close(reason ?? new DOMException('The stream was left.', 'AbortError'))),
    },
    { highWaterMark: 0 },
  );
}

/** The pieces of a stream, in every browser; leaving the loop cancels the stream. */
export async function* piecesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  let isOver = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        isOver = true;
        return;
      }
      yield value;
    }
  } catch (error) {
    isOver = true;
    throw error;
  } finally {
    if (!isOver) await reader.cancel().catch(() => undefined);
    reader.releaseLock();
  }
}
