// The text by which a Dandiset is searched, in lines.

import type { FileLabels } from '../../core/assets/file-labels.ts';
import { textMember } from '../../core/json/json-text.ts';
import { ethicsApprovals, projects, protocols } from '../../core/metadata/named-things.ts';
import { contributors, isFunder, type Contributor } from '../../core/metadata/people.ts';
import { relatedLink, relatedResources } from '../../core/metadata/related-resources.ts';
import { textList } from '../../core/metadata/terms.ts';
import { awardSpellings } from '../../core/search/award-spellings.ts';
import type { SearchFacet } from '../../core/search/fields.ts';
import { orcidWord } from '../../core/search/text-search.ts';
import { labelledLine, labelParts } from '../../core/search/label-words.ts';
import type { DocumentValue, SearchDocument } from '../../core/search/search-document.ts';
import { foldedWords, joinedSpellings, otherSpellings } from '../../core/text/fold.ts';
import { plainExcerpt } from '../../core/text/markdown.ts';
import { shownText } from '../../core/text/shown-text.ts';
import type { VersionMaterial } from '../catalog/version-material.ts';

const DESCRIPTION_LENGTH = 20_000;
const NOTES_LENGTH = 20_000;
/** Enough for an excerpt; words of the others are indexed all the same. */
const LABELS_LENGTH = 200;

function agentParts({ name, ror, affiliations, awardNumber = '' }: Contributor): string[] {
  return [name, ...affiliations.map((one) => one.name), ror ?? '', awardNumber];
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

/** The text of the version that a Dandiset's page shows. */
export function documentLines(
  { dandiset, entry, record, facts }: VersionMaterial,
  values: readonly DocumentValue[],
  { types, subjects, sessions }: FileLabels,
): Pick<SearchDocument, 'lines' | 'mainLines' | 'looseLines' | 'moreWords'> {
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
  ];
  const loose: Labelled[] = [
    ['Subjects', subjectLabels.whole],
    ['Sessions', sessionLabels.whole],
  ];
  const main = [
    `Dandiset ${dandiset.identifier}. ${entry.summary.name}`,
    plainExcerpt(textMember(record, 'description') ?? '', DESCRIPTION_LENGTH),
    ...written(subjectMatter),
  ].filter((line) => line !== '');
  const rest = written(others);
  const last = written(loose);
  const moreWords = [
    ...subjectLabels.more,
    ...sessionLabels.more,
    ...otherSpellings([...main, ...rest, ...last].join('\n')),
    ...joinedSpellings(main.join('\n')),
    ...joinedSpellings([...people.map(({ name }) => name), ...subjects].join('\n'), true),
    ...people.flatMap(initials),
    ...people
      .map(({ orcid, sharedOrcid }) => orcid ?? sharedOrcid)
      .filter((orcid) => orcid !== undefined)
      .map(orcidWord),
    ...people.flatMap(({ awardNumber = '' }) => awardSpellings(awardNumber)),
  ];
  return {
    lines: [...main, ...rest, ...last],
    mainLines: main.length,
    looseLines: last.length,
    moreWords,
  };
}
