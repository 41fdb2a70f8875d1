// The rule about derived.json, which names by digest what was read from the bytes.

import type { JsonValue } from '../json/json-text.ts';
import { problemOfDerived } from '../records/derived.ts';
import type { Rule } from './rule.ts';

/** derived.json names lists by their digest. */
export const DERIVED_SHAPE: Rule<JsonValue> = {
  id: 'derived-shape',
  severity: 'error',
  title: 'What was read from the bytes',
  explanation:
    'derived.json names what a workflow has read from the bytes of a Dandiset, such as the list of its recordings, each by its SHA-256. Without it nothing is known of what is in the files.',
  hint: 'Remove the file, and run "dandiset index" to make it anew.',
  *check(value) {
    const problem = problemOfDerived(value);
    if (problem !== undefined) yield { message: `derived.json ${problem}.` };
  },
};
