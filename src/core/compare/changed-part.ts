// Where two texts differ: what both begin and end with is cut to a few words on either side, so
// that one corrected word in a long description is seen.

export interface ChangedPart {
  /** The end of what both texts begin with. */
  lead: string;
  before: string;
  after: string;
  /** The beginning of what both texts end with. */
  tail: string;
}

const CONTEXT = 60;

const isBlank = (text: string, at: number): boolean => /\s/.test(text[at] ?? ' ');

function commonStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  while (length < most && a[length] === b[length]) length += 1;
  if (length === a.length && length === b.length) return length;
  // Whole words differ, not the ends of words.
  while (length > 0 && !(isBlank(a, length - 1) && isBlank(b, length - 1))) length -= 1;
  return length;
}

function commonEnd(a: string, b: string, most: number): number {
  let length = 0;
  while (length < most && a[a.length - 1 - length] === b[b.length - 1 - length]) length += 1;
  while (length > 0 && !(isBlank(a, a.length - length) && isBlank(b, b.length - length)))
    length -= 1;
  return length;
}

/** The part in which two texts differ, in whole words, with a little of what stands around it. */
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
