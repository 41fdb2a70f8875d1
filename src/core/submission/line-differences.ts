// Differences of two texts by lines, as the hunks of a unified diff.

/** Lines of unchanged text around a change. */
const CONTEXT = 3;
/** The most changed lines that are matched one by one; beyond that, the whole range is replaced. */
const MOST_STEPS = 400;

type Step = { kind: ' ' | '-' | '+'; line: string };

/** The lines of a text, each with its line feed; only the last one may lack it. */
function linesOf(text: string): string[] {
  const lines = text.split(/(?<=\n)/);
  return text === '' ? [] : lines;
}

/** The shortest edit script from `a` to `b` (Myers), or undefined if it takes more than MOST_STEPS. */
function shortestWay(a: readonly string[], b: readonly string[]): Step[] | undefined {
  const most = Math.min(a.length + b.length, MOST_STEPS);
  const reached = new Map<number, number>([[1, 0]]);
  const trace: Map<number, number>[] = [];
  for (let distance = 0; distance <= most; distance += 1) {
    trace.push(new Map(reached));
    for (let diagonal = -distance; diagonal <= distance; diagonal += 2) {
      let x = nextX(reached, diagonal, distance);
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x += 1;
      reached.set(diagonal, x);
      if (x >= a.length && x - diagonal >= b.length) return backToResult(a, b, trace);
    }
  }
  return undefined;
}

function isDown(reached: ReadonlyMap<number, number>, diagonal: number, distance: number): boolean {
  const below = reached.get(diagonal - 1) ?? -1;
  const above = reached.get(diagonal + 1) ?? -1;
  return diagonal === -distance || (diagonal !== distance && below < above);
}

function nextX(reached: ReadonlyMap<number, number>, diagonal: number, distance: number): number {
  return isDown(reached, diagonal, distance)
    ? (reached.get(diagonal + 1) ?? 0)
    : (reached.get(diagonal - 1) ?? 0) + 1;
}

function backToResult(
  a: readonly string[],
  b: readonly string[],
  trace: readonly ReadonlyMap<number, number>[],
): Step[] {
  const steps: Step[] = [];
  let [x, y] = [a.length, b.length];
  for (let distance = trace.length - 1; distance >= 0; distance -= 1) {
    const reached = trace[distance] ?? new Map<number, number>();
    const diagonal = x - y;
    const from = isDown(reached, diagonal, distance) ? diagonal + 1 : diagonal - 1;
    const startX = reached.get(from) ?? 0;
    const startY = startX - from;
    while (x > Math.max(startX, 0) && y > Math.max(startY, 0)) {
      steps.push({ kind: ' ', line: a[x - 1] ?? '' });
      x -= 1;
      y -= 1;
    }
    if (distance === 0) break;
    if (x === startX) steps.push({ kind: '+', line: b[startY] ?? '' });
    else steps.push({ kind: '-', line: a[startX] ?? '' });
    [x, y] = [startX, startY];
  }
  return steps.reverse();
}

function stepsBetween(before: readonly string[], after: readonly string[]): Step[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start])
    start += 1;
  let end = 0;
  const room = Math.min(before.length, after.length) - start;
  while (end < room && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const a = before.slice(start, before.length - end);
  const b = after.slice(start, after.length - end);
  const all = (kind: Step['kind'], lines: readonly string[]): Step[] =>
    lines.map((line) => ({ kind, line }));
  return [
    ...all(' ', before.slice(0, start)),
    ...(shortestWay(a, b) ?? [...all('-', a), ...all('+', b)]),
    ...all(' ', before.slice(before.length - end)),
  ];
}

function range(start: number, count: number): string {
  // An empty side is named by the line before it.
  return `${count === 0 ? start - 1 : start},${count}`;
}

function written({ kind, line }: Step): string {
  return line.endsWith('\n') ? `${kind}${line}` : `${kind}${line}\n\\ No newline at end of file\n`;
}

/** The hunks of a unified diff with three lines around each change; '' for equal texts. */
export function unifiedHunks(before: string, after: string): string {
  if (before === after) return '';
  const steps = stepsBetween(linesOf(before), linesOf(after));
  const changed = steps.flatMap(({ kind }, index) => (kind === ' ' ? [] : [index]));
  const hunks: string[] = [];
  for (let at = 0; at < changed.length;) {
    const first = Math.max((changed[at] ?? 0) - CONTEXT, 0);
    let last = changed[at] ?? 0;
    while (at < changed.length && (changed[at] ?? 0) - last <= 2 * CONTEXT) {
      last = changed[at] ?? 0;
      at += 1;
    }
    const hunk = steps.slice(first, last + CONTEXT + 1);
    const ahead = steps.slice(0, first);
    const count = (list: readonly Step[], other: Step['kind']): number =>
      list.filter(({ kind }) => kind !== other).length;
    const old = range(count(ahead, '+') + 1, count(hunk, '+'));
    const next = range(count(ahead, '-') + 1, count(hunk, '-'));
    hunks.push(`@@ -${old} +${next} @@\n`, ...hunk.map(written));
  }
  return hunks.join('');
}
