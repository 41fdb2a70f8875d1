// What the search for recordings reads from the site, each file once and only when it is needed.

import type { RecordingsHead } from '../../core/recordings/recording-index.ts';
import { RecordingSearch } from '../../core/recordings/recording-search.ts';
import { SearchError } from '../search/search-error.client.ts';

async function readJson(address: string): Promise<unknown> {
  const answer = await fetch(address).catch(() => undefined);
  if (answer?.ok !== true)
    throw new SearchError('A part of the index of recordings could not be loaded.', {
      isUnanswered: answer === undefined,
    });
  return answer.json();
}

/** Reads the index below the address of a site's search, in a form that can be asked. */
export async function openRecordings(base: string): Promise<RecordingSearch> {
  const head = (await readJson(`${base}search/recordings/index.json`)) as RecordingsHead;
  const kept = new Map<string, Promise<unknown>>();
  return new RecordingSearch(head, (name) => {
    const known = kept.get(name);
    if (known !== undefined) return known;
    const reading = readJson(`${base}search/recordings/${head.state}/${name}`);
    reading.catch(() => kept.delete(name));
    kept.set(name, reading);
    return reading;
  });
}
