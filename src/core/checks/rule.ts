// What a rule is. Each rule is one object: its words (for reports and the handbook) and its check.
// A check looks at one subject (a tree, a record, a list …) and yields what it finds; it reads
// nothing, prints nothing and never throws on what a record holds.

import type { Severity } from '../problem.ts';

/** The words of a rule: all that the handbook needs. */
export interface RuleWords {
  /** Stable kebab-case id; never renamed, never reused. */
  id: string;
  severity: Severity;
  /** A short heading. */
  title: string;
  /** One plain sentence: what must hold, and why where that is not obvious. */
  explanation: string;
  /** The next step for whoever has to mend a problem. */
  hint: string;
  /**
   * Set where a problem can be mended even around an imported, frozen version, or must not be
   * passed over there. All other errors inside such a version are reported as warnings.
   */
  alwaysStrict?: true;
}

/** One problem that a check found; the rule's words fill in what is not said. */
export interface Finding {
  /** One plain sentence that names the subject. */
  message: string;
  /** The file, where it is not the one the subject was read from. */
  path?: string;
  line?: number;
  pointer?: string;
  /** The keyword of the JSON Schema that failed. */
  keyword?: string;
  /** The field that the object at `pointer` lacks. */
  missing?: string;
  hint?: string;
  /** Where this one is less severe than the rule. */
  severity?: Severity;
  /** Findings with the same words here are alike: of many only the first is told in full. */
  like?: string;
}

/** A rule over one kind of subject. */
export interface Rule<Subject> extends RuleWords {
  check(subject: Subject): Iterable<Finding>;
}

/** A rule over the lines of a list of assets, which are read one after another and not kept. */
export interface LineRule<List, Line> extends RuleWords {
  begin(list: List): (line: Line) => Iterable<Finding>;
}
