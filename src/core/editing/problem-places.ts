// Where a form shows a problem.

import type { Problem } from '../problem.ts';
import { escapePart } from '../schema/problem-message.ts';

/**
 * The pointer of the field that a problem is solved in. A field that is missing is reported of the object
 * that lacks it, and shown at the field that is empty.
 */
export function placeInForm({ pointer = '', missing }: Problem): string {
  return missing === undefined ? pointer : `${pointer}/${escapePart(missing)}`;
}
