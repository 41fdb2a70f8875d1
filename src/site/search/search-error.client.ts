/** A search that failed, with a sentence for the reader. */
export class SearchError extends Error {
  /** Whether the site did not answer at all, as without a network. */
  readonly isUnanswered: boolean;

  constructor(
    message: string,
    { isUnanswered = false, cause }: { isUnanswered?: boolean; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.isUnanswered = isUnanswered;
  }
}
