// What `dandiset index` prints: for people, or a line of JSON for each file.

import { visibleJson, visibleText } from '../../adapters/terminal/visible-text.ts';
import { countOf, formatBytes } from '../../core/text/format.ts';
import type { CheckedIndex } from '../../workflows/indexing/check-indexes.ts';
import type { Indexed } from '../../workflows/indexing/index-files.ts';
import type { FileToIndex } from '../../workflows/indexing/index-plan.ts';
import { printLines } from '../support/output.ts';

type Outcome = Indexed | CheckedIndex;

export interface IndexReport {
  done(one: Outcome): void;
  /** One more line: for people alone. */
  say(text: string): void;
  /** Prints the totals; the exit code. */
  end(facts: Record<string, unknown>): number;
}

function detailOf(one: Outcome): string | undefined {
  switch (one.kind) {
    case 'made': {
      const { objects, chunks, bytes, cost } = one;
      const size = `${countOf(objects, 'object')}, ${countOf(chunks, 'chunk')}, ${formatBytes(bytes)}`;
      return `indexed: ${size}; read ${formatBytes(cost.bytes)} in ${countOf(cost.requests, 'request')}`;
    }
    case 'there':
      return undefined;
    case 'missing':
      return 'has no index';
    case 'failed':
    case 'unread':
      return `failed: ${one.error.message}`;
    case 'right':
      return `right: ${countOf(one.checked, 'chunk')} of ${one.chunks} compared`;
    case 'wrong':
      return `wrong: ${one.wrong.join(' ')}`;
  }
}

/** What a program learns about a file. */
function factsOf(one: Outcome): Record<string, unknown> {
  const { kind, file, ...rest } = one;
  const { path, sha256, size } = file;
  const failure = 'error' in rest ? { error: rest.error.message, code: rest.error.code } : rest;
  return { path, sha256, size, outcome: kind, ...failure };
}

/** Reports as results come in. */
export function indexReport(isJson: boolean, unnamed: readonly string[]): IndexReport {
  const counts = new Map<Outcome['kind'], number>();
  const of = (kind: Outcome['kind']): number => counts.get(kind) ?? 0;
  const name = ({ path, sha256 }: FileToIndex): string => `${sha256.slice(0, 8)}  ${path}`;
  return {
    done(one) {
      counts.set(one.kind, of(one.kind) + 1);
      if (isJson) return printLines([visibleJson(JSON.stringify(factsOf(one)))]);
      const detail = detailOf(one);
      if (detail !== undefined) printLines([visibleText(`${name(one.file)}  ${detail}`)]);
      if (one.kind === 'made')
        printLines(one.omitted.map((why) => visibleText(`          left out: ${why}`)));
    },
    say(text) {
      if (!isJson) printLines([visibleText(text)]);
    },
    end(facts) {
      const failed = of('failed') + of('unread') + of('wrong');
      if (isJson) {
        const summary = { counts: Object.fromEntries(counts), unnamed, ...facts };
        printLines([visibleJson(JSON.stringify(summary))]);
      } else {
        const parts = [
          [of('made'), 'made'],
          [of('there'), 'already there'],
          [of('right'), 'right'],
          [of('wrong'), 'wrong'],
          [of('missing'), 'missing'],
          [of('failed') + of('unread'), 'failed'],
          [unnamed.length, 'without a SHA-256'],
        ] as const;
        const said = parts
          .filter(([count]) => count > 0)
          .map(([count, what]) => `${count} ${what}`);
        printLines([`Indexes: ${said.length === 0 ? 'no HDF5 file' : said.join(', ')}.`]);
      }
      return failed > 0 ? 1 : 0;
    },
  };
}
