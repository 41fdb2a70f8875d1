// Rules about fixity: every frozen file is the one its manifest names, and each manifest names its
// predecessor, so that one digest covers everything published up to a version.

import { canonicalJson } from '../json/canonical.ts';
import { parseJson, textMember } from '../json/json-text.ts';
import { formatDandisetIdentifier } from '../identifiers/dandiset-id.ts';
import { isRealMinute } from '../identifiers/version-id.ts';
import { DANDISET_FILE } from '../records/layout.ts';
import { MANIFEST_FILE, type FrozenFile, type Manifest } from '../records/manifest.ts';
import { quote } from '../text/quote.ts';
import type { Finding, Rule } from './rule.ts';
import type { DandisetSubject, FrozenVersionSubject } from './subjects.ts';
import { plainCountOf } from '../text/format.ts';

type FrozenRule = Rule<FrozenVersionSubject>;

const RESTORE =
  'Restore the file from the commit that published it; a published version never changes.';

function manifestOf({ manifest }: FrozenVersionSubject): Manifest | undefined {
  return typeof manifest === 'object' ? manifest : undefined;
}

function manifestPath({ folder }: FrozenVersionSubject): string {
  return `${folder}/${MANIFEST_FILE}`;
}

/** Published versions have a manifest. */
export const MANIFEST_MISSING: FrozenRule = {
  id: 'manifest-missing',
  severity: 'error',
  title: 'A published version has a manifest',
  explanation: 'manifest.json names every frozen file of a published version by size and sha256.',
  hint: 'Versions are published by the registrar or imported; both write the manifest.',
  alwaysStrict: true,
  *check(version) {
    if (version.manifest === undefined) {
      yield { path: manifestPath(version), message: `Version ${version.version} has no manifest.` };
    }
  },
};

/** Manifests of the right shape. */
export const MANIFEST_SHAPE: FrozenRule = {
  id: 'manifest-shape',
  severity: 'error',
  title: 'The parts of a manifest',
  explanation:
    'A manifest holds schema, identifier, version, datePublished, files, assets, previous and, of an imported version, source.',
  hint: RESTORE,
  alwaysStrict: true,
  *check(version) {
    if (typeof version.manifest !== 'string') return;
    yield { path: manifestPath(version), message: `The manifest ${version.manifest}.` };
  },
};

/** Manifests in canonical form. */
export const MANIFEST_FORM: FrozenRule = {
  id: 'manifest-form',
  severity: 'error',
  title: 'Manifests in canonical form',
  explanation:
    'A manifest is canonical JSON (RFC 8785) and nothing after it, since its sha256 is the digest of the version.',
  hint: RESTORE,
  alwaysStrict: true,
  *check(version) {
    const text = version.manifestText;
    const parsed = text === undefined ? undefined : parseJson(text);
    if (parsed?.ok !== true) return;
    let canonical: string | undefined;
    try {
      canonical = canonicalJson(parsed.value);
    } catch {
      // Numbers and texts that canonical JSON cannot represent: not canonical.
    }
    if (canonical !== text) {
      yield { path: manifestPath(version), message: 'The manifest is not in canonical form.' };
    }
  },
};

/** Manifests that name their own version. */
export const MANIFEST_IDENTITY: FrozenRule = {
  id: 'manifest-identity',
  severity: 'error',
  title: 'A manifest names its own version',
  explanation:
    'Identifier and version in a manifest are those of its folder, its date is that in the record.',
  hint: RESTORE,
  alwaysStrict: true,
  *check(version) {
    const manifest = manifestOf(version);
    if (manifest === undefined) return;
    const path = manifestPath(version);
    const prefix = version.archive.identifierPrefix;
    const inFolder = [
      ['identifier', formatDandisetIdentifier({ prefix, number: version.number })],
      ['version', version.version],
    ] as const;
    for (const [key, meant] of inFolder) {
      if (manifest[key] === meant) continue;
      const message = `The manifest says ${quote(manifest[key])}, the folder ${quote(meant)}.`;
      yield { path, pointer: `/${key}`, message };
    }
    if (version.record === undefined || version.redacted) return;
    const date = textMember(version.record, 'datePublished');
    if (manifest.datePublished === date) return;
    const said = date === undefined ? 'none' : quote(date);
    const message = `The manifest says ${quote(manifest.datePublished)}, the record ${said}.`;
    yield { path, pointer: '/datePublished', message };
  },
};

function fileDifference(frozen: FrozenFile, found: FrozenFile): string | undefined {
  if (frozen.size !== found.size)
    return `has ${plainCountOf(found.size, 'byte')} instead of ${frozen.size}`;
  if (frozen.sha256 !== found.sha256)
    return `has the sha256 ${found.sha256} instead of ${frozen.sha256}`;
  return undefined;
}

/** Versions that are named after a minute. */
export const VERSION_DATE: FrozenRule = {
  id: 'version-date',
  severity: 'error',
  title: 'A version is named by a minute',
  explanation:
    'The number of a published version is the minute it was published in, 0.YYMMDD.HHMM in UTC, so that versions stand in their order.',
  hint: 'Remove the folder; the registrar names versions, and a request to publish is draft/release.json.',
  *check({ version, folder }) {
    if (isRealMinute(version)) return;
    yield { path: folder, message: `${version} is no version: there is no such day or minute.` };
  },
};

