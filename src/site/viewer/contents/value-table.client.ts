// Values of a file as text, lists and tables, bounded; references are links to the object.

import type { ElementType, TreeDataset, TreeValue } from '../../../core/data-tree/data-tree.ts';
import { countOf, formatCount } from '../../../core/text/format.ts';
import { shownLine, shownText } from '../../../core/text/shown-text.ts';
import { element, isolated } from '../../browser/dom.client.ts';
import { shapeWords, valueLine } from './tree-words.ts';

const MOST_ROWS = 50;
const MOST_COLUMNS = 40;
const LONGEST_TEXT = 5000;

/** Makes the link to an object. */
export type LinkTo = (path: string, text?: string) => Node;

/** A value inside a line or a cell. */
export function valueNode(value: TreeValue | undefined, linkTo: LinkTo, limit = 200): Node {
  const ref =
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as { ref?: TreeValue }).ref
      : undefined;
  return typeof ref === 'string' ? linkTo(ref) : isolated(valueLine(value, limit));
}

/** A table of cells. Rows are headed by their number, or by their first cell. */
export function cellTable(
  label: string,
  heads: readonly string[],
  rows: readonly (readonly Node[])[],
  headedBy: 'number' | 'first cell' = 'number',
): HTMLElement {
  const isNumbered = headedBy === 'number';
  const corner = isNumbered ? [element('td', { class: 'row-number' })] : [];
  const rowHead = (content: Node | string): HTMLElement =>
    element('th', { scope: 'row', class: 'row-number' }, content);
  const head = heads.map((name) => element('th', { scope: 'col' }, isolated(shownLine(name, 80))));
  return element(
    'div',
    { class: 'view-scroll', tabindex: '0', role: 'region', 'aria-label': label },
    element(
      'table',
      { class: 'cells' },
      element('thead', {}, element('tr', {}, ...corner, ...head)),
      element(
        'tbody',
        {},
        ...rows.map((cells, at) =>
          element(
            'tr',
            {},
            ...(isNumbered ? [rowHead(formatCount(at))] : cells.slice(0, 1).map(rowHead)),
            ...cells.slice(isNumbered ? 0 : 1).map((cell) => element('td', { dir: 'auto' }, cell)),
          ),
        ),
      ),
    ),
  );
}

function fieldsOf(type: ElementType): string[] | undefined {
  return typeof type === 'object' && 'compound' in type
    ? type.compound.map(([name]) => name)
    : undefined;
}

const isList = (value: TreeValue | undefined): value is readonly TreeValue[] =>
  Array.isArray(value);

/** The values of a dataset that are known, in words and as a table; undefined if none are. */
export function datasetValues(dataset: TreeDataset, linkTo: LinkTo): HTMLElement | undefined {
  const { value, head, shape, type } = dataset;
  if (shape === null) return element('p', { class: 'muted' }, 'It holds no value.');
  if (shape.includes(0))
    return element('p', { class: 'muted' }, `It is empty: its shape is ${shapeWords(shape)}.`);
  const known = value ?? head;
  if (known === undefined) return undefined;
  if (shape.length === 0) {
    const fields = fieldsOf(type);
    if (fields !== undefined && isList(known))
      return cellTable('Value', fields, [known.map((one) => valueNode(one, linkTo))]);
    return typeof known === 'string'
      ? element('pre', { class: 'value', dir: 'auto' }, shownText(known, LONGEST_TEXT))
      : element('p', { class: 'value' }, valueNode(known, linkTo));
  }
  if (!isList(known)) return element('p', { class: 'value' }, valueNode(known, linkTo));
  const rows = known.slice(0, MOST_ROWS);
  const fields = fieldsOf(type);
  const width = rows.reduce<number>((most, row) => Math.max(most, isList(row) ? row.length : 1), 1);
  const columns = Math.min(width, MOST_COLUMNS);
  const isTable = fields !== undefined || (shape.length > 1 && rows.some(isList));
  const names = isTable
    ? Array.from({ length: columns }, (_, column) => fields?.[column] ?? formatCount(column))
    : ['value'];
  const cells = rows.map((row) =>
    isTable
      ? Array.from({ length: columns }, (_, column) =>
          valueNode(isList(row) ? row[column] : row, linkTo),
        )
      : [valueNode(row, linkTo)],
  );
  const total = shape[0] ?? 0;
  const words = [];
  if (rows.length < total)
    words.push(`The first ${formatCount(rows.length)} of ${countOf(total, 'row')}.`);
  if (columns < width) words.push(`The first ${columns} of ${countOf(width, 'column')}.`);
  return element(
    'div',
    {},
    words.length === 0
      ? undefined
      : element('p', { class: 'view-note small muted' }, words.join(' ')),
    cellTable('Values', names, cells),
  );
}
