// The view of a file's tree: the overview, all objects with a filter, and the chosen object, which is a part of
// the page's address.

import type { DataTree } from '../../../core/data-tree/data-tree.ts';
import type { FileContents } from '../../../core/nwb/file-contents.ts';
import { shownLine } from '../../../core/text/shown-text.ts';
import { shownPath } from '../../../core/text/shown-path.ts';
import { element, isolated } from '../../browser/dom.client.ts';
import type { ViewedFile } from '../viewed-file.ts';
import { objectPart, objectSentence } from './object-part.client.ts';
import { ObjectTree } from './object-tree.client.ts';
import { summaryPart } from './summary-part.client.ts';
import { TreeLookup } from './tree-lookup.ts';
import type { LinkTo } from './value-table.client.ts';

/** Typing pauses this long before the tree is filtered, in milliseconds. */
const PAUSE = 120;

function filterField(tree: ObjectTree): HTMLElement {
  const field = element('input', {
    type: 'search',
    placeholder: 'Filter by name, e.g. spike* or /acquisition/',
    'aria-label': 'Filter objects by name; * stands for any characters',
    autocomplete: 'off',
    spellcheck: 'false',
  });
  let typing: ReturnType<typeof setTimeout> | undefined;
  field.addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(() => tree.filter(field.value), PAUSE);
  });
  field.addEventListener('keydown', (event) => {
    // The page has keys of its own; an empty field leaves Escape to it.
    if (event.key === 'Escape' && field.value === '') return;
    event.stopPropagation();
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    tree.node.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  });
  return field;
}

/** The path of a file that another names relative to itself, in the same version. */
function besides(path: string, named: string): string {
  const parts = path.split('/').slice(0, -1);
  for (const part of named.split(/[\\/]/)) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** Shows what is in a file. `notes`: sentences about how it was read. */
export function contentsView(
  tree: DataTree,
  contents: FileContents,
  { path, place, hrefOfFile }: Pick<ViewedFile, 'path' | 'place' | 'hrefOfFile'>,
  notes: readonly string[] = [],
): HTMLElement {
  const lookup = new TreeLookup(tree);
  const linkTo: LinkTo = (target, text) => {
    const words = isolated(text === undefined ? shownPath(target) : text);
    return element('a', { href: place.hrefOf(target) ?? '#', 'data-object': target }, words);
  };
  const pane = element('div', { class: 'object-pane' });
  const spoken = element('p', { class: 'visually-hidden', role: 'status' });
  const go = (target: string): void => {
    if (target === place.object) show(target);
    else place.go(target);
  };
  const objects = new ObjectTree(lookup, (target, byPointer) => {
    // Where the object is shown below the tree, a click goes there; keys stay in the tree.
    isJump = byPointer && matchMedia('(max-width: 60rem)').matches;
    go(target);
  });
  /** Set by a link: what it jumps to gets the focus, when the page shows it. */
  let isJump = false;
  const show = (object: string): void => {
    objects.select(object);
    if (object === '') {
      pane.replaceChildren(
        element(
          'p',
          { class: 'muted small object-hint' },
          'Choose an object to see its type, shape, attributes and values.',
        ),
      );
      return;
    }
    pane.replaceChildren(...objectPart(lookup, object, linkTo));
    pane.scrollTop = 0;
    spoken.textContent = objectSentence(lookup, object);
    if (isJump) pane.querySelector('h3')?.focus();
    isJump = false;
  };
  const omitted = [...notes, ...tree.omitted.slice(0, 5).map((one) => shownLine(one, 300))];
  const body = element(
    'div',
    { class: 'contents-objects' },
    element('h3', {}, 'All objects'),
    element('div', { class: 'contents-tools' }, filterField(objects), objects.status),
    omitted.length === 0
      ? undefined
      : element('p', { class: 'view-note small muted' }, omitted.join(' ')),
    element('div', { class: 'contents-body' }, objects.node, pane),
    spoken,
  );
  const view = element(
    'div',
    { class: 'contents' },
    summaryPart(contents, (named) => hrefOfFile(besides(path, named)), linkTo),
    body,
  );
  view.addEventListener('click', (event) => {
    const link =
      event.target instanceof Element ? event.target.closest<HTMLElement>('a[data-object]') : null;
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    const target = link?.dataset['object'];
    if (target === undefined || !isPlain || event.altKey) return;
    event.preventDefault();
    isJump = true;
    go(target);
  });
  place.listen(show);
  show(place.object);
  return view;
}
