// One object of a file: where it is, type, shape, storage, attributes, values, members; links jump.

import type { TreeObject, TreeValue } from '../../../core/data-tree/data-tree.ts';
import { isJsonObject, textMember } from '../../../core/json/json-text.ts';
import { parentPath } from '../../../core/nwb/tree-reader.ts';
import { countOf, formatCount } from '../../../core/text/format.ts';
import { shownLine, shownText } from '../../../core/text/shown-text.ts';
import { shownPath } from '../../../core/text/shown-path.ts';
import { copyButton, element, isolated, type Child } from '../../browser/dom.client.ts';
import { objectKind } from './object-tree.client.ts';
import { tableHead } from './dynamic-table.ts';
import { objectName, type TreeLookup } from './tree-lookup.ts';
import { shapeWords, storageWords, typeWords, valueLine } from './tree-words.ts';
import { cellTable, datasetValues, valueNode, type LinkTo } from './value-table.client.ts';

const MOST_ATTRIBUTES = 100;
const MOST_MEMBERS = 60;
const LONG_ATTRIBUTE = 2000;

/** Attributes of NWB that say what the object is, which is said above them. */
const SAID_ABOVE = new Set(['neurodata_type', 'namespace', 'object_id', 'description']);

function pathLine(path: string, linkTo: LinkTo): HTMLElement {
  const above: Node[] = [];
  for (let at = path; at !== '/';) {
    at = parentPath(at);
    above.unshift(linkTo(at, objectName(at)));
  }
  return element(
    'p',
    { class: 'object-path small' },
    ...above.flatMap((link, at) => (at === 0 ? [link, ' '] : [link, ' / '])),
    isolated(shownPath(objectName(path))),
    ' ',
    copyButton(path, 'path of the object'),
  );
}

function attributeRow(name: string, value: TreeValue, linkTo: LinkTo): HTMLElement {
  const isText = typeof value === 'string';
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, isolated(shownLine(name, 200))),
    element(
      'td',
      { dir: 'auto' },
      isText ? shownText(value, LONG_ATTRIBUTE) : valueNode(value, linkTo, 500),
    ),
  );
}

function attributesPart(object: TreeObject, linkTo: LinkTo): HTMLElement | undefined {
  const all = Object.entries(object.attributes ?? {});
  const shown = all
    .filter(([name, value]) => !SAID_ABOVE.has(name) || typeof value !== 'string')
    .slice(0, MOST_ATTRIBUTES);
  if (shown.length === 0) return undefined;
  const rows = shown.map(([name, value]) => attributeRow(name, value, linkTo));
  return element(
    'div',
    {},
    element('h4', {}, 'Attributes'),
    element('table', { class: 'attributes' }, element('tbody', {}, ...rows)),
    all.length > MOST_ATTRIBUTES
      ? element('p', { class: 'small muted' }, `The first ${MOST_ATTRIBUTES} of ${all.length}.`)
      : undefined,
  );
}

function membersPart(lookup: TreeLookup, path: string, linkTo: LinkTo): HTMLElement | undefined {
  const members = lookup.membersOf(path);
  if (members.length === 0) return undefined;
  const rows = members.slice(0, MOST_MEMBERS).map((member) => {
    const value = member.kind === 'dataset' ? valueLine(member.value, 120) : '';
    return element(
      'tr',
      {},
      element(
        'th',
        { scope: 'row' },
        linkTo(member.path, objectName(member.path)),
        ' ',
        element('span', { class: 'kind' }, isolated(objectKind(member))),
      ),
      element('td', { dir: 'auto' }, value),
    );
  });
  return element(
    'div',
    {},
    element('h4', {}, `Members (${formatCount(members.length)})`),
    element('table', { class: 'attributes members' }, element('tbody', {}, ...rows)),
    members.length > MOST_MEMBERS
      ? element(
          'p',
          { class: 'small muted' },
          `The first ${MOST_MEMBERS} of ${formatCount(members.length)}; the tree has all of them.`,
        )
      : undefined,
  );
}

type Fact = [label: string, ...content: Child[]];

