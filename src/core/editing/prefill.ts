// Fills in fields of a record from files that people have already: the CSL-JSON of a DOI, or the
// dataset_description.json of a BIDS data set. Only empty fields are filled, nothing is replaced.

import { doiAddress, parseDoi } from '../identifiers/doi.ts';
import { knownIdentifier } from '../identifiers/known-identifier.ts';
import { hasOrcidCheckDigit, parseOrcid } from '../identifiers/orcid.ts';
import { isSpdxLicence } from '../identifiers/spdx-licence.ts';
import {
  isJsonObject,
  listMember,
  textMember,
  type JsonObject,
  type JsonValue,
} from '../json/json-text.ts';
import { linkableUrl } from '../text/shown-text.ts';
import { withInserted, withNode } from './change-record.ts';
import { memberNode, textOf, treeOf, valueOf, type RecordNode } from './record-tree.ts';

/** What a file says, as fields of a record. */
export interface Prefill {
  /** What the file is, in words. */
  source: string;
  /** Texts by field. */
  texts: Map<'name' | 'description' | 'acknowledgement', string>;
  /** Items by list. */
  lists: Map<
    'contributor' | 'keywords' | 'license' | 'relatedResource' | 'ethicsApproval',
    JsonValue[]
  >;
}

const MOST_ITEMS = 500;

