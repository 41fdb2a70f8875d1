// What is around the list: the breadcrumbs of its folder, its name, and the heads of its columns.

import { foldersAbove } from '../../core/assets/tree.ts';
import { shownName } from './file-names.ts';
import { formatState, SORT_COLUMNS, type SortColumn } from './file-state.ts';
import { element, isolated } from '../browser/dom.client.ts';

/** The breadcrumbs from the top folder to this one, as links to `page`. */
export function crumbsTo(path: string, page: string): HTMLElement[] {
  const above = ['', ...foldersAbove(path)];
  return above.map((folder, at) => {
    const href = page + formatState({ location: folder });
    const name = at === 0 ? 'All files' : shownName(folder.slice(above[at - 1]?.length, -1));
    const current = at === above.length - 1 ? 'location' : undefined;
    const attributes = { href, 'data-location': folder, 'aria-current': current };
    return element('li', {}, element('a', attributes, isolated(name)));
  });
}

/** Turns the heads of columns into buttons that sort by them. */
export function makeSortButtons(table: HTMLElement, sortBy: (column: SortColumn) => void): void {
  for (const head of table.querySelectorAll<HTMLElement>('th[data-sort]')) {
    const column = SORT_COLUMNS.find((one) => one === head.dataset['sort']);
    if (column === undefined) continue;
    const button = element('button', { type: 'button' }, head.textContent.trim());
    button.addEventListener('click', () => sortBy(column));
    head.replaceChildren(button);
  }
}

/** Says in the table whose rows these are and in which order. */
export function nameTable(
  table: HTMLTableElement,
  path: string,
  sort: SortColumn,
  descending: boolean,
): void {
  table.createCaption().textContent = path === '' ? 'All files' : `Files in ${shownName(path)}`;
  for (const head of table.querySelectorAll<HTMLElement>('th[data-sort]')) {
    if (head.dataset['sort'] !== sort) head.removeAttribute('aria-sort');
    else head.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
  }
}
