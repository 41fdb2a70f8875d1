// What the search for Dandisets can be narrowed by, in the panel next to its result.

import { dandisetQueries } from '../../core/search/edit-query.ts';
import {
  FIELD_WORDS,
  SEARCH_FACETS,
  type SearchFacet,
  type SearchRange,
} from '../../core/search/fields.ts';
import type { PanelFields } from './facet-panel.client.ts';

/** The facets and ranges of Dandisets. */
export const DANDISET_PANEL: PanelFields<SearchFacet, SearchRange> = {
  facets: SEARCH_FACETS,
  openAtFirst: ['species', 'technique', 'status'],
  ranges: [
    ['bytes', 'text', '100 MB', '2 TB'],
    ['files', 'text', '1', '1000'],
    ['subjects', 'text', '1', '100'],
    ['published', 'date', '', ''],
  ],
  words: FIELD_WORDS,
  editor: dandisetQueries,
};
