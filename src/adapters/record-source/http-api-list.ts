// What an API lists: its Dandisets and their versions. The same for DANDI's own API and for the documents
// that an archive of this program publishes.

import { compareUtf8 } from '../../core/identifiers/asset-path.ts';
import {
  parseDandisetIdentifier,
  parseDandisetNumber,
  type DandisetNumber,
} from '../../core/identifiers/dandiset-id.ts';
import { parseVersion } from '../../core/identifiers/version-id.ts';
import { member, textMember, type JsonValue } from '../../core/json/json-text.ts';
import { quote } from '../../core/text/quote.ts';
import { sourceProblem } from '../../core/checks/source-rules.ts';
import type { Problem } from '../../core/problem.ts';
import type { Reporter } from '../terminal/progress.ts';
import { listedItems, type HttpApi } from './http-api.ts';
import { getJson } from './http-json.ts';
import { inOrder } from './in-order.ts';
import type { SourceVersion } from './record-source.ts';
import { problemOf } from './source-files.ts';

/** Concurrent requests: a browser's own limit. */
export const AT_ONCE = 6;

interface NamedDandiset {
  number: DandisetNumber;
  /** The document says that nothing is published, so its versions need not be requested. */
  isDraftOnly: boolean;
}

interface Listed<Item> {
  items: Item[];
  problems: Problem[];
}

function wrongAnswer(path: string, pointer: string, message: string): Problem {
  return sourceProblem('source-wrong-answer', { path, pointer, message });
}

/** Reads a list to its end, or as far as possible. */
async function gather<Item extends object>(
  api: HttpApi,
  address: string,
  toItem: (value: JsonValue) => Item | string,
): Promise<Listed<Item>> {
  const [items, problems]: [Item[], Problem[]] = [[], []];
  try {
    for await (const { value, address: page, pointer } of listedItems(api, address)) {
      const item = toItem(value);
      if (typeof item === 'string') problems.push(wrongAnswer(page, pointer, item));
      else items.push(item);
    }
  } catch (error) {
    problems.push(problemOf(error, address));
  }
  return { items, problems };
}

function toDandiset(value: JsonValue): NamedDandiset | string {
  const text = textMember(value, 'identifier') ?? '';
  const number = parseDandisetNumber(text) ?? parseDandisetIdentifier(text)?.number;
  if (number === undefined) return `${quote(text)} is no identifier of a Dandiset.`;
  return { number, isDraftOnly: member(value, 'most_recent_published_version') === null };
}

async function namedDandisets(
  api: HttpApi,
  only: readonly DandisetNumber[] | undefined,
): Promise<Listed<NamedDandiset>> {
  if (only === undefined) {
    const query = '?page_size=1000&ordering=id&draft=true&empty=true';
    return gather(api, `${api.base}dandisets/${query}`, toDandiset);
  }
  const named: Listed<NamedDandiset> = { items: [], problems: [] };
  for (const number of only) {
    const address = `${api.base}dandisets/${number}/`;
    try {
      const document = await getJson(api.reader, address);
      if (document === undefined) continue;
      const item = toDandiset(document.value);
      if (typeof item !== 'string' && item.number === number) named.items.push(item);
      else
        named.problems.push(
          wrongAnswer(address, '/identifier', `The document is not that of ${number}.`),
        );
    } catch (error) {
      named.problems.push(problemOf(error, address));
    }
  }
  return named;
}

async function versionsOf(
  api: HttpApi,
  { number, isDraftOnly }: NamedDandiset,
): Promise<Listed<SourceVersion>> {
  const toVersion = (value: JsonValue): SourceVersion | string => {
    const text = textMember(value, 'version') ?? '';
    const version = parseVersion(text);
    if (version === undefined) return `${quote(text)} is no version ("draft" or 0.YYMMDD.HHMM).`;
    return { number, version, folder: `dandisets/${number}/versions/${version}` };
  };
  if (isDraftOnly)
    return { items: [toVersion({ version: 'draft' }) as SourceVersion], problems: [] };
  return gather(api, `${api.base}dandisets/${number}/versions/?page_size=1000`, toVersion);
}

/** Every version an API lists, or those of some Dandisets; one request for each that has published ones. */
export async function listVersions(
  api: HttpApi,
  only: readonly DandisetNumber[] | undefined,
  reporter: Reporter,
): Promise<{ versions: SourceVersion[]; problems: Problem[] }> {
  const named = await namedDandisets(api, only);
  const problems = [...named.problems];
  const versions = new Map<string, SourceVersion>();
  reporter.start('Listing', named.items.length);
  try {
    const lists = inOrder(named.items, AT_ONCE, async (dandiset) => {
      reporter.step(dandiset.number);
      return versionsOf(api, dandiset);
    });
    for await (const list of lists) {
      problems.push(...list.problems);
      for (const version of list.items) versions.set(version.folder, version);
    }
  } finally {
    reporter.finish();
  }
  const sorted = [...versions].sort(([a], [b]) => compareUtf8(a, b)).map(([, version]) => version);
  return { versions: sorted, problems };
}
