// Posts the results of checking a pull request. The facts come from a run that an untrusted pull request
// started, so they are treated as untrusted; which pull request they belong to is determined by the forge.

import type { Forge } from '../../adapters/forge/forge.ts';
import { isJsonObject, parseJson } from '../../core/json/json-text.ts';
import type { Archive } from '../../core/records/archive.ts';
import { SUBMISSION_LABELS } from '../../core/submission/forge-addresses.ts';
import {
  MAX_REPORT_BYTES,
  toReport,
  type PullRequestReport,
} from '../../core/submission/pull-request-report.ts';
import {
  previewAddress,
  REPORT_MARK,
  reportText,
  WAITING_HOURS,
} from '../../core/submission/report-text.ts';
import { decodeUtf8 } from '../../core/text/utf8.ts';
import { rivalsOf } from './open-pulls.ts';

/** What is posted, and where. */
export interface ReportToPost {
  forge: Forge;
  archive: Archive;
  /** The bytes of the facts; undefined where the check left none. */
  facts: Uint8Array | undefined;
  /** The commit that was checked, according to the forge. */
  head: string;
}

const FAILED = [
  REPORT_MARK,
  '## The check could not finish',
  '',
  'It left no report that can be read. Its log says more; a curator looks at it.',
  '',
].join('\n');

function readFacts(bytes: Uint8Array | undefined, head: string): PullRequestReport | undefined {
  if (bytes === undefined || bytes.length > MAX_REPORT_BYTES) return undefined;
  const parsed = parseJson(decodeUtf8(bytes) ?? '');
  const report = parsed.ok && isJsonObject(parsed.value) ? toReport(parsed.value) : undefined;
  // Facts of another commit would vouch for files that were not checked.
  return report?.head === head ? report : undefined;
}

/** Writes the report into each open pull request with this head; returns their numbers. */
export async function postReport({ forge, archive, facts, head }: ReportToPost): Promise<number[]> {
  const open = await forge.openPulls();
  const pulls = open.filter((pull) => pull.head === head);
  const report = readFacts(facts, head);
  for (const { number } of pulls) {
    const text =
      report === undefined
        ? FAILED
        : reportText(report, {
            site: archive.site,
            preview: previewAddress(archive.repository, report),
            waitingHours: WAITING_HOURS,
            rivals: await rivalsOf(forge, open, number),
          });
    await forge.say(number, REPORT_MARK, text);
    const kind = report?.kind;
    if (kind === 'submission' || kind === 'draft' || kind === 'release') {
      await forge.label(number, [SUBMISSION_LABELS[kind]]);
    }
  }
  return pulls.map(({ number }) => number);
}
