// What the search for recordings can be narrowed by, in the panel next to its result.

import {
  LISTED_FACETS,
  parseRecordingQuery,
  RECORDING_WORDS,
  type RecordingFacet,
  type RecordingRange,
} from '../../core/recordings/recording-query.ts';
import { QueryEditor } from '../../core/search/edit-query.ts';
import type { PanelFields } from '../search/facet-panel.client.ts';

/** The facets whose values are listed, and all ranges. */
export const RECORDING_PANEL: PanelFields<RecordingFacet, RecordingRange> = {
  facets: LISTED_FACETS,
  openAtFirst: ['type', 'region'],
  ranges: [
    ['units', 'text', '1', '500'],
    ['channels', 'text', '1', '384'],
    ['rate', 'text', '1 kHz', '30 kHz'],
    ['duration', 'text', '1 min', '2 h'],
    ['rois', 'text', '1', '1000'],
    ['sweeps', 'text', '1', '100'],
  ],
  words: RECORDING_WORDS,
  editor: new QueryEditor(parseRecordingQuery),
};
