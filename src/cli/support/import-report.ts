// What `dandiset import` says about what it did, or would do.

import { visibleText } from '../../adapters/terminal/visible-text.ts';
import type { ImportReport } from '../../workflows/archive/import-archive.ts';
import type { PlannedVersion } from '../../workflows/archive/import-plan.ts';
import { countOf } from '../../core/text/format.ts';

/** Dandisets, versions and assets by what happens to them. */
export function totalsOf(versions: readonly PlannedVersion[]): Record<string, number> {
  const having = (action: PlannedVersion['action']): number =>
    versions.filter((version) => version.action === action).length;
  const taken = versions.filter((version) => version.action !== 'left-out');
  return {
    dandisets: new Set(taken.map((version) => version.number)).size,
    versions: taken.length,
    assets: taken.reduce((sum, version) => sum + (version.assets ?? 0), 0),
    added: having('add'),
    updated: having('update'),
    unchanged: having('unchanged'),
    leftOut: having('left-out'),
  };
}

/** The plan, one line for each file that changes. */
export function planLines(report: ImportReport): string[] {
  const lines = report.settings.map(({ action, path: file }) => `${action}  ${visibleText(file)}`);
  for (const { number, version, action, assets, files } of report.versions) {
    if (action === 'unchanged') continue;
    const list = assets === null ? 'no list' : countOf(assets, 'asset');
    lines.push(
      `${action}  ${number}/${version}  ${action === 'left-out' ? 'see the problems below' : list}`,
    );
    lines.push(...files.map((file) => `    ${file.action}  ${file.path}`));
  }
  return lines;
}

/** What was imported, and its outcome. */
export function summaryLines({ versions }: ImportReport, dryRun: boolean): string[] {
  const totals = totalsOf(versions);
  const count = (key: string): number => totals[key] ?? 0;
  const held = [
    countOf(count('dandisets'), 'Dandiset'),
    countOf(count('versions'), 'version'),
    countOf(count('assets'), 'asset'),
  ];
  const changes = (['added', 'updated', 'unchanged'] as const)
    .filter((key) => count(key) > 0)
    .map((key) => `${count(key)} ${key}`);
  if (count('leftOut') > 0) changes.push(`${count('leftOut')} left out`);
  const verb = dryRun ? 'Would import' : 'Imported';
  const nothing = versions.length > 0 && count('unchanged') === versions.length;
  return [
    `${verb} ${held.join(', ')}: ${changes.join(', ') || 'nothing'}.`,
    ...(nothing ? ['Nothing changed: everything was here already.'] : []),
  ];
}
