// What a run of the registrar leaves: work that is pending on a person or another system, whether that is a
// failure, and what is reported to the runner of a workflow.

import { appendFile } from 'node:fs/promises';
import type { Problem } from '../../core/problem.ts';
import { asCode } from '../../core/submission/report-text.ts';
import type { DoiReport } from '../../workflows/publishing/register-dois.ts';
import type { RegistrarReport } from '../../workflows/publishing/registrar.ts';

/** Summaries are read by people; everything is in the log. */
const MAX_PROBLEMS = 100;

/** Pending folders, and DOIs: `doi:10.12345/…`. */
export function stillPending({ waiting }: RegistrarReport, { failed }: DoiReport): string[] {
  const dois = failed.map(({ doi }) => (doi === '' ? 'DOIs' : `doi:${doi}`));
  return [...waiting, ...dois];
}

function problemLine({ path, rule, message }: Problem): string {
  const place = path === '' ? '' : `${asCode(path)} `;
  return `- ${place}${rule}: ${asCode(message)}`;
}

/** The outcome of a step, before its subject. */
export const DONE = {
  accept: 'Accepted',
  publish: 'Published',
  drop: 'Nothing new in',
  resolve: 'Wrote the accounts of owners of',
} as const;

/** The summary of the step in a workflow, as Markdown; untrusted text is code in it. */
export function summaryText(report: RegistrarReport, dois: DoiReport): string {
  // A forge that does not answer is a warning, and belongs to no file.
  const problems = report.problems.filter(
    ({ severity, path }) => severity === 'error' || path === '',
  );
  const waiting = stillPending(report, dois);
  const lines = [
    ...report.steps.map(({ kind, subject }) => `- ${DONE[kind]} ${asCode(subject)}`),
    ...dois.registered.map((doi) => `- Registered ${asCode(doi)}`),
    ...dois.reserved.map((doi) => `- Reserved ${asCode(doi)}`),
    ...(waiting.length === 0 ? [] : ['', '**Waiting**', '']),
    ...waiting.map((one) => `- ${asCode(one)}`),
    ...(problems.length === 0 ? [] : ['', '**Why**', '']),
    ...problems.slice(0, MAX_PROBLEMS).map(problemLine),
    ...dois.failed.map(({ reason }) => `- ${asCode(reason)}`),
  ];
  return `${(lines.length === 0 ? ['Nothing waits.'] : lines).join('\n').trimStart()}\n`;
}

/** Reports to the runner of a workflow, if any: a summary, and the output `waits`. */
export async function tellRunner(
  report: RegistrarReport,
  dois: DoiReport,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const { GITHUB_STEP_SUMMARY: summary = '', GITHUB_OUTPUT: output = '' } = env;
  if (summary !== '') await appendFile(summary, summaryText(report, dois));
  const waits = stillPending(report, dois).length > 0;
  if (output !== '') await appendFile(output, `waits=${waits}\n`);
}
