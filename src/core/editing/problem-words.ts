// How the form tells a problem. The command names fields as they stand in the file; the form calls
// them as it does on the page, and leaves out advice that says no more than the field shows.

import type { Problem } from '../problem.ts';
import { termWords, wordsOf } from './form-words.ts';

/** What is said of a problem. */
export interface ProblemWords {
  message: string;
  hint?: string;
}

function messageOf({ rule, pointer = '', message }: Problem): string {
  if (rule !== 'record-schema') return message;
  const label = (field: string): string => wordsOf('Dandiset', field).label;
  const missing = pointer === '' ? /must have "(\w+)"\.$/.exec(message)?.[1] : undefined;
  if (missing !== undefined) return `${label(missing)} is needed.`;
  const empty = /^(\w+) must have at least one entry\.$/.exec(message)?.[1];
  return empty === undefined ? message : `${label(empty)}: at least one is needed.`;
}

/** The words of a problem for those who fill in the form: `Title is needed.` */
export function problemInForm(problem: Problem): ProblemWords {
  const message = messageOf(problem);
  const told = message.charAt(0).toUpperCase() + message.slice(1);
  // Its one hint for all fields sends to the handbook; the form has a sentence at each field.
  if (problem.hint === undefined || problem.rule === 'record-schema') return { message: told };
  const spoken = (term: string): string => `"${termWords(term)}"`;
  return { message: told, hint: problem.hint.replace(/\bdcite:\w+/g, spoken) };
}
