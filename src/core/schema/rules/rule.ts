// What a rule beyond the schema is.

import type { JsonValue } from '../../json/json-text.ts';
import type { Severity } from '../../problem.ts';
import { partsOf, type RecordParts } from '../record-walk.ts';
import type { RecordKind, SchemaSettings } from '../record-models.ts';

/** What the rules know beside the record. */
export interface RuleContext {
  kind: RecordKind;
  settings: SchemaSettings;
  /** The record is as its author wrote it: the fields the archive computes are not looked at. */
  authored?: boolean;
  /** The record came from another archive as it is, and its own address is there. */
  imported?: boolean;
  /** The parts of this very record, where the caller has them already (see partsOf). */
  parts?: RecordParts;
}

/** A place in a record that breaks a rule, with what to do. */
export interface SemanticProblem {
  /** The id of the rule. */
  rule: string;
  /** JSON Pointer into the record. */
  pointer: string;
  message: string;
  hint: string;
}

/** A rule that JSON Schema cannot say. */
export interface SemanticRule {
  /** Stable kebab-case id. */
  id: string;
  severity: Severity;
  /** The rule in one line, for lists and the handbook. */
  title: string;
  /** Why it is asked. */
  explanation: string;
  /** What to do where it is broken. */
  hint: string;
  appliesTo: readonly ('dandiset' | 'asset')[];
  /** Every place where the record breaks the rule (at most MOST_PLACES). */
  check(record: JsonValue, context: RuleContext): readonly SemanticProblem[];
}

/** The most places that one rule names in one record. */
export const MOST_PLACES = 100;

/** A place in a record that breaks a rule; the message is a whole sentence. */
export interface Place {
  pointer: string;
  message: string;
}

/** What a rule is made of; an error unless it says otherwise. */
export interface RuleDefinition extends Omit<SemanticRule, 'check' | 'severity'> {
  severity?: Severity;
  find(record: JsonValue, context: RuleContext, parts: RecordParts): Iterable<Place>;
}

const NONE: readonly SemanticProblem[] = [];

/** A rule from its texts and the search for the places that break it. */
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
