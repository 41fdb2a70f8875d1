// How the page of the version will read, and how it will be cited.

import { citationFormat } from '../../core/citations/index.ts';
import { valueOf, type RecordNode } from '../../core/editing/record-tree.ts';
import { isJsonObject, textMember } from '../../core/json/json-text.ts';
import { citableRecord, type CitableRecord } from '../../core/metadata/citable-record.ts';
import { roleWords } from '../../core/metadata/people.ts';
import { relatedLink } from '../../core/metadata/related-resources.ts';
import { countOf, formatBytes } from '../../core/text/format.ts';
import { renderMarkdown } from '../../core/text/markdown.ts';
import type { EditedDandiset } from './edit-settings.ts';
import type { Archive } from '../../core/records/archive.ts';
import { element, isolated, type Child } from '../browser/dom.client.ts';
import { safeNodes } from '../browser/markdown-nodes.client.ts';

/** A version is cited: its number is assigned at publication. */
const NEXT_VERSION = 'VERSION';

/** What is known of its files. */
type ListedFiles = Pick<EditedDandiset, 'summary' | 'files' | 'bytes'>;

function factsOf(
  tree: RecordNode,
  archive: Archive,
  about: ListedFiles | undefined,
): CitableRecord {
  const value = valueOf(tree);
  const record = isJsonObject(value) ? value : {};
  const identifier = textMember(record, 'identifier') ?? '';
  const number = identifier.split(':')[1] ?? '';
  return citableRecord(record, {
    identifier,
    version: NEXT_VERSION,
    status: 'published',
    url: `${archive.site}dandiset/${number}/${NEXT_VERSION}/`,
    archive: archive.name,
    summary: about?.summary,
    files: about?.files,
    bytes: about?.bytes,
  });
}

function part(title: string, children: Child[]): Child[] {
  return children.length === 0 ? [] : [element('h3', {}, title), ...children];
}

const chips = (texts: readonly string[]): Child[] =>
  texts.length === 0
    ? []
    : [
        element(
          'ul',
          { class: 'chips' },
          ...texts.slice(0, 60).map((text) => element('li', { class: 'chip' }, isolated(text))),
        ),
      ];

function people(facts: CitableRecord): Child[] {
  const all = [...facts.creators, ...facts.others];
  if (all.length === 0) return [];
  const rows = all.map(({ name, orcid, roles, affiliations }) => {
    const more = [
      roles.map(roleWords).join(', '),
      affiliations.map((one) => one.name).join('; '),
      orcid ?? '',
    ];
    return element(
      'li',
      {},
      isolated(name),
      element('div', { class: 'small muted' }, more.filter((text) => text !== '').join(' · ')),
    );
  });
  return [element('ul', { class: 'plain people' }, ...rows)];
}

function related(facts: CitableRecord): Child[] {
  if (facts.related.length === 0) return [];
  const rows = facts.related.map(relatedLink).map(({ relation, name, href }) => {
    const link =
      href === undefined
        ? isolated(name)
        : element('a', { href, rel: 'nofollow noopener' }, isolated(name));
    return element('li', {}, element('span', { class: 'muted' }, `${relation}: `), link);
  });
  return [element('ul', { class: 'plain' }, ...rows)];
}

/** The preview of a record. */
export function previewOf(
  tree: RecordNode,
  archive: Archive,
  about: ListedFiles | undefined,
): HTMLElement {
  const facts = factsOf(tree, archive, about);
  const value = valueOf(tree);
  const citation = citationFormat('apa')?.write(facts) ?? '';
  const description = isJsonObject(value) ? (textMember(value, 'description') ?? '') : '';
  const files =
    facts.files === undefined
      ? ''
      : `${countOf(facts.files, 'file')}${facts.bytes === undefined ? '' : `, ${formatBytes(facts.bytes)}`}`;
  return element(
    'div',
    { class: 'preview' },
    element(
      'p',
      { class: 'muted small' },
      'As it will read when it is published. Number, version and year are given then.',
    ),
    element('h2', {}, isolated(facts.title)),
    element(
      'p',
      { class: 'muted' },
      [facts.identifier, facts.licences.map(({ name }) => name).join(', '), files]
        .filter((text) => text !== '')
        .join(' · '),
    ),
    element(
      'div',
      { class: 'citation' },
      element('h3', {}, 'Citation'),
      element('p', { dir: 'auto' }, citation),
    ),
    ...part(
      'Description',
      description.trim() === ''
        ? []
        : [element('div', { class: 'prose' }, ...safeNodes(renderMarkdown(description)))],
    ),
    ...part('Keywords', facts.keywordsAreDerived ? [] : chips(facts.keywords)),
    ...part('Subject matter', chips(facts.subjects.map(({ name }) => name))),
    ...part('Contributors', people(facts)),
    ...part(
      'Funding',
      facts.funding.length === 0
        ? []
        : [
            element(
              'ul',
              { class: 'plain' },
              ...facts.funding.map(({ funder, award }) =>
                element(
                  'li',
                  {},
                  isolated(funder),
                  award === undefined ? undefined : ` · award ${award}`,
                ),
              ),
            ),
          ],
    ),
    ...part('Related resources', related(facts)),
    ...part(
      'Also available at',
      facts.alsoAt.map(({ name }) => element('p', {}, isolated(name))),
    ),
    ...part(
      'Protocols',
      facts.protocols.map((thing) => element('p', {}, isolated(thing.identifier ?? thing.name))),
    ),
    ...part(
      'Ethics',
      facts.ethics.map((text) => element('p', {}, isolated(text))),
    ),
    ...part(
      'Acknowledgement',
      facts.acknowledgement === '' ? [] : [element('p', { dir: 'auto' }, facts.acknowledgement)],
    ),
  );
}
