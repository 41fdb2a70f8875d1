// Withdrawing a version and redacting it: changes of content files that a curator reviews and commits like
// any other.

import { readText, type ContentTree } from '../../adapters/content-files/content-tree.ts';
import type { ContentWriter } from '../../adapters/content-files/content-writer.ts';
import { readArchive } from '../../adapters/content-files/read-archive.ts';
import { ArchiveError } from '../../core/error.ts';
import {
  dandisetFolder,
  formatDandisetIdentifier,
  type DandisetNumber,
} from '../../core/identifiers/dandiset-id.ts';
import type { PublishedVersionId } from '../../core/identifiers/version-id.ts';
import { parseJson, textMember } from '../../core/json/json-text.ts';
import { withRedaction, withWithdrawal } from '../../core/publishing/edit-status.ts';
import { filesToRemove, redactedRecord } from '../../core/publishing/redact-version.ts';
import { DANDISET_FILE, versionFolder } from '../../core/records/layout.ts';
import { MANIFEST_FILE, versionDigest } from '../../core/records/manifest.ts';
import { STATUS_FILE, toStatus } from '../../core/records/status.ts';
import { decodeUtf8 } from '../../core/text/utf8.ts';
import { versionsAmong } from '../publishing/read-release.ts';

export interface WithdrawOptions {
  tree: ContentTree;
  writer: ContentWriter;
  number: DandisetNumber;
  version: PublishedVersionId;
  reason: string;
  /** Login of the curator who decides. */
  by: string;
  /** ISO day. */
  date: string;
  successor?: PublishedVersionId;
  /** Whether the frozen bytes have to be removed too. */
  redact?: boolean;
  dryRun?: boolean;
}

/** One file that is written, or removed where there is no text. */
export interface FileEdit {
  path: string;
  text: string | undefined;
}

/** Makes edits, one after another. */
export async function applyEdits(writer: ContentWriter, edits: readonly FileEdit[]): Promise<void> {
  for (const { path, text } of edits) {
    if (text === undefined) await writer.remove(path);
    else await writer.write(path, new TextEncoder().encode(text));
  }
}

/** The edits of a withdrawal, in the order in which they are made. */
export interface WithdrawReport {
  /** `DANDI:000004/0.220126.1852`. */
  subject: string;
  edits: FileEdit[];
}

async function planEdits(options: WithdrawOptions): Promise<WithdrawReport> {
  const { tree, number, version, reason, by, date, successor } = options;
  const archive = await readArchive(tree);
  const identifier = formatDandisetIdentifier({ prefix: archive.identifierPrefix, number });
  const home = dandisetFolder(number);
  const paths = (await tree.list(home)).map(({ path }) => path);
  const versions = versionsAmong(paths, number);
  const notFound = (which: string): ArchiveError =>
    new ArchiveError('content-not-found', `There is no published version ${identifier}/${which}.`, {
      hint: versions.length === 0 ? 'None is published.' : `There is ${versions.join(', ')}.`,
    });
  if (!versions.includes(version)) throw notFound(version);
  if (successor !== undefined && !versions.includes(successor)) throw notFound(successor);
  const path = `${home}/${STATUS_FILE}`;
  const before = await readText(tree, path);
  const parsed = parseJson(before ?? '{}');
  const { withdrawals, redactions } = toStatus(parsed.ok ? parsed.value : {});
  if (successor === version || (successor !== undefined && withdrawals.has(successor))) {
    throw new ArchiveError('usage', `${successor} cannot be used instead: it is withdrawn itself.`);
  }
  const relying = [...withdrawals].find(([, entry]) => entry.successor === version)?.[0];
  if (relying !== undefined) {
    const message = `${identifier}/${version} is named as the version to use instead of ${relying}.`;
    const hint = 'Change "successor" of that withdrawal in status.json first.';
    throw new ArchiveError('usage', message, { hint });
  }
  const isWithdrawn = withdrawals.has(version);
  if (options.redact !== true) {
    if (isWithdrawn)
      throw new ArchiveError('usage', `${identifier}/${version} is withdrawn already.`);
    const entry = { reason, date, by, ...(successor === undefined ? {} : { successor }) };
    return {
      subject: `${identifier}/${version}`,
      edits: [{ path, text: withWithdrawal(before, version, entry) }],
    };
  }
  if (redactions.has(version)) {
    throw new ArchiveError('usage', `${identifier}/${version} is redacted already.`);
  }
  const folder = versionFolder(number, version);
  const manifest = await tree.read(`${folder}/${MANIFEST_FILE}`);
  if (manifest === undefined) throw notFound(version);
  const frozen = parseJson(decodeUtf8(manifest) ?? '');
  const datePublished = frozen.ok ? (textMember(frozen.value, 'datePublished') ?? '') : '';
  const redaction = { notice: reason, date, by, digest: versionDigest(manifest) };
  const entry = { reason, date, by, ...(successor === undefined ? {} : { successor }) };
  const withdrawn = isWithdrawn ? before : withWithdrawal(before, version, entry);
  const names = paths
    .filter((name) => name.startsWith(`${folder}/`))
    .map((name) => name.slice(folder.length + 1));
  return {
    subject: `${identifier}/${version}`,
    edits: [
      // The status first: a version without its bytes and without a status would look damaged.
      { path, text: withRedaction(withdrawn, version, redaction) },
      {
        path: `${folder}/${DANDISET_FILE}`,
        text: redactedRecord({ identifier, version, datePublished, notice: reason }),
      },
      ...filesToRemove(names).map((name) => ({ path: `${folder}/${name}`, text: undefined })),
    ],
  };
}

/**
 * Withdraws a version, and redacts it on request. A redacted version is withdrawn too.
 *
 * @throws ArchiveError `content-not-found` for a version that does not exist, `usage` for one that is
 * withdrawn already or a successor that cannot be used.
 */
export async function withdrawVersion(options: WithdrawOptions): Promise<WithdrawReport> {
  const { writer, dryRun } = options;
  const report = await planEdits(options);
  if (dryRun === true) return report;
  await applyEdits(writer, report.edits);
  return report;
}