const plain = (text: string): string =>
  text
    .replace(/<[^<>]{0,200}>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

function person(name: string, orcid?: string): JsonObject {
  const known = parseOrcid(orcid);
  return {
    schemaKey: 'Person',
    name,
    ...(known !== undefined && hasOrcidCheckDigit(known) ? { identifier: known } : {}),
    roleName: ['dcite:Author'],
    includeInCitation: true,
  };
}

/** `Jane M. Doe` as `Doe, Jane M.`; a name with a comma stays. */
function lastNameFirst(name: string): string {
  const words = plain(name).split(' ');
  const last = words.pop() ?? '';
  return name.includes(',') || words.length === 0 ? plain(name) : `${last}, ${words.join(' ')}`;
}

function resource(relation: string, fields: JsonObject): JsonObject {
  return { schemaKey: 'Resource', ...fields, relation: `dcite:${relation}` };
}

function fromCsl(csl: JsonObject): Prefill {
  const authors = listMember(csl, 'author').slice(0, MOST_ITEMS);
  const contributors = authors.flatMap((author): JsonValue[] => {
    const [family, given] = [textMember(author, 'family'), textMember(author, 'given')];
    const whole = textMember(author, 'literal') ?? textMember(author, 'name');
    const orcid = textMember(author, 'ORCID');
    if (family !== undefined) {
      return [person(plain(given === undefined ? family : `${family}, ${given}`), orcid)];
    }
    return whole === undefined
      ? []
      : [{ schemaKey: 'Organization', name: plain(whole), roleName: ['dcite:Author'] }];
  });
  const funders = listMember(csl, 'funder').flatMap((funder): JsonValue[] => {
    const name = textMember(funder, 'name');
    if (name === undefined) return [];
    const [award] = listMember(funder, 'award').filter((one) => typeof one === 'string');
    const organization = {
      schemaKey: 'Organization',
      name: plain(name),
      roleName: ['dcite:Funder'],
      includeInCitation: false,
    };
    return [award === undefined ? organization : { ...organization, awardNumber: award }];
  });
  const doi = parseDoi(textMember(csl, 'DOI') ?? '');
  const title = plain(textMember(csl, 'title') ?? '');
  const isPaper = !/dataset/i.test(textMember(csl, 'type') ?? '');
  const related =
    doi === undefined
      ? []
      : [
          resource(isPaper ? 'IsDescribedBy' : 'IsDerivedFrom', {
            identifier: `doi:${doi}`,
            ...(title === '' ? {} : { name: title }),
            url: doiAddress(doi),
          }),
        ];
  const abstract = plain(textMember(csl, 'abstract') ?? '');
  return {
    source: 'CSL-JSON',
    texts: new Map([
      ['name', title],
      ['description', abstract],
    ]),
    lists: new Map([
      ['contributor', [...contributors, ...funders]],
      ['relatedResource', related],
    ]),
  };
}

const LICENCE_NAMES = new Map([
  ['CC0', 'CC0-1.0'],
  ['CC BY 4.0', 'CC-BY-4.0'],
]);

/** The first DOI in prose, whichever form it has. */
function doiAmong(text: string): string | undefined {
  for (const one of [text, ...text.split(/\s+/).slice(0, 1000)]) {
    const found = knownIdentifier(one);
    if (found?.type === 'DOI') return found.value;
  }
  return undefined;
}

function fromBids(bids: JsonObject): Prefill {
  const texts = (key: string): string[] =>
    listMember(bids, key)
      .filter((item) => typeof item === 'string')
      .map(plain)
      .filter((text) => text !== '')
      .slice(0, MOST_ITEMS);
  const [named = ''] = texts('License');
  const licence = LICENCE_NAMES.get(named) ?? named;
  const funders = texts('Funding').map((award) => ({
    schemaKey: 'Organization',
    name: award,
    roleName: ['dcite:Funder'],
    includeInCitation: false,
  }));
  const related = texts('ReferencesAndLinks').flatMap((text): JsonValue[] => {
    const doi = doiAmong(text);
    const url = linkableUrl(/https?:\/\/\S+/.exec(text)?.[0]);
    if (doi !== undefined)
      return [resource('IsDescribedBy', { identifier: `doi:${doi}`, name: text })];
    return url === undefined ? [] : [resource('IsReferencedBy', { name: text, url })];
  });
  return {
    source: 'dataset_description.json',
    texts: new Map([
      ['name', plain(textMember(bids, 'Name') ?? '')],
      ['acknowledgement', plain(textMember(bids, 'Acknowledgements') ?? '')],
    ]),
    lists: new Map<
      'contributor' | 'keywords' | 'license' | 'relatedResource' | 'ethicsApproval',
      JsonValue[]
    >([
      ['contributor', [...texts('Authors').map((name) => person(lastNameFirst(name))), ...funders]],
      ['keywords', texts('Keywords')],
      ['license', isSpdxLicence(licence) ? [`spdx:${licence}`] : []],
      ['relatedResource', related],
      [
        'ethicsApproval',
        texts('EthicsApprovals').map((identifier) => ({ schemaKey: 'EthicsApproval', identifier })),
      ],
    ]),
  };
}

/** What a file says, if it is one of the two kinds; else undefined. */
export function readPrefill(value: JsonValue): Prefill | undefined {
  const file = Array.isArray(value) ? value[0] : value;
  if (!isJsonObject(file)) return undefined;
  if (textMember(file, 'Name') !== undefined && textMember(file, 'BIDSVersion') !== undefined)
    return fromBids(file);
  if (
    textMember(file, 'title') !== undefined &&
    (textMember(file, 'DOI') ?? textMember(file, 'type')) !== undefined
  )
    return fromCsl(file);
  return undefined;
}

/** What prefilled gives. */
export interface Prefilled {
  tree: RecordNode;
  /** The fields that were filled. */
  fields: string[];
}

const isEmpty = (node: RecordNode | undefined): boolean =>
  node === undefined || (node.kind === 'list' ? node.items.length === 0 : textOf(node) === '');

/** The record with its empty fields filled; lists of resources get the ones they do not have yet. */
export function prefilled(tree: RecordNode, prefill: Prefill, order: readonly string[]): Prefilled {
  let result = tree;
  const fields: string[] = [];
  for (const [name, text] of prefill.texts) {
    if (text === '' || !isEmpty(memberNode(result, name))) continue;
    result = withNode(result, [name], treeOf(text), order);
    fields.push(name);
  }
  for (const [name, items] of prefill.lists) {
    const list = memberNode(result, name);
    if (items.length === 0) continue;
    if (isEmpty(list)) {
      result = withNode(result, [name], treeOf(items), order);
      fields.push(name);
    } else if (name === 'relatedResource' && list?.kind === 'list') {
      const known = new Set(list.items.map((item) => textMember(valueOf(item), 'identifier')));
      const added = items.filter((item) => !known.has(textMember(item, 'identifier')));
      for (const item of added) result = withInserted(result, [name], treeOf(item));
      if (added.length > 0) fields.push(name);
    }
  }
  return { tree: result, fields };
}