function factsOf(object: TreeObject, lookup: TreeLookup, linkTo: LinkTo): Fact[] {
  const facts: Fact[] = [];
  const type = textMember(object.attributes, 'neurodata_type');
  if (type !== undefined) {
    const chain = lookup.tree.types;
    const specified = Object.hasOwn(chain, type) ? chain[type] : undefined;
    const above = (specified?.extends ?? []).slice(0, 8).map((one) => shownLine(one, 60));
    facts.push([
      'Neurodata type',
      isolated(shownLine(type, 100)),
      above.length === 0
        ? undefined
        : element('span', { class: 'muted' }, ` (extends ${above.join(', ')})`),
    ]);
  }
  const description = textMember(object.attributes, 'description') ?? '';
  if (description !== '')
    facts.push(['Description', isolated(shownText(description, LONG_ATTRIBUTE))]);
  if (object.kind === 'dataset') {
    facts.push(['Type', typeWords(object.type)], ['Shape', shapeWords(object.shape)]);
    const unit = object.attributes?.['unit'];
    if (typeof unit === 'string' && unit !== '') facts.push(['Unit', shownLine(unit, 100)]);
    facts.push(['Storage', storageWords(object.storage, object.type, object.shape)]);
  }
  if (object.kind === 'link') {
    const target = lookup.targetOf(object);
    const words =
      object.link === 'external'
        ? `${shownLine(object.target, 300)} in the file ${shownLine(object.file ?? '', 300)}`
        : shownLine(object.target, 300);
    facts.push([
      object.link === 'same' ? 'The same object as' : 'Link to',
      target === undefined ? isolated(words) : linkTo(target.path),
      target === undefined && object.link !== 'external'
        ? element('span', { class: 'muted' }, ' (not in this file)')
        : undefined,
    ]);
  }
  return facts;
}

function valuesPart(object: TreeObject, lookup: TreeLookup, linkTo: LinkTo): HTMLElement[] {
  if (object.kind === 'dataset') {
    const values = datasetValues(object, linkTo);
    const all = object.value !== undefined || object.shape === null;
    return values === undefined
      ? [element('p', { class: 'muted' }, 'Its values are not shown here.')]
      : [element('h4', {}, all ? 'Value' : 'First values'), values];
  }
  if (object.kind !== 'group') return [];
  const table = tableHead(lookup, object);
  if (table === undefined) return [];
  const cells = table.rows.map((row) => row.map((cell) => valueNode(cell, linkTo, 80)));
  return [
    element('h4', {}, 'Table'),
    element(
      'p',
      { class: 'view-note small muted' },
      table.rows.length < table.total
        ? `The first ${table.rows.length} of ${countOf(table.total, 'row')}.`
        : countOf(table.total, 'row'),
    ),
    cellTable(
      'Rows of the table',
      table.columns,
      cells,
      table.columns[0] === 'id' ? 'first cell' : 'number',
    ),
  ];
}

/** What is known of the object at a path. */
export function objectPart(lookup: TreeLookup, path: string, linkTo: LinkTo): HTMLElement[] {
  const object = lookup.at(path);
  if (object === undefined) {
    return [
      element('h3', { tabindex: '-1' }, 'No such object'),
      element('p', {}, 'This file has no object ', isolated(shownPath(path)), '.'),
    ];
  }
  const facts = element('dl', { class: 'facts object-facts' });
  for (const [label, ...content] of factsOf(object, lookup, linkTo))
    facts.append(element('dt', {}, label), element('dd', {}, ...content));
  return [
    element('h3', { tabindex: '-1' }, isolated(shownPath(objectName(path)))),
    pathLine(path, linkTo),
    ...(object.problem === undefined
      ? []
      : [element('p', { class: 'notice warning' }, shownText(object.problem, 1000))]),
    ...(facts.childElementCount === 0 ? [] : [facts]),
    ...valuesPart(object, lookup, linkTo),
    ...[attributesPart(object, linkTo), membersPart(lookup, path, linkTo)].filter(
      (part) => part !== undefined,
    ),
  ];
}

/** The same in a few words, for those who hear it. */
export function objectSentence(lookup: TreeLookup, path: string): string {
  const object = lookup.at(path);
  if (object === undefined) return 'No such object.';
  const members = isJsonObject(object.attributes) ? Object.keys(object.attributes).length : 0;
  return `${shownPath(objectName(path))}: ${objectKind(object) || object.kind}, ${countOf(members, 'attribute')}.`;
}
