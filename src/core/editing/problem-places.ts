// Where a form shows a problem.

import type { Problem } from '../problem.ts';
import { escapePart } from '../schema/problem-message.ts';

/**
 * The pointer of the field in which a problem is solved. A missing field is reported for the object that
 * lacks it, and shown at the empty field.
 */
export function placeInForm({ pointer = '', missing }: Problem): string {
  return missing === undefined ? pointer : `${pointer}/${escapePart(missing)}`;
}
