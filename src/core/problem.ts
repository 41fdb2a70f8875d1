// A problem is something wrong in data: a value that is collected and shown, never thrown. Operations that
// fail are errors (error.ts).

export type Severity = 'error' | 'warning' | 'hint';

export interface Problem {
  /** Stable kebab-case id of the rule that found it; never renamed, never reused. */
  rule: string;
  severity: Severity;
  /** The file it is in, relative to the content folder or the source, with `/`. */
  path: string;
  /** 1-based line, if the file has meaningful lines (assets.jsonl, broken JSON). */
  line?: number;
  /** JSON Pointer (RFC 6901) of the value inside the record, if there is one. */
  pointer?: string;
  /** For a rule that checks a record against a JSON Schema: the keyword that failed, `required`. */
  keyword?: string;
  /** The field that the object at `pointer` lacks, if that is the problem. */
  missing?: string;
  /** One plain sentence: what is wrong, on which subject. */
  message: string;
  /** The next step for the person who has to fix it. */
  hint?: string;
  /** How often the same was found in this file, if only the first is reported. */
  count?: number;
}

const SEVERITY_ORDER: Record<Severity, number> = { error: 0, warning: 1, hint: 2 };

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Errors before warnings before hints; those alike stay in their order. */
export function bySeverity(a: Problem, b: Problem): number {
  return SEVERITY_ORDER[a.severity] - SEVERITY_ORDER[b.severity];
}

/** Sorts problems by file, line, severity, rule and message, and drops exact repetitions. */
export function sortProblems(problems: readonly Problem[]): Problem[] {
  const sorted = [...problems].sort(
    (a, b) =>
      compareText(a.path, b.path) ||
      (a.line ?? 0) - (b.line ?? 0) ||
      bySeverity(a, b) ||
      compareText(a.rule, b.rule) ||
      compareText(a.pointer ?? '', b.pointer ?? '') ||
      compareText(a.message, b.message),
  );
  return sorted.filter((problem, index) => {
    const before = sorted[index - 1];
    return before === undefined || JSON.stringify(before) !== JSON.stringify(problem);
  });
}

/** How many problems there are of each severity. */
export function countBySeverity(problems: readonly Problem[]): Record<Severity, number> {
  const counts: Record<Severity, number> = { error: 0, warning: 0, hint: 0 };
  for (const problem of problems) counts[problem.severity] += 1;
  return counts;
}
