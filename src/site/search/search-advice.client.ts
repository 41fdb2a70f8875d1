// Advice along with a result: what could not be parsed, what was not found, what else could be meant.

import { withPartAs } from '../../core/search/edit-query.ts';
import { resolveValue } from '../../core/search/facet-values.ts';
import { FIELD_WORDS } from '../../core/search/fields.ts';
import { looserQueries, withPhrasesApart } from '../../core/search/looser-queries.ts';
import type { Query } from '../../core/search/query.ts';
import type { SearchIndex } from '../../core/search/search-index.ts';
import { find, type Found } from './run-query.client.ts';
import type { SearchData } from './search-data.client.ts';
import type { Notes } from './search-notes.client.ts';

function valueProblems(index: SearchIndex, { facets }: Query): { message: string }[] {
  return facets
    .filter(({ facet, value }) => resolveValue(index.facets.get(facet) ?? [], value).length === 0)
    .map(({ facet, value }) => ({
      message: `No Dandiset here has “${value}” as ${FIELD_WORDS[facet].title.toLowerCase()}. The list beside the results has all there are.`,
    }));
}

function unknownWords(text: string, { unknown, nearest }: Found): Notes['unknown'] {
  const reported: Notes['unknown'][number][] = [];
  for (const [term, absent] of unknown) {
    for (const word of absent) {
      // A term of several words is not fixed by replacing all of them with one.
      const near = absent.length > 1 ? [] : (nearest.get(word) ?? []);
      const instead = near.map((one) => ({ text: withPartAs(text, term, one), words: one }));
      reported.push({ word, instead });
    }
  }
  return reported;
}

/** The advice along with the results of a text. */
export async function adviceOn(data: SearchData, text: string, found: Found): Promise<Notes> {
  const { index, request, outcome } = found;
  const { query } = request;
  const isFound = outcome.rows.length > 0;
  const notes: Notes = {
    problems: [...query.problems, ...valueProblems(index, query)],
    alsoFound: found.alsoFound,
    unknown: request.exact === undefined ? unknownWords(text, found) : [],
    looser: isFound ? [] : looserQueries(index, text, request),
  };
  if (found.corrected !== undefined) return { ...notes, corrected: found.corrected };
  const apart = isFound ? undefined : withPhrasesApart(text, query);
  if (apart === undefined) return notes;
  const count = (await find(data, apart, { order: 'best' })).outcome.rows.length;
  return count === 0 ? notes : { ...notes, apart: { text: apart, count } };
}
