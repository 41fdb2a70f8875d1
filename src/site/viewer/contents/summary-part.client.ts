// What is in a file in the words of the field: sentences, subject, session, devices, what was recorded.

import { baseName } from '../../../core/identifiers/asset-path.ts';
import type { FileContents, RecordedObject } from '../../../core/nwb/file-contents.ts';
import { formatRate, formatSeconds } from '../../../core/nwb/quantity-words.ts';
import { countOf, formatCount } from '../../../core/text/format.ts';
import { shownLine, shownText } from '../../../core/text/shown-text.ts';
import { element, isolated, type Child } from '../../browser/dom.client.ts';
import { shapeWords } from './tree-words.ts';
import type { LinkTo } from './value-table.client.ts';

const FIRST_RECORDED = 25;
const MOST_RECORDED = 500;

/** How much of it there is: channels, units, rows, …; else the shape. */
function amountWords(one: RecordedObject): string {
  const counts: [number | undefined, string, string?][] = [
    [one.sweeps, 'sweep'],
    [one.channels, 'channel'],
    [one.units, 'unit'],
    [one.rois, 'ROI'],
    [one.images, 'image'],
    [one.events, 'event'],
    [one.levels, 'resolution'],
    [one.units === undefined && one.rois === undefined ? one.rows : undefined, 'row'],
  ];
  const words = counts.flatMap(([count, name]) =>
    count === undefined ? [] : [countOf(count, name)],
  );
  if (words.length > 0) return words.join(', ');
  return one.shape === undefined || one.shape.length === 0 ? '' : shapeWords(one.shape);
}

const joined = (texts: readonly string[], most = 6): string =>
  texts
    .slice(0, most)
    .map((text) => shownLine(text, 80))
    .join(', ') + (texts.length > most ? ` and ${texts.length - most} more` : '');

type Fact = [label: string, ...content: Child[]];

function factsOf({ subject, session, devices }: FileContents, linkTo: LinkTo): Fact[] {
  const line = (text: string | undefined, limit = 200): string => shownLine(text ?? '', limit);
  const facts: Fact[] = [];
  if (subject !== undefined) {
    const { id, species, sex, age, genotype, strain } = subject;
    const rest = [species, sex, age, strain, genotype].map((text) => line(text)).filter(Boolean);
    facts.push(['Subject', [line(id), ...rest].filter(Boolean).join(' · ')]);
  }
  if (session !== undefined) {
    const { description, identifier, start, experimenters, lab, institution, keywords } = session;
    const what = shownText(description ?? '', 600) || line(identifier);
    facts.push(['Session', isolated(what)]);
    if (start !== undefined) facts.push(['Start', line(start).replace('T', ' ')]);
    const people = [joined(experimenters), line(lab), line(institution)].filter(Boolean);
    facts.push(['Recorded by', isolated(people.join(' · '))], ['Keywords', joined(keywords, 12)]);
  }
  const shown = devices
    .slice(0, 8)
    .flatMap(({ name, path, manufacturer }, at): Child[] => [
      at === 0 ? '' : ', ',
      linkTo(path, shownLine(name, 80)),
      manufacturer === undefined ? '' : ` (${line(manufacturer, 80)})`,
    ]);
  if (devices.length > 8) shown.push(` and ${devices.length - 8} more`);
  if (shown.length > 0) facts.push(['Devices', ...shown]);
  return facts.filter(([, ...content]) =>
    content.some((one) => (one instanceof Node ? one.textContent !== '' : one !== '')),
  );
}

/** Nothing at all where there is no text: style sheets leave out empty cells. */
const textCell = (text: string): Node | string => (text === '' ? '' : isolated(text));

interface Column {
  name: string;
  cell: (one: RecordedObject) => Node | string;
  isNumber?: true;
}

