// What a rule is. Each rule is one object: its texts (for reports and the handbook) and its check. A check
// looks at one subject (a tree, a record, a list …) and yields its findings; it reads nothing, prints nothing
// and never throws, whatever a record contains.

import type { Severity } from '../problem.ts';

/** The texts of a rule: all that the handbook needs. */
export interface RuleWords {
  /** Stable kebab-case id; never renamed, never reused. */
  id: string;
  severity: Severity;
  /** A short heading. */
  title: string;
  /** One plain sentence: what must hold, and why where that is not obvious. */
  explanation: string;
  /** The next step for the person who has to fix a problem. */
  hint: string;
  /**
   * Set if a problem can be fixed even around an imported, frozen version, or must not be ignored there. All
   * other errors inside such a version are reported as warnings.
   */
  alwaysStrict?: true;
}

/** One problem that a check found; the rule's texts fill in the rest. */
export interface Finding {
  /** One plain sentence that names the subject. */
  message: string;
  /** The file, if it is not the one the subject was read from. */
  path?: string;
  line?: number;
  pointer?: string;
  /** The keyword of the JSON Schema that failed. */
  keyword?: string;
  /** The field that the object at `pointer` lacks. */
  missing?: string;
  hint?: string;
  /** Set if this finding is less severe than the rule. */
  severity?: Severity;
  /** Findings with the same text here are alike: of many only the first is reported in full. */
  like?: string;
}

/** A rule over one kind of subject. */
export interface Rule<Subject> extends RuleWords {
  check(subject: Subject): Iterable<Finding>;
}

/** A rule over the lines of a list of assets, which are read one after another and not retained. */
export interface LineRule<List, Line> extends RuleWords {
  begin(list: List): (line: Line) => Iterable<Finding>;
}
