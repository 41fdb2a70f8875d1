// The rules of DANDI's metadata that JSON Schema cannot express. Each is a value with an id and texts, so
// that the check command runs them and the handbook lists them.

import type { JsonValue } from '../json/json-text.ts';
import { partsOf } from './record-walk.ts';
import { assetIdentifier, blobDigest, contentSize, zarrDigest, zarrSize } from './rules/bytes.ts';
import { contactPerson, contactPersonEmail, emailForm, personName } from './rules/people.ts';
import { emptyVersion, publishedAddress, publishedDigest } from './rules/publication.ts';
import {
  calendarDate,
  embargoDate,
  identifierForm,
  propertyValue,
  resourceTarget,
  webAddress,
} from './rules/references.ts';
import type { RuleContext, SemanticProblem, SemanticRule } from './rules/rule.ts';

export type { RuleContext, SemanticProblem, SemanticRule };

/** Every rule beyond the schema, in the order they are reported. */
export const SEMANTIC_RULES: readonly SemanticRule[] = [
  contactPerson,
  contactPersonEmail,
  personName,
  emailForm,
  webAddress,
  identifierForm,
  resourceTarget,
  embargoDate,
  calendarDate,
  propertyValue,
  blobDigest,
  zarrDigest,
  zarrSize,
  contentSize,
  assetIdentifier,
  publishedDigest,
  emptyVersion,
  publishedAddress,
];

/** Where a record breaks the rules that apply to its kind, in the order of the rules. */
export function semanticProblems(record: JsonValue, context: RuleContext): SemanticProblem[] {
  const subject = context.kind.endsWith('Dandiset') ? 'dandiset' : 'asset';
  const known = { ...context, parts: partsOf(record, context.kind, context.authored ?? false) };
  return SEMANTIC_RULES.flatMap((rule) =>
    rule.appliesTo.includes(subject) ? rule.check(record, known) : [],
  );
}
