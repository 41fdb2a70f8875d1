// Buffers that are used again and again. New ones for each range would pile up: Node frees memory of arrays
// long after they are dropped. Threads can share them.

export class BufferPool {
  private readonly size: number;
  /** Buffers that may still be made. */
  private unmade: number;
  private readonly free: Uint8Array[] = [];
  private readonly waiting: ((buffer: Uint8Array) => void)[] = [];

  /** @param count The most buffers. @param size Bytes of each. */
  constructor(count: number, size: number) {
    this.unmade = count;
    this.size = size;
  }

  /** A buffer, if one is free and nobody waits for it; what is in it is of no meaning. */
  takeAtOnce(): Uint8Array | undefined {
    const buffer = this.free.pop();
    if (buffer !== undefined || this.unmade === 0) return buffer;
    this.unmade -= 1;
    return new Uint8Array(new SharedArrayBuffer(this.size));
  }

  /** Waits for a buffer, in the order of the calls. */
  async take(): Promise<Uint8Array> {
    return this.takeAtOnce() ?? new Promise((go) => this.waiting.push(go));
  }

  /** Gives a buffer back, which nobody may use any more. */
  give(buffer: Uint8Array): void {
    const next = this.waiting.shift();
    if (next === undefined) this.free.push(buffer);
    else next(buffer);
  }
}
