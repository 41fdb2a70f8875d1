// A bound for the bytes that are in memory on their way, over all files together.

export class ByteBudget {
  private readonly bytes: number;
  private free: number;
  private readonly waiting: { bytes: number; go: () => void }[] = [];

  /** @param bytes The most that may be in use at once. */
  constructor(bytes: number) {
    this.bytes = bytes;
    this.free = bytes;
  }

  /** Takes so many bytes if they are free and nobody waits for them. */
  takeAtOnce(bytes: number): boolean {
    const wanted = Math.min(bytes, this.bytes);
    if (this.waiting.length > 0 || this.free < wanted) return false;
    this.free -= wanted;
    return true;
  }

  /** Waits, in the order of the calls, until so many bytes may be used. */
  async take(bytes: number): Promise<void> {
    if (this.takeAtOnce(bytes)) return;
    const wanted = Math.min(bytes, this.bytes);
    await new Promise<void>((go) => this.waiting.push({ bytes: wanted, go }));
  }

  /** Gives back what was taken. */
  give(bytes: number): void {
    this.free += Math.min(bytes, this.bytes);
    for (let next = this.waiting[0]; next !== undefined; next = this.waiting[0]) {
      if (next.bytes > this.free) return;
      this.waiting.shift();
      this.free -= next.bytes;
      next.go();
    }
  }
}
