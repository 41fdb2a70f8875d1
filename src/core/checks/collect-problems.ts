// Gathers findings as problems. A list of 20,000 assets can have the same fault 20,000 times: of
// findings that are alike in one file, many are told once, with their number.

import type { Problem } from '../problem.ts';
import type { Finding, LineRule, Rule, RuleWords } from './rule.ts';

/** So many findings that are alike in one file are told one by one. */
export const MOST_ALIKE = 20;

/** Where findings come from, and how severe they are there. */
export interface Origin {
  /** The file a finding lies in that names no other. */
  path: string;
  /** Whether the file belongs to an imported, frozen version: its errors are warnings. */
  imported?: boolean;
}

interface Alike {
  first: Problem[];
  count: number;
}

function likeness(rule: RuleWords, path: string, { like, pointer }: Finding): string {
  const place = like ?? (pointer ?? '').replace(/\/\d+(?=\/|$)/g, '/*');
  return `${rule.id}\n${path}\n${place}`;
}

// Nobody can mend anything in such a version here, whatever the rule's own hint says.
const FROZEN_ELSEWHERE =
  'This version is frozen as it came from its source; only a newer version there can mend it.';

function toProblem(rule: RuleWords, finding: Finding, origin: Origin): Problem {
  const lenient = origin.imported === true && rule.alwaysStrict !== true;
  const severity = finding.severity ?? rule.severity;
  const problem: Problem = {
    rule: rule.id,
    severity: lenient && severity === 'error' ? 'warning' : severity,
    path: finding.path ?? origin.path,
    message: finding.message,
    hint: lenient ? FROZEN_ELSEWHERE : (finding.hint ?? rule.hint),
  };
  if (finding.line !== undefined) problem.line = finding.line;
  if (finding.pointer !== undefined) problem.pointer = finding.pointer;
  return problem;
}

/** Collects problems; memory is bounded by the number of different faults, not of faults. */
export class ProblemCollector {
  /** How many findings there were, those told together included. */
  found = 0;
  private readonly groups = new Map<string, Alike>();

  add(rule: RuleWords, findings: Iterable<Finding>, origin: Origin): void {
    for (const finding of findings) {
      this.found += 1;
      const key = likeness(rule, finding.path ?? origin.path, finding);
      const group = this.groups.get(key) ?? { first: [], count: 0 };
      group.count += 1;
      if (group.count <= MOST_ALIKE) group.first.push(toProblem(rule, finding, origin));
      this.groups.set(key, group);
    }
  }

  /** Runs every rule over a subject. */
  check<Subject>(rules: readonly Rule<Subject>[], subject: Subject, origin: Origin): void {
    for (const rule of rules) this.add(rule, rule.check(subject), origin);
  }

  /** Begins every rule on a list; the answer takes its lines. */
  checkLines<List, Line>(
    rules: readonly LineRule<List, Line>[],
    list: List,
    origin: Origin,
  ): (line: Line) => void {
    const begun = rules.map((rule) => ({ rule, visit: rule.begin(list) }));
    return (line) => {
      for (const { rule, visit } of begun) this.add(rule, visit(line), origin);
    };
  }

  /** What was found, in the order it was found. */
  problems(): Problem[] {
    return [...this.groups.values()].flatMap(({ first, count }) => {
      const [one] = first;
      if (count <= MOST_ALIKE || one === undefined) return first;
      const more = (count - 1).toLocaleString('en-US');
      return [{ ...one, count, message: `${one.message} (The same ${more} more times.)` }];
    });
  }
}