function columnsFor(hrefOfFile: (path: string) => string | undefined): Column[] {
  const externals = (one: RecordedObject): Node[] =>
    one.externalFiles.slice(0, 3).map((path) => {
      const name = shownLine(baseName(path), 80);
      const href = /^[a-z]+:/i.test(path) ? undefined : hrefOfFile(path);
      return element(
        'span',
        { class: 'small' },
        href === undefined ? isolated(name) : element('a', { href }, isolated(name)),
      );
    });
  return [
    {
      name: 'Type',
      cell: (one) => textCell(shownLine(one.type ?? '', 60)),
    },
    {
      name: 'Amount',
      cell: (one) => {
        const unit = /^(?:n\.?\/?a\.?|unknown|none)$/i.test(one.unit ?? '') ? '' : (one.unit ?? '');
        const words = [amountWords(one), shownLine(unit, 40)].filter(Boolean).join(', ');
        const files = externals(one);
        return files.length === 0 ? words : element('span', {}, words, ' ', ...files);
      },
    },
    {
      name: 'Rate',
      cell: (one) => (one.rate === undefined ? '' : formatRate(one.rate)),
      isNumber: true,
    },
    {
      name: 'Duration',
      cell: (one) => (one.duration === undefined ? '' : formatSeconds(one.duration)),
      isNumber: true,
    },
    { name: 'Region', cell: (one) => textCell(joined(one.regions, 3)) },
    { name: 'Device', cell: (one) => textCell(joined(one.devices, 2)) },
  ];
}

function recordedTable(
  recorded: readonly RecordedObject[],
  hrefOfFile: (path: string) => string | undefined,
  linkTo: LinkTo,
): HTMLElement {
  const all = columnsFor(hrefOfFile);
  const text = (content: Node | string): string =>
    typeof content === 'string' ? content : (content.textContent ?? '');
  const sample = recorded.slice(0, MOST_RECORDED);
  // A column without a word says nothing.
  const columns = all.filter(({ cell }) => sample.some((one) => text(cell(one)) !== ''));
  const body = element('tbody');
  const more = element('button', { type: 'button' });
  const add = (to: number): void => {
    for (const one of sample.slice(body.rows.length, to)) {
      const name = element('th', { scope: 'row' }, linkTo(one.path, shownLine(one.name, 100)));
      // One entry for many alike.
      if ((one.sweeps ?? 1) > 1) name.append(' …');
      const title = shownLine(one.description ?? '', 200);
      if (title !== '') name.append(element('span', { class: 'what' }, isolated(title)));
      body.append(
        element(
          'tr',
          {},
          name,
          ...columns.map(({ cell, isNumber }) =>
            element('td', { class: isNumber && 'num' }, cell(one)),
          ),
        ),
      );
    }
    more.hidden = body.rows.length >= sample.length;
  };
  add(FIRST_RECORDED);
  more.textContent = `Show all ${formatCount(sample.length)}`;
  more.addEventListener('click', () => add(MOST_RECORDED));
  const left = recorded.length - sample.length;
  return element(
    'div',
    { class: 'recorded' },
    element('h3', {}, 'Recorded'),
    element(
      'table',
      {},
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          element('th', { scope: 'col' }, 'Name'),
          ...columns.map(({ name, isNumber }) =>
            element('th', { scope: 'col', class: isNumber && 'num' }, name),
          ),
        ),
      ),
      body,
    ),
    more,
    left > 0
      ? element('p', { class: 'small muted' }, `${countOf(left, 'more')} in the tree below.`)
      : undefined,
  );
}

/** The overview of a file. */
export function summaryPart(
  contents: FileContents,
  hrefOfFile: (path: string) => string | undefined,
  linkTo: LinkTo,
): HTMLElement {
  const { standard, sentences, recorded } = contents;
  const facts = element('dl', { class: 'facts contents-facts' });
  for (const [label, ...content] of factsOf(contents, linkTo))
    facts.append(element('dt', {}, label), element('dd', {}, ...content));
  return element(
    'div',
    { class: 'contents-summary' },
    element(
      'p',
      { class: 'contents-lead' },
      standard === undefined
        ? undefined
        : element('span', { class: 'mark' }, shownLine(standard, 60)),
      standard === undefined ? undefined : ' ',
      isolated(
        sentences
          .filter((one) => !/^(?:Subject|Devices?:) /.test(one))
          .slice(0, 8)
          .map((one) => shownLine(one, 400))
          .join(' '),
      ),
    ),
    facts.childElementCount === 0 ? undefined : facts,
    recorded.length === 0 ? undefined : recordedTable(recorded, hrefOfFile, linkTo),
  );
}
