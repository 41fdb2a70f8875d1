// What a reader would look for and the record does not say, in plain words.

import { textMember, type JsonObject } from '../json/json-text.ts';
import { licences } from './licences.ts';
import { ethicsApprovals, protocols } from './named-things.ts';
import { contactPersons, isFunder, type Contributor } from './people.ts';
import { relatedResources } from './related-resources.ts';

export interface MissingPart {
  what: string;
  /** What its absence means for a reader, if that is not obvious from the word. */
  means: string;
}

/** The parts a reader would expect and the record lacks, the most serious first. */
export function missingParts(
  record: JsonObject,
  people: readonly Contributor[],
  data: { hasSpecies: boolean; files: number | undefined },
): MissingPart[] {
  const list: [absent: boolean, what: string, means: string][] = [
    [
      licences(record).length === 0,
      'Licence',
      'without one, reuse is not permitted beyond what the law allows',
    ],
    [people.length === 0, 'Contributors', 'nobody can be credited'],
    [
      people.length > 0 && contactPersons(people).length === 0,
      'Contact person',
      'questions go to the issue tracker of this archive',
    ],
    [(textMember(record, 'description') ?? '').trim() === '', 'Description', ''],
    [!data.hasSpecies && data.files !== 0, 'Species', 'it is not found by species'],
    [relatedResources(record).length === 0, 'Related publications or code', ''],
    [!people.some((one) => isFunder(one) || one.awardNumber !== undefined), 'Funding', ''],
    [protocols(record).length === 0, 'Protocols', ''],
    [ethicsApprovals(record).length === 0, 'Ethics approval', ''],
  ];
  return list.filter(([absent]) => absent).map(([, what, means]) => ({ what, means }));
}
