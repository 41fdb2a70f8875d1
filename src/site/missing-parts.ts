// What a reader would look for and the record does not say, in plain words.

import { textMember, type JsonObject } from '../core/json/json-text.ts';
import {
  ethicsApprovals,
  licences,
  protocols,
  relatedResources,
} from '../core/metadata/descriptions.ts';
import { contactPersons, isFunder, type Contributor } from '../core/metadata/people.ts';
import type { VersionFacts } from './version-facts.ts';

export interface MissingPart {
  what: string;
  /** What its absence means for a reader. */
  means: string;
}

/** The parts a reader would expect and the record lacks, the gravest first. */
export function missingParts(
  record: JsonObject,
  people: readonly Contributor[],
  facts: VersionFacts,
): MissingPart[] {
  const has = (kind: string): boolean => facts.facets.some((value) => value.kind === kind);
  const list: [absent: boolean, what: string, means: string][] = [
    [
      licences(record).length === 0,
      'a licence',
      'without one, reuse is not permitted beyond what the law allows',
    ],
    [people.length === 0, 'contributors', 'nobody can be credited'],
    [
      people.length > 0 && contactPersons(people).length === 0,
      'a contact person',
      'ask in the issue tracker of this archive',
    ],
    [
      (textMember(record, 'description') ?? '').trim() === '',
      'a description',
      'the files must speak for themselves',
    ],
    [!has('species') && facts.files !== 0, 'a species', 'it is not found by species'],
    [
      relatedResources(record).length === 0,
      'related publications or code',
      'no paper or code is linked',
    ],
    [!people.some(isFunder), 'funding', 'no funder or award is named'],
    [protocols(record).length === 0, 'protocols', 'the methods are not linked'],
    [ethicsApprovals(record).length === 0, 'an ethics approval', 'none is recorded'],
  ];
  return list.filter(([absent]) => absent).map(([, what, means]) => ({ what, means }));
}
