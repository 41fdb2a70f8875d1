// From what a reader asks for to one version of one Dandiset at a source: no file is written.

import type { RecordSource, SourceVersion } from '../../adapters/record-source/record-source.ts';
import type { Reporter } from '../../adapters/terminal/progress.ts';
import type { Resource } from '../../core/download/resource.ts';
import { ArchiveError } from '../../core/error.ts';
import type { DandisetNumber } from '../../core/identifiers/dandiset-id.ts';
import { compareVersions } from '../../core/identifiers/version-id.ts';
import { parseJson } from '../../core/json/json-text.ts';

/** Opens the archive at an address, or the one at hand, for one Dandiset. */
export type OpenSource = (
  archive: string | undefined,
  number: DandisetNumber,
) => Promise<RecordSource>;

/** A version that was found. */
export interface FoundVersion {
  resource: Resource;
  source: RecordSource;
  at: SourceVersion;
  /** Set if no version was named, so that it was chosen: the newest published one, else the draft. */
  isChosen: boolean;
}

/** Finds the version that a resource names. @throws ArchiveError `usage`, `source-…` */
export async function findVersion(
  resource: Resource,
  number: DandisetNumber,
  open: OpenSource,
  reporter: Reporter,
): Promise<FoundVersion> {
  const source = await open(resource.archive, number);
  const { versions, problems } = await source.list(reporter);
  const failure = problems.find(({ severity }) => severity === 'error');
  const own = versions.filter((version) => version.number === number);
  if (own.length === 0) {
    const message = failure?.message ?? `There is no Dandiset ${number} at ${source.name}.`;
    throw new ArchiveError('source-unreadable', message);
  }
  const at =
    resource.version === undefined
      ? newestOf(own)
      : own.find(({ version }) => version === resource.version);
  if (at === undefined) {
    const named = own.map(({ version }) => version).join(', ');
    const message = `Dandiset ${number} has no version ${resource.version ?? ''} at ${source.name}.`;
    throw new ArchiveError('source-unreadable', message, { hint: `It has ${named}.` });
  }
  return { resource, source, at, isChosen: resource.version === undefined };
}

function newestOf(versions: readonly SourceVersion[]): SourceVersion | undefined {
  const published = versions.flatMap((one) =>
    one.version === 'draft' ? [] : [{ one, version: one.version }],
  );
  published.sort((a, b) => compareVersions(a.version, b.version));
  return published.at(-1)?.one ?? versions[0];
}

/** The metadata record of a version, as JSON text. @throws ArchiveError */
export async function readVersionRecord({ source, at }: FoundVersion): Promise<string> {
  const record = await source.readRecord(at);
  if (record.ok && parseJson(record.text).ok) return record.text;
  const { path, message } = record.ok
    ? { path: record.path, message: 'is not JSON' }
    : record.problem;
  throw new ArchiveError('source-unreadable', `${path}: ${message}`);
}
