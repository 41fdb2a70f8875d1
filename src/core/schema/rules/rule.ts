// What a rule beyond the schema is.

import type { JsonValue } from '../../json/json-text.ts';
import type { Severity } from '../../problem.ts';
import { partsOf, type RecordParts } from '../record-walk.ts';
import type { RecordKind, SchemaSettings } from '../record-models.ts';

/** What the rules know in addition to the record. */
export interface RuleContext {
  kind: RecordKind;
  settings: SchemaSettings;
  /** The record is as its author wrote it: the fields the archive computes are ignored. */
  authored?: boolean;
  /** The record came from another archive unchanged, and its own address is there. */
  imported?: boolean;
  /** The parts of this very record, if the caller has them already (see partsOf). */
  parts?: RecordParts;
}

/** A location in a record that breaks a rule, with what to do. */
export interface SemanticProblem {
  /** The id of the rule. */
  rule: string;
  /** JSON Pointer into the record. */
  pointer: string;
  message: string;
  hint: string;
}

/** A rule that JSON Schema cannot express. */
export interface SemanticRule {
  /** Stable kebab-case id. */
  id: string;
  severity: Severity;
  /** The rule in one line, for lists and the handbook. */
  title: string;
  /** Why it is required. */
  explanation: string;
  /** What to do where it is broken. */
  hint: string;
  appliesTo: readonly ('dandiset' | 'asset')[];
  /** Every location where the record breaks the rule (at most MOST_PLACES). */
  check(record: JsonValue, context: RuleContext): readonly SemanticProblem[];
}

/** The most locations that one rule names in one record. */
export const MOST_PLACES = 100;

/** A location in a record that breaks a rule; the message is a whole sentence. */
export interface Place {
  pointer: string;
  message: string;
}

/** The definition of a rule; an error unless it says otherwise. */
export interface RuleDefinition extends Omit<SemanticRule, 'check' | 'severity'> {
  severity?: Severity;
  find(record: JsonValue, context: RuleContext, parts: RecordParts): Iterable<Place>;
}

const NONE: readonly SemanticProblem[] = [];

/** A rule from its texts and the search for the locations that break it. */
export function defineRule({ find, severity = 'error', ...texts }: RuleDefinition): SemanticRule {
  return {
    severity,
    ...texts,
    check(record, context) {
      const parts = context.parts ?? partsOf(record, context.kind, context.authored ?? false);
      let problems: SemanticProblem[] | undefined;
      for (const { pointer, message } of find(record, context, parts)) {
        if (problems !== undefined && problems.length >= MOST_PLACES) break;
        (problems ??= []).push({ rule: texts.id, pointer, message, hint: texts.hint });
      }
      return problems ?? NONE;
    },
  };
}

/** Whether the record is one of a published version. */
export function isPublished({ kind }: RuleContext): boolean {
  return kind.startsWith('Published');
}
