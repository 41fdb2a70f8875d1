// The search document of each Dandiset: taken from the version its own page shows.

import { fileLabels, type FileLabels } from '../../core/assets/file-labels.ts';
import { listMember, textMember, type JsonObject } from '../../core/json/json-text.ts';
import { textList } from '../../core/metadata/terms.ts';
import { relatedLink, relatedResources } from '../../core/metadata/related-resources.ts';
import { ethicsApprovals, projects, protocols } from '../../core/metadata/named-things.ts';
import {
  contributors,
  isFunder,
  isNameGiven,
  type Contributor,
} from '../../core/metadata/people.ts';
import { awardSpellings } from '../../core/search/award-spellings.ts';
import type { SearchFacet } from '../../core/search/fields.ts';
import { foldedWords, joinedSpellings, otherSpellings } from '../../core/text/fold.ts';
import { NameReader } from '../../core/vocabulary/synonym-reader.ts';
import { labelledLine, labelParts } from '../../core/search/label-words.ts';
import type { DocumentValue, SearchDocument } from '../../core/search/search-document.ts';
import { plainExcerpt } from '../../core/text/markdown.ts';
import { shownLine, shownText } from '../../core/text/shown-text.ts';
import type { Catalog, DandisetEntry } from '../catalog/catalog.ts';
import type { Vocabularies } from '../catalog/facets.ts';
import { isFundingOrganization, rorOfFunder, type FunderRors } from '../catalog/funder-rors.ts';
import { readMaterial, type VersionMaterial } from '../catalog/version-material.ts';

const DESCRIPTION_LENGTH = 20_000;
const NOTES_LENGTH = 20_000;
const LABELS_LENGTH = 1000;

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

function agentParts({ name, orcid, ror, affiliations, awardNumber = '' }: Contributor): string[] {
  return [
    name,
    ...affiliations.map((one) => one.name),
    orcid ?? '',
    ror ?? '',
    awardNumber,
    ...awardSpellings(awardNumber),
  ];
}

/** `Svoboda, Karel` is also typed as `K. Svoboda` or `Svoboda K`. */
function initials({ kind, name }: Contributor): string[] {
  const [, given] = kind === 'person' ? name.split(',') : [];
  const letters = foldedWords(given ?? '').map(([first = '']) => first);
  return [...letters, letters.join('')];
}

type Labelled = [label: string, parts: string[]];

function written(lines: readonly Labelled[]): string[] {
  return lines.map((line) => labelledLine(...line)).filter((line) => line !== '');
}

function documentLines(
  { dandiset, entry, record, facts }: VersionMaterial,
  values: readonly DocumentValue[],
  { types, subjects, sessions }: FileLabels,
): Pick<SearchDocument, 'lines' | 'mainLines' | 'looseLines'> {
  const named = (facet: SearchFacet): string[] =>
    values
      .filter((one) => one.facet === facet)
      .flatMap(({ label, note, id }) => [label, note ?? '', id])
      .filter(Boolean);
  const subjectLabels = labelParts(subjects, LABELS_LENGTH);
  const sessionLabels = labelParts(sessions, LABELS_LENGTH);
  const people = contributors(record);
  const isPayer = (one: Contributor): boolean => isFunder(one) || one.awardNumber !== undefined;
  const subjectMatter: Labelled[] = [
    ['Keywords', textList(record, 'keywords')],
    ['Species', named('species')],
    ['About', facts.subjects.flatMap(({ name, identifier = '' }) => [name, identifier])],
    ['Approach', named('approach')],
    ['Technique', named('technique')],
    ['Study target', facts.studyTargets],
    ['Variables', named('variable')],
    ['Standards', named('standard')],
  ];
  const others: Labelled[] = [
    ['Contributors', people.filter((one) => !isPayer(one)).flatMap(agentParts)],
    ['Funding', people.filter(isPayer).flatMap(agentParts)],
    ['Licence', named('licence')],
    ['Projects', projects(record).flatMap(({ name, note = '' }) => [name, note])],
    ['Protocols', protocols(record).flatMap(({ name, href = '' }) => [name, href])],
    ['Ethics', ethicsApprovals(record).map(({ name }) => name)],
    [
      'Related',
      relatedResources(record)
        .map(relatedLink)
        .flatMap((one) => [one.name, one.identifier ?? '', one.href ?? '']),
    ],
    ['Acknowledgement', [facts.acknowledgement]],
    ['Release notes', [shownText(textMember(record, 'releaseNotes') ?? '', NOTES_LENGTH)]],
    ['DOI', [facts.doi ?? '']],
    ['Versions', dandiset.published.map(({ version }) => version)],
    ['File types', types.map((type) => `.${type}`)],
    ['Subjects', subjectLabels.whole],
    ['Sessions', sessionLabels.whole],
  ];
  const loose: Labelled[] = [
    ['More subjects', subjectLabels.more],
    ['More sessions', sessionLabels.more],
  ];
  const main = [
    `Dandiset ${dandiset.identifier}. ${entry.summary.name}`,
    plainExcerpt(textMember(record, 'description') ?? '', DESCRIPTION_LENGTH),
    ...written(subjectMatter),
  ].filter((line) => line !== '');
  const rest = written(others);
  const spellings = [
    ...otherSpellings([...main, ...rest].join('\n')),
    ...joinedSpellings(main.join('\n')),
    ...joinedSpellings(people.map(({ name }) => name).join('\n'), true),
    ...people.flatMap(initials),
  ];
  const last = written([...loose, ['Also spelled', spellings]]);
  return {
    lines: [...main, ...rest, ...last],
    mainLines: main.length,
    looseLines: last.length,
  };
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
