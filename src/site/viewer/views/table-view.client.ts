// CSV and TSV as a table: the cells as they are written, a few hundred rows at a time.

import type { Bytes } from '../../../adapters/bytes/bytes.ts';
import { countOf, formatCount } from '../../../core/text/format.ts';
import { shownLine } from '../../../core/text/shown-text.ts';
import { element } from '../../browser/dom.client.ts';
import { delimitedRows, delimiterOf } from '../delimited-text.ts';
import type { ViewedFile } from '../viewed-file.ts';
import { binaryStatement, firstText, noteLine, statement } from './first-text.client.ts';

const FIRST_ROWS = 100;
const MORE_ROWS = 500;
const MOST_COLUMNS = 60;
const LONGEST_CELL = 200;

function cell(text: string): HTMLTableCellElement {
  return element('td', { dir: 'auto' }, shownLine(text, LONGEST_CELL));
}

/** Shows a table of text. The first row names the columns. */
export async function tableView(bytes: Bytes, { path }: ViewedFile): Promise<Node> {
  const first = await firstText(bytes);
  if (first === undefined) return binaryStatement();
  const [head, ...rows] = delimitedRows(first.text, delimiterOf(path, first.text));
  if (head === undefined) return statement('This table has no rows.');
  // The last row of a part may be half of one.
  if (first.isCut) rows.pop();
  const width = rows.reduce((most, row) => Math.max(most, row.length), head.length);
  const columns = Math.min(width, MOST_COLUMNS);
  const notes = [...first.notes];
  notes.push(
    `${countOf(rows.length, 'row')}${first.isCut ? ' in this part' : ''}, ${countOf(width, 'column')}${columns < width ? `, the first ${columns} of them shown` : ''}.`,
  );
  const body = element('tbody');
  const status = element('span', { role: 'status' });
  const more = element('button', { type: 'button' });
  const add = (count: number): void => {
    const from = body.rows.length;
    body.append(
      ...rows
        .slice(from, from + count)
        .map((row, at) =>
          element(
            'tr',
            {},
            element('th', { scope: 'row', class: 'row-number' }, formatCount(from + at + 1)),
            ...Array.from({ length: columns }, (_, column) => cell(row[column] ?? '')),
          ),
        ),
    );
    const shown = body.rows.length;
    const left = rows.length - shown;
    more.hidden = left === 0;
    more.textContent = `Show ${formatCount(Math.min(MORE_ROWS, left))} more`;
    status.textContent =
      left === 0 ? '' : `${formatCount(shown)} of ${countOf(rows.length, 'row')} shown. `;
  };
  more.addEventListener('click', () => add(MORE_ROWS));
  add(FIRST_ROWS);
  const names = Array.from({ length: columns }, (_, column) =>
    element(
      'th',
      { scope: 'col' },
      element('bdi', {}, shownLine(head[column] ?? '', LONGEST_CELL)),
    ),
  );
  const numbers = element('td', { class: 'row-number' });
  return element(
    'div',
    { class: 'view-table' },
    noteLine(notes),
    element(
      'div',
      { class: 'view-scroll', tabindex: '0', role: 'region', 'aria-label': 'Rows of the table' },
      element(
        'table',
        { class: 'cells' },
        element('thead', {}, element('tr', {}, numbers, ...names)),
        body,
      ),
    ),
    element('p', { class: 'view-more small muted' }, status, more),
  );
}
