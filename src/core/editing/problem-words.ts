// The texts of a problem in the form. The command names fields as the file does; the form calls them as the
// page does, and leaves out advice that says no more than the field shows.

import type { Problem } from '../problem.ts';
import { pointerParts } from '../schema/problem-message.ts';
import { termWords, formFieldWords } from './form-words.ts';

/** What is said of a problem. */
export interface ProblemWords {
  message: string;
  hint?: string;
}

const label = (field: string): string => formFieldWords('Dandiset', field).label;

function messageOf({ pointer = '', keyword, missing, message }: Problem): string {
  if (missing !== undefined && pointer === '') return `${label(missing)} is needed.`;
  const [field, ...inside] = pointerParts(pointer);
  if (keyword === 'minItems' && field !== undefined && inside.length === 0) {
    return `${label(field)}: at least one is needed.`;
  }
  return message;
}

/** The text of a problem for people who fill in the form: `Title is needed.` */
export function problemInForm(problem: Problem): ProblemWords {
  const message = messageOf(problem);
  const sentence = message.charAt(0).toUpperCase() + message.slice(1);
  // The general hint for fields refers to the handbook; the form has a sentence at each field.
  if (problem.hint === undefined || problem.rule === 'record-schema') return { message: sentence };
  const spoken = (term: string): string => `"${termWords(term)}"`;
  return { message: sentence, hint: problem.hint.replace(/\bdcite:\w+/g, spoken) };
}
