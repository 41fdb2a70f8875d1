// The search document of each Dandiset: taken from the version its own page shows.

import { fileLabels, type FileLabels } from '../../core/assets/file-labels.ts';
import { listMember, textMember, type JsonObject } from '../../core/json/json-text.ts';
import { contributors, isNameGiven, type Contributor } from '../../core/metadata/people.ts';
import type { SearchFacet } from '../../core/search/fields.ts';
import { foldedWords } from '../../core/text/fold.ts';
import { NameReader } from '../../core/vocabulary/synonym-reader.ts';
import type { DocumentValue, SearchDocument } from '../../core/search/search-document.ts';
import { shownLine } from '../../core/text/shown-text.ts';
import type { Catalog, DandisetEntry } from '../catalog/catalog.ts';
import type { Vocabularies } from '../catalog/facets.ts';
import { isFundingOrganization, rorOfFunder, type FunderRors } from '../catalog/funder-rors.ts';
import { readMaterial, type VersionMaterial } from '../catalog/version-material.ts';
import { documentLines } from './search-lines.ts';

function value(
  facet: SearchFacet,
  label: string,
  more: { id?: string | undefined; note?: string | undefined; spellings?: string[] } = {},
): DocumentValue {
  const id = more.id ?? (foldedWords(label).join(' ') || label);
  const made: DocumentValue = { facet, id, label };
  if (more.note !== undefined) made.note = more.note;
  if (more.spellings !== undefined) made.spellings = more.spellings;
  return made;
}

/** The facets that have pages, with every name that the vocabularies know. */
function pageFacets({ shown }: DandisetEntry, names: NameReader): DocumentValue[] {
  return shown.summary.facets.flatMap(({ kind, label, slug, note }) => {
    if (kind === 'person' || kind === 'funder') return [];
    const isNamed = kind === 'species' || kind === 'licence';
    const isTerm = kind === 'species' || kind === 'approach' || kind === 'technique';
    const spellings = isTerm ? names.of([label, note ?? ''], [slug ?? '']).flat() : [];
    return [
      value(kind, label, {
        id: isNamed ? slug : undefined,
        note: kind === 'species' ? note : undefined,
        spellings: [
          ...spellings.filter((one) => one !== label && one !== note),
          ...(kind === 'species' || note === undefined ? [] : [note]),
        ],
      }),
    ];
  });
}

function agentFacets(people: readonly Contributor[], rors: FunderRors): DocumentValue[] {
  return people
    .filter(({ name, orcid, ror }) => isNameGiven(name) || orcid !== undefined || ror !== undefined)
    .map((one) =>
      value(
        isFundingOrganization(one) ? 'funder' : 'contributor',
        isNameGiven(one.name) ? one.name : (one.orcid ?? `ROR ${one.ror ?? ''}`),
        { id: one.orcid ?? rorOfFunder(rors, one) },
      ),
    );
}

function stateFacets({ shown }: DandisetEntry, record: JsonObject): DocumentValue[] {
  const access = listMember(record, 'access').map((item) =>
    shownLine((textMember(item, 'status') ?? '').replace(/^dandi:/, ''), 60)
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase(),
  );
  const states = [shown.status, ...(shown.summary.files === 0 ? ['empty'] : [])];
  const given = access.filter((status) => status !== '');
  return [
    ...states.map((state) => value('status', state)),
    ...(given.length > 0 ? given : ['not stated']).map((status) => value('access', status)),
  ];
}

/** All of them; pages show the first. */
function variablesMeasured({ shown }: DandisetEntry): string[] {
  return listMember(shown.summary.assetsSummary, 'variableMeasured')
    .map((item) =>
      shownLine(typeof item === 'string' ? item : (textMember(item, 'value') ?? ''), 120),
    )
    .filter((name) => name !== '');
}

function documentValues(
  { catalog, dandiset, record }: VersionMaterial,
  { types }: FileLabels,
  names: NameReader,
): DocumentValue[] {
  return [
    ...pageFacets(dandiset, names),
    ...variablesMeasured(dandiset).map((name) => value('variable', name)),
    ...types.map((type) => value('type', `.${type}`)),
    ...agentFacets(contributors(record), catalog.funderRors),
    ...stateFacets(dandiset, record),
  ];
}

/** The vocabularies whose terms texts are searched for. */
const READ: readonly (keyof Vocabularies)[] = ['species', 'animals', 'anatomy', 'methods'];

/** What identifies the things it is about: taxa, places in the body, types of data. */
function identifiersIn({ facts }: VersionMaterial, values: readonly DocumentValue[]): string[] {
  return [
    ...values.filter(({ facet }) => facet === 'species').map(({ id }) => id),
    ...values.filter(({ facet }) => facet === 'variable').map(({ label }) => `nwb:${label}`),
    ...facts.subjects.flatMap(({ name, identifier = '' }) => [name, identifier]),
  ];
}

async function searchDocument(
  catalog: Catalog,
  dandiset: DandisetEntry,
  names: NameReader,
): Promise<SearchDocument> {
  const { shown } = dandiset;
  const material = await readMaterial(catalog, dandiset, shown);
  const labels = fileLabels(material.assets());
  const values = documentValues(material, labels, names);
  const text = documentLines(material, values, labels);
  const document: SearchDocument = {
    number: dandiset.number,
    title: shown.summary.name,
    version: shown.version,
    status: shown.status,
    values,
    named: names.of(text.lines.slice(0, text.mainLines), identifiersIn(material, values)),
    ...text,
  };
  const { day, bytes, files, subjects } = shown.summary;
  if (day !== undefined) document.day = day;
  if (bytes !== undefined) document.bytes = bytes;
  if (files !== undefined) document.files = files;
  if (subjects !== undefined) document.subjects = subjects;
  return document;
}

/** One document for each Dandiset of a catalogue, in order of their numbers. */
export async function searchDocuments(catalog: Catalog): Promise<SearchDocument[]> {
  const names = new NameReader(READ.flatMap((name) => catalog.vocabularies[name].terms));
  const documents: SearchDocument[] = [];
  for (const dandiset of catalog.dandisets)
    documents.push(await searchDocument(catalog, dandiset, names));
  return documents;
}
