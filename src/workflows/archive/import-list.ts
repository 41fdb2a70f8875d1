// The list of a version's assets as it will be stored here: every line checked, compact, in path order. A
// list with one unreadable line is not imported at all: it must never become shorter silently.

import type { SourceAssets, SourcePlace } from '../../adapters/record-source/record-source.ts';
import { quotePath } from '../../core/text/quote.ts';
import { sourceProblem, type SourceRule } from '../../core/checks/source-rules.ts';
import { sha256OfChunks } from '../../core/digests/sha256.ts';
import { compareUtf8, problemOfPath } from '../../core/identifiers/asset-path.ts';
import { compactJson } from '../../core/json/json-text.ts';
import { MOST_BROKEN_LINES, parseAssetLine } from '../../core/records/asset-list.ts';
import type { Problem } from '../../core/problem.ts';
import { countOf } from '../../core/text/format.ts';

export interface GatheredList {
  /** UTF-8 lines in path order, each with its line feed. */
  lines: Uint8Array[];
  /** SHA-256 and bytes of all lines together. */
  sha256: string;
  size: number;
  /** Number of assets, and the sum of their sizes. */
  count: number;
  bytes: number;
}

/** For a broken list this many lines are reported, further ones only counted. */
const MAX_NAMED = 20;

class ListProblems {
  readonly problems: Problem[] = [];
  private readonly path: string;
  private unnamed = 0;
  private last: SourceRule | undefined;
  /** Whether there are so many that the rest of the list need not be read. */
  areTooMany = false;

  constructor(path: string) {
    this.path = path;
  }

  add(rule: SourceRule, place: SourcePlace, message: string): void {
    this.last = rule;
    if (this.problems.length === MAX_NAMED) this.unnamed += 1;
    else this.problems.push(sourceProblem(rule, { ...place, message }));
    this.areTooMany = this.problems.length + this.unnamed >= MOST_BROKEN_LINES;
  }

  all(): Problem[] {
    if (this.last === undefined || this.unnamed === 0) return this.problems;
    const unread = this.areTooMany ? ' It was read no further.' : '';
    const message = `${countOf(this.unnamed, 'more asset')} of this list ${this.unnamed === 1 ? 'is' : 'are'} broken.${unread}`;
    return [...this.problems, sourceProblem(this.last, { path: this.path, message })];
  }
}

function shownPlace({ path, line, pointer }: SourcePlace): string {
  return line === undefined ? `at ${pointer ?? ''} of ${path}` : `on line ${line}`;
}

/** Reads a list to its end; returns all of its lines, or every reason why it is refused. */
export async function gatherList(
  assets: SourceAssets,
): Promise<{ ok: true; list: GatheredList } | { ok: false; problems: Problem[] }> {
  const found = new ListProblems(assets.path);
  const placeOfPath = new Map<string, SourcePlace>();
  const lines: { path: string; bytes: Uint8Array }[] = [];
  let ending: Problem | undefined;
  let bytes = 0;

  for await (const item of assets.items) {
    if (!item.ok) {
      ending = item.problem;
      break;
    }
    if (found.areTooMany) break;
    const compact = compactJson(item.text);
    if (!compact.ok) {
      const { message, line, column } = compact.problem;
      const { place } = item;
      found.add(
        'source-broken-json',
        place.line === undefined ? place : { ...place, line: place.line + line - 1 },
        `Is not JSON: ${message} (column ${column}).`,
      );
      continue;
    }
    const parsed = parseAssetLine(compact.text);
    if (!parsed.ok) {
      found.add('source-asset-shape', item.place, `An asset ${parsed.message}.`);
      continue;
    }
    const { path, size } = parsed.asset;
    const problem = problemOfPath(path);
    const first = placeOfPath.get(path);
    if (problem !== undefined)
      found.add('source-unsafe-path', item.place, `The path ${quotePath(path)} ${problem}.`);
    else if (first !== undefined) {
      found.add(
        'source-duplicate-path',
        item.place,
        `The path ${quotePath(path)} is ${shownPlace(first)} already.`,
      );
    } else if (!Number.isSafeInteger(bytes + size)) {
      found.add('source-asset-shape', item.place, 'The sizes add up to more than can be counted.');
    } else {
      placeOfPath.set(path, item.place);
      lines.push({ path, bytes: new TextEncoder().encode(`${compact.text}\n`) });
      bytes += size;
    }
  }
  const problems = ending === undefined ? found.all() : [...found.all(), ending];
  if (problems.length > 0) return { ok: false, problems };

  const sorted = lines.sort((a, b) => compareUtf8(a.path, b.path)).map((line) => line.bytes);
  return {
    ok: true,
    list: { lines: sorted, ...sha256OfChunks(sorted), count: sorted.length, bytes },
  };
}
