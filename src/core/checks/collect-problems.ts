// Collects findings as problems. A list of 20,000 assets can have the same problem 20,000 times: many like
// findings in one file are reported once, with their number. A file can also have as many problems that
// differ: the first of them are reported, and the others counted.

import type { Problem } from '../problem.ts';
import type { Finding, LineRule, Rule, RuleWords } from './rule.ts';

/** Number of like findings in one file that are reported one by one. */
export const MOST_ALIKE = 20;
/** Number of findings of one rule in one file that are retained. */
export const MOST_KEPT = 1000;
/** A location contains keys of the record, which can have any length. */
const LONGEST_PLACE = 1000;

/** Where findings come from, and how severe they are there. */
export interface Origin {
  /** The file of findings that name no other. */
  path: string;
  /** Whether the file belongs to an imported, frozen version: its errors are warnings. */
  imported?: boolean;
}

interface Alike {
  first: Problem[];
  count: number;
}

/** The findings of one rule in one file. */
interface Found {
  /** How many findings are retained. */
  kept: number;
  alike: Map<string, Alike>;
  /** The number of those beyond the retained ones and unlike them, by severity. */
  others: Map<string, Alike>;
}

function likeness({ like, pointer }: Finding): string {
  const place = like ?? (pointer ?? '').replace(/\/\d+(?=\/|$)/g, '/*');
  return place.slice(0, LONGEST_PLACE);
}

/** The location, or its nearest ancestor whose name is not too long. */
function shortened(pointer: string): string {
  if (pointer.length <= LONGEST_PLACE) return pointer;
  return pointer.slice(0, pointer.lastIndexOf('/', LONGEST_PLACE));
}

// Nobody can fix anything in such a version here, whatever the rule's own hint says.
const FROZEN_ELSEWHERE =
  'This version is frozen as it came from its source; only a newer version there can fix it.';

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
  if (finding.keyword !== undefined) problem.keyword = finding.keyword;
  if (finding.pointer !== undefined) problem.pointer = shortened(finding.pointer);
  // It is a field of the object at the pointer, and not of its ancestors.
  if (finding.missing !== undefined && problem.pointer === finding.pointer) {
    problem.missing = finding.missing;
  }
  return problem;
}

/** Collects problems; memory is bounded by the number of files and rules, not of problems. */
export class ProblemCollector {
  /** How many findings there were, including those reported together. */
  found = 0;
  private readonly files = new Map<string, Found>();

  add(rule: RuleWords, findings: Iterable<Finding>, origin: Origin): void {
    for (const finding of findings) {
      this.found += 1;
      const found = this.foundIn(rule, finding.path ?? origin.path);
      const key = likeness(finding);
      const isFull = found.kept >= MOST_KEPT;
      const known = found.alike.get(key);
      if (known === undefined && isFull) {
        const one = found.others.get(finding.severity ?? rule.severity);
        if (one !== undefined) one.count += 1;
        else {
          const first = [toProblem(rule, finding, origin)];
          found.others.set(finding.severity ?? rule.severity, { first, count: 1 });
        }
        continue;
      }
      const group = known ?? { first: [], count: 0 };
      group.count += 1;
      if (group.count <= MOST_ALIKE && !isFull) {
        group.first.push(toProblem(rule, finding, origin));
        found.kept += 1;
      }
      found.alike.set(key, group);
    }
  }

  private foundIn(rule: RuleWords, path: string): Found {
    const key = `${rule.id}\n${path}`;
    const found = this.files.get(key) ?? { kept: 0, alike: new Map(), others: new Map() };
    this.files.set(key, found);
    return found;
  }

  /** Runs every rule over a subject. */
  check<Subject>(rules: readonly Rule<Subject>[], subject: Subject, origin: Origin): void {
    for (const rule of rules) this.add(rule, rule.check(subject), origin);
  }

  /** Starts every rule on a list; the returned object takes its lines. */
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

  /** The findings, in the order they were found. */
  problems(): Problem[] {
    const told = ({ first, count }: Alike, words: (more: string) => string): Problem[] => {
      const [one] = first;
      if (count === first.length || one === undefined) return first;
      const more = (count - 1).toLocaleString('en-US');
      return [{ ...one, count, message: `${one.message} (${words(more)}.)` }];
    };
    return [...this.files.values()].flatMap(({ alike, others }) => [
      ...[...alike.values()].flatMap((group) =>
        told(group, (more) =>
          more === '1' ? 'The same once more' : `The same ${more} more times`,
        ),
      ),
      ...[...others.values()].flatMap((group) =>
        told(group, (more) => `${more} more of this rule, each different`),
      ),
    ]);
  }
}