/** Frozen files are as they were. */
export const FROZEN_FILE_CHANGED: FrozenRule = {
  id: 'frozen-file-changed',
  severity: 'error',
  title: 'Frozen files are as they were',
  explanation: 'Each file of a published version has the size and the sha256 of its manifest.',
  hint: RESTORE,
  alwaysStrict: true,
  *check(version) {
    if (version.redacted) return;
    const found = new Map(version.files.map((file) => [file.name, file]));
    for (const frozen of manifestOf(version)?.files ?? []) {
      const file = found.get(frozen.name);
      const difference = file === undefined ? undefined : fileDifference(frozen, file);
      if (difference === undefined) continue;
      yield { path: `${version.folder}/${frozen.name}`, message: `The frozen file ${difference}.` };
    }
  },
};

/** Frozen files exist. */
export const FROZEN_FILE_MISSING: FrozenRule = {
  id: 'frozen-file-missing',
  severity: 'error',
  title: 'Frozen files are there',
  explanation: 'Each file that a manifest names lies beside it, dandiset.json among them.',
  hint: RESTORE,
  alwaysStrict: true,
  *check(version) {
    const manifest = manifestOf(version);
    if (manifest === undefined || version.redacted) return;
    const found = new Set(version.files.map(({ name }) => name));
    const path = manifestPath(version);
    for (const { name } of manifest.files) {
      if (!found.has(name)) yield { path, message: `The frozen file ${quote(name)} is not there.` };
    }
    if (!manifest.files.some(({ name }) => name === DANDISET_FILE)) {
      yield { path, message: `The manifest does not name ${DANDISET_FILE}.` };
    }
  },
};

/** Nothing but the frozen files. */
export const FROZEN_FILE_EXTRA: FrozenRule = {
  id: 'frozen-file-extra',
  severity: 'error',
  title: 'Nothing beside the frozen files',
  explanation: 'The folder of a published version holds no file that its manifest does not name.',
  hint: 'Remove the file.',
  alwaysStrict: true,
  *check(version) {
    const manifest = manifestOf(version);
    if (manifest === undefined) return;
    const named = new Set(manifest.files.map(({ name }) => name));
    for (const { name } of version.files) {
      if (named.has(name)) continue;
      yield { path: `${version.folder}/${name}`, message: 'The manifest does not name this file.' };
    }
  },
};

/** Sums of the manifest. */
export const MANIFEST_COUNTS: FrozenRule = {
  id: 'manifest-counts',
  severity: 'error',
  title: 'A manifest counts its list',
  explanation: 'The number of assets and of their bytes in a manifest are those of the list.',
  hint: RESTORE,
  alwaysStrict: true,
  *check(version) {
    const manifest = manifestOf(version);
    const { totals } = version;
    if (manifest === undefined || version.redacted) return;
    const path = manifestPath(version);
    if (totals === undefined) {
      // A separate rule covers a list that is named but missing.
      const held = [...version.files, ...manifest.files].some(({ name }) => name !== DANDISET_FILE);
      if (manifest.assets === null || held) return;
      yield {
        path,
        pointer: '/assets',
        message: 'The manifest counts assets, but there is no list.',
      };
      return;
    }
    for (const key of ['count', 'bytes'] as const) {
      const said = manifest.assets?.[key];
      if (said === totals[key]) continue;
      const pointer = manifest.assets === null ? '/assets' : `/assets/${key}`;
      const message = `The manifest says ${key} ${said ?? 'nothing'}, the list has ${totals[key]}.`;
      yield { path, pointer, message };
    }
  },
};

function chainFinding(
  version: FrozenVersionSubject,
  all: readonly FrozenVersionSubject[],
): Finding | undefined {
  const manifest = manifestOf(version);
  if (manifest === undefined) return undefined;
  const path = manifestPath(version);
  const pointer = '/previous';
  const { previous } = manifest;
  if (manifest.source !== undefined) {
    if (previous === null) return undefined;
    return { path, pointer, message: 'An imported version names no version before it.' };
  }
  const before = all[all.indexOf(version) - 1];
  if (previous === (before?.digest ?? null)) return undefined;
  const meant =
    before === undefined ? 'there is none' : `the version before it is ${before.version}`;
  if (previous === null)
    return { path, pointer, message: `No version is named before it, but ${meant}.` };
  const named = all.find(({ digest }) => digest === previous);
  const what = named === undefined ? 'a digest that no version has' : `version ${named.version}`;
  const wanted = before?.digest === undefined ? meant : `${meant} (${before.digest})`;
  return {
    path,
    pointer,
    message: `The chain is broken at ${version.version}: it names ${what} (${previous}), but ${wanted}.`,
  };
}

/** The chain of digests. */
export const MANIFEST_CHAIN: Rule<DandisetSubject> = {
  id: 'manifest-chain',
  severity: 'error',
  title: 'Each version names the one before it',
  explanation:
    '"previous" is the digest of the version published before, or null for the first one and for imported versions, so that nothing in the past can be exchanged unseen.',
  hint: 'Find the commit that changed the manifest of the version named, and restore it.',
  alwaysStrict: true,
  *check({ versions }) {
    for (const version of versions) {
      const finding = chainFinding(version, versions);
      if (finding !== undefined) yield finding;
    }
  },
};

/** The rules about one published version. */
export const FROZEN_RULES: readonly FrozenRule[] = [
  MANIFEST_MISSING,
  MANIFEST_SHAPE,
  MANIFEST_FORM,
  MANIFEST_IDENTITY,
  VERSION_DATE,
  FROZEN_FILE_CHANGED,
  FROZEN_FILE_MISSING,
  FROZEN_FILE_EXTRA,
  MANIFEST_COUNTS,
];
