// DataCite 4.7 as XML, the form in which other archives and catalogues exchange its records. It says what
// datacite.json says, so it is made from that.

import { listMember, member, parseJson, textMember, type JsonValue } from '../json/json-text.ts';
import { xmlDocument, xmlLines, type XmlElement } from '../text/xml.ts';
import { dataciteJson } from './datacite.ts';
import { subjectAddress, type ExportInput } from './export-input.ts';

const NAMESPACE = 'http://datacite.org/schema/kernel-4';
const SCHEMA = 'https://schema.datacite.org/meta/kernel-4.7/metadata.xsd';

type Item = JsonValue | undefined;

/** Attributes from the members of an object, by their names in XML and in JSON. */
function attributesOf(item: Item, names: readonly string[]): Record<string, string | undefined> {
  return Object.fromEntries(
    names.map((name) => {
      const inJson = name === 'xml:lang' ? 'lang' : name.replace(/URI$/, 'Uri');
      return [name, textMember(item, inJson)];
    }),
  );
}

/** An element with text, and attributes of the same object; none where there is no text. */
function leaf(
  name: string,
  text: Item,
  item?: Item,
  attributes: readonly string[] = [],
): XmlElement[] {
  if (typeof text !== 'string' || text === '') return [];
  return [{ name, attributes: attributesOf(item, attributes), content: text }];
}

/** A list of elements inside the one that holds them; none for an empty list. */
function group(name: string, elements: readonly XmlElement[]): XmlElement[] {
  return elements.length === 0 ? [] : [{ name, content: elements }];
}

/** The elements of a list whose items are texts with attributes. */
function leaves(
  record: Item,
  list: string,
  name: string,
  attributes: readonly string[],
  text = name,
): XmlElement[] {
  const items = listMember(record, list);
  return group(
    list,
    items.flatMap((item) => leaf(name, member(item, text), item, attributes)),
  );
}

const NAME_IDENTIFIER = ['nameIdentifierScheme', 'schemeURI'];
const AFFILIATION = ['affiliationIdentifier', 'affiliationIdentifierScheme', 'schemeURI'];

function partsOfPerson(person: Item, nameElement: string): XmlElement[] {
  return [
    ...leaf(nameElement, member(person, 'name'), person, ['nameType']),
    ...leaf('givenName', member(person, 'givenName')),
    ...leaf('familyName', member(person, 'familyName')),
    ...listMember(person, 'nameIdentifiers').flatMap((one) =>
      leaf('nameIdentifier', member(one, 'nameIdentifier'), one, NAME_IDENTIFIER),
    ),
    ...listMember(person, 'affiliation').flatMap((one) =>
      leaf('affiliation', member(one, 'name'), one, AFFILIATION),
    ),
  ];
}

function people(record: Item, list: string, name: string): XmlElement[] {
  const elements = listMember(record, list).map((person) => ({
    name,
    attributes: attributesOf(person, name === 'contributor' ? ['contributorType'] : []),
    content: partsOfPerson(person, `${name}Name`),
  }));
  return group(list, elements);
}

function funding(record: Item): XmlElement[] {
  const elements = listMember(record, 'fundingReferences').map((one) => ({
    name: 'fundingReference',
    content: [
      ...leaf('funderName', member(one, 'funderName')),
      ...leaf('funderIdentifier', member(one, 'funderIdentifier'), one, ['funderIdentifierType']),
      ...leaf('awardNumber', member(one, 'awardNumber')),
    ],
  }));
  return group('fundingReferences', elements);
}

const RELATION = ['relationType', 'relationTypeInformation'];

function relatedItems(record: Item): XmlElement[] {
  const elements = listMember(record, 'relatedItems').map((one) => {
    const identifier = member(one, 'relatedItemIdentifier');
    return {
      name: 'relatedItem',
      attributes: attributesOf(one, ['relatedItemType', ...RELATION]),
      content: [
        ...leaf('relatedItemIdentifier', member(identifier, 'relatedItemIdentifier'), identifier, [
          'relatedItemIdentifierType',
        ]),
        ...leaves(one, 'titles', 'title', ['titleType']),
      ],
    };
  });
  return group('relatedItems', elements);
}

/** A version without a registered DOI is identified by its address: the format demands an identifier. */
function identifierOf(record: Item, input: ExportInput): XmlElement {
  const doi = textMember(record, 'doi');
  return {
    name: 'identifier',
    attributes: { identifierType: doi === undefined ? 'URL' : 'DOI' },
    content: doi ?? subjectAddress(input),
  };
}

function texts(record: Item, list: string, name: string): XmlElement[] {
  return group(
    list,
    listMember(record, list).flatMap((text) => leaf(name, text)),
  );
}

/** `datacite.xml`. */
export function dataciteXml(input: ExportInput): string {
  const parsed = parseJson(dataciteJson(input));
  const record = parsed.ok ? parsed.value : undefined;
  const types = member(record, 'types');
  const publisher = member(record, 'publisher');
  const resource: XmlElement = {
    name: 'resource',
    attributes: {
      xmlns: NAMESPACE,
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      'xsi:schemaLocation': `${NAMESPACE} ${SCHEMA}`,
    },
    content: [
      identifierOf(record, input),
      ...people(record, 'creators', 'creator'),
      ...leaves(record, 'titles', 'title', ['xml:lang']),
      ...leaf('publisher', member(publisher, 'name'), publisher, [
        ...['publisherIdentifier', 'publisherIdentifierScheme', 'schemeURI'],
      ]),
      ...leaf('publicationYear', member(record, 'publicationYear')),
      ...leaf('resourceType', member(types, 'resourceType'), types, ['resourceTypeGeneral']),
      ...leaves(record, 'subjects', 'subject', ['subjectScheme', 'schemeURI', 'valueURI']),
      ...people(record, 'contributors', 'contributor'),
      ...leaves(record, 'dates', 'date', ['dateType']),
      ...leaf('language', member(record, 'language')),
      ...leaves(record, 'alternateIdentifiers', 'alternateIdentifier', ['alternateIdentifierType']),
      ...leaves(record, 'relatedIdentifiers', 'relatedIdentifier', [
        ...['relatedIdentifierType', ...RELATION, 'resourceTypeGeneral'],
      ]),
      ...texts(record, 'sizes', 'size'),
      ...texts(record, 'formats', 'format'),
      ...leaf('version', member(record, 'version')),
      ...leaves(record, 'rightsList', 'rights', [
        ...['rightsURI', 'rightsIdentifier', 'rightsIdentifierScheme', 'schemeURI'],
      ]),
      ...leaves(record, 'descriptions', 'description', ['descriptionType', 'xml:lang']),
      ...funding(record),
      ...relatedItems(record),
    ],
  };
  return xmlDocument(xmlLines(resource));
}
