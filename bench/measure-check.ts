// How long checking a whole archive takes, compared with dandischema's validation of the same records.
// Everything is processor time, so that other load on the machine does not count.

import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { folderTree } from '../src/adapters/content-files/folder-tree.ts';
import { readArchive } from '../src/adapters/content-files/read-archive.ts';
import { sha256OfBytes } from '../src/adapters/digests/file-digests.ts';
import { schemaSettings } from '../src/core/checks/schema-findings.ts';
import {
  isJsonObject,
  parseJson,
  textMember,
  type JsonObject,
} from '../src/core/json/json-text.ts';
import { readableAssets } from '../src/core/records/asset-list.ts';
import { ASSETS_FILE, DANDISET_FILE, contentPlace } from '../src/core/records/layout.ts';
import { semanticProblems } from '../src/core/schema/semantic-rules.ts';
import { schemaProblems, type RecordKind } from '../src/core/schema/validate.ts';
import { decodeUtf8 } from '../src/core/text/utf8.ts';
import { python } from '../tests/support/process/python.ts';
import { checkArchive } from '../src/workflows/archive/check-archive.ts';

export interface CheckMeasure {
  assets: number;
  records: number;
  /** The whole check: reading, parsing, every rule, digests. Imports are not part of it. */
  check: number;
  /** The same on the first run, before the schemas are compiled: what a single command takes. */
  firstCheck: number;
  /**
   * Schema and the additional rules, over records in memory: comparable to what dandischema is measured on.
   */
  rules: number;
  dandischema: {
    records: number;
    /** As validate does by default. */
    models: { seconds: number; valid: number };
    /** With json_validation, as DANDI's archive calls it. */
    schema_and_models: { seconds: number; valid: number };
  };
}

interface RecordInMemory {
  record: JsonObject;
  kind: RecordKind;
}

async function recordsIn(content: string): Promise<RecordInMemory[]> {
  const tree = folderTree(content);
  const records: RecordInMemory[] = [];
  for (const { path: file } of await tree.list('dandisets')) {
    const place = contentPlace(file);
    const bytes = place.kind === 'version' ? await tree.read(file) : undefined;
    if (place.kind !== 'version' || bytes === undefined) continue;
    const isDraft = place.version === 'draft';
    if (place.file === ASSETS_FILE) {
      const kind = isDraft ? 'Asset' : 'PublishedAsset';
      for (const { metadata } of readableAssets(bytes)) records.push({ record: metadata, kind });
    } else if (place.file === DANDISET_FILE) {
      const parsed = parseJson(decodeUtf8(bytes) ?? '');
      if (!parsed.ok || !isJsonObject(parsed.value)) continue;
      records.push({ record: parsed.value, kind: isDraft ? 'Dandiset' : 'PublishedDandiset' });
    }
  }
  return records;
}

const RUNS = 4;

/** Seconds of processor time on the first run, and once warm. */
async function secondsOf(run: () => unknown): Promise<{ first: number; warm: number }> {
  const seconds: number[] = [];
  for (let count = 0; count < RUNS; count += 1) {
    const start = process.cpuUsage();
    await run();
    const { user, system } = process.cpuUsage(start);
    seconds.push((user + system) / 1e6);
  }
  return { first: seconds[0] ?? NaN, warm: seconds.at(-1) ?? NaN };
}

/** Checks the archive, then lets dandischema validate its records. */
export async function measureCheck(content: string): Promise<CheckMeasure> {
  let assets = 0;
  const check = await secondsOf(async () => {
    const { counts } = await checkArchive({ tree: folderTree(content), sha256: sha256OfBytes });
    ({ assets } = counts);
  });

  const settings = schemaSettings(await readArchive(folderTree(content)));
  const records = await recordsIn(content);
  const rules = await secondsOf(() => {
    for (const { record, kind } of records) {
      const question = { kind, settings, authored: !kind.startsWith('Published') };
      schemaProblems(record, { ...question, release: textMember(record, 'schemaVersion') ?? '' });
      semanticProblems(record, question);
    }
  });

  const script = path.join(import.meta.dirname, 'validate_records.py');
  const { status, stdout, stderr } = spawnSync(python.path, [script, content], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`dandischema could not be measured:\n${stderr}`);
  const dandischema = JSON.parse(stdout) as CheckMeasure['dandischema'];
  return {
    assets,
    records: records.length,
    check: check.warm,
    firstCheck: check.first,
    rules: rules.warm,
    dandischema,
  };
}
