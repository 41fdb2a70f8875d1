// Where two texts differ: their common beginning and end are cut to a few words on either side, so that one
// corrected word in a long description is visible.

export interface ChangedPart {
  /** The end of the common beginning. */
  lead: string;
  before: string;
  after: string;
  /** The beginning of the common end. */
  tail: string;
}

const CONTEXT = 60;

/** Whether a word begins or ends between two characters of a text. */
function isBetweenWords(text: string, at: number): boolean {
  return /^\s|\s$|^.?$/s.test(text.slice(Math.max(0, at - 1), at + 1));
}

function commonStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a[length] === b[length]) length += 1;
  // Whole words differ, not the ends of words.
  while (length > 0 && !(isBetweenWords(a, length) && isBetweenWords(b, length))) length -= 1;
  return length;
}

function commonEnd(a: string, b: string, most: number): number {
  let length = 0;
  while (length < most && a[a.length - 1 - length] === b[b.length - 1 - length]) length += 1;
  const isWhole = (text: string): boolean => isBetweenWords(text, text.length - length);
  while (length > 0 && !(isWhole(a) && isWhole(b))) length -= 1;
  return length;
}

/** The part in which two texts differ, in whole words, with a little context around it. */
export function changedPart(before: string, after: string): ChangedPart {
  const start = commonStart(before, after);
  const end = commonEnd(before, after, Math.min(before.length, after.length) - start);
  const lead = before.slice(0, start);
  const tail = before.slice(before.length - end);
  return {
    lead: lead.length > CONTEXT ? `…${lead.slice(-CONTEXT).replace(/^\S*/, '')}` : lead,
    before: before.slice(start, before.length - end),
    after: after.slice(start, after.length - end),
    tail: tail.length > CONTEXT ? `${tail.slice(0, CONTEXT).replace(/\S*$/, '')}…` : tail,
  };
}
