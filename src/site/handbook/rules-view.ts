// The rules of the check command as the handbook lists them: generated from the rules themselves, so that no
// rule can lack its line.

import { PULL_REQUEST_GROUPS, RULE_GROUPS, type RuleGroup } from '../../core/checks/index.ts';
import type { RuleWords } from '../../core/checks/rule.ts';

export interface RuleRow {
  /** Also the anchor: `/handbook/rules/#asset-path`. */
  id: string;
  severity: RuleWords['severity'];
  title: string;
  explanation: string;
  hint: string;
  /** Set where the rule stays an error inside an imported version. */
  isAlwaysStrict: boolean;
}

export interface RuleSection {
  title: string;
  rows: RuleRow[];
}

/** Every rule by what it checks, in the order of the command. */
export function ruleSections(
  groups: readonly RuleGroup[] = [...RULE_GROUPS, ...PULL_REQUEST_GROUPS],
): RuleSection[] {
  return groups.map(({ title, rules }) => ({
    title,
    rows: rules.map(({ id, severity, title: name, explanation, hint, alwaysStrict = false }) => ({
      id,
      severity,
      title: name,
      explanation,
      hint,
      isAlwaysStrict: alwaysStrict,
    })),
  }));
}
