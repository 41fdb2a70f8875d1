// What a store answers over HTTP, as far as both ways of asking it need the same.

/** Bytes; a compressed list is far smaller, and so is each file of a site. */
export const MAX_OBJECT_BYTES = 1_000_000_000;

/** Waits. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** The whole body of an answer. @throws Error where it is larger than anything kept here */
export async function answeredBytes(response: Response): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += piece.length;
    if (size > MAX_OBJECT_BYTES) throw new Error('the answer is larger than anything kept here');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
