// Where a form shows a problem.

import type { Problem } from '../problem.ts';
import { escapePart } from '../schema/problem-message.ts';

/**
 * The pointer of the field that a problem is mended in. A field that is missing is told of the object
 * that lacks it, and shown at the field that is empty.
 */
export function placeInForm({ rule, pointer = '', message }: Problem): string {
  const missing =
    rule === 'record-schema' ? /must have "([^"]+)"\.$/.exec(message)?.[1] : undefined;
  return missing === undefined ? pointer : `${pointer}/${escapePart(missing)}`;
}
