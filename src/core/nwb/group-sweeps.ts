// Makes one entry of the many series that a file has of one kind: sweeps of patch-clamp recordings above all.

import { joinedSites } from './electrode-sites.ts';
import type { RecordedObject } from './file-contents.ts';
import { parentPath } from './tree-reader.ts';

/** Series of one type in one group that are still listed each for itself. */
const MOST_ALIKE = 20;
const MOST_FILES = 100;

/** What entries have in common: a value that differs is left out. */
function alike<K extends keyof RecordedObject>(
  entries: readonly RecordedObject[],
  key: K,
): Partial<Pick<RecordedObject, K>> {
  const first = entries[0]?.[key];
  const text = JSON.stringify(first);
  return first !== undefined && entries.every((one) => JSON.stringify(one[key]) === text)
    ? ({ [key]: first } as Pick<RecordedObject, K>)
    : {};
}

/** One entry for several of one type and unit; its path and name are those of the first. */
function groupEntry(entries: readonly [RecordedObject, ...RecordedObject[]]): RecordedObject {
  const [first] = entries;
  const events = entries.flatMap((one) => one.events ?? []);
  return {
    path: first.path,
    name: first.name,
    ...(first.type === undefined ? {} : { type: first.type }),
    extends: first.extends,
    ...alike(entries, 'description'),
    ...alike(entries, 'unit'),
    ...alike(entries, 'shape'),
    ...alike(entries, 'rate'),
    ...alike(entries, 'timeBase'),
    ...alike(entries, 'start'),
    ...alike(entries, 'duration'),
    ...alike(entries, 'channels'),
    ...alike(entries, 'rois'),
    ...(events.length < entries.length
      ? {}
      : { events: events.reduce((sum, one) => sum + one, 0) }),
    ...alike(entries, 'conversion'),
    ...alike(entries, 'containers'),
    sweeps: entries.length,
    ...joinedSites(entries),
    externalFiles: [...new Set(entries.flatMap((one) => one.externalFiles))].slice(0, MOST_FILES),
  };
}

/**
 * The entries with those of a kind as one, where the first of them was: patch-clamp series always, by their
 * type, unit and top-level group; other series where one group has more than 20 of one type and unit.
 */
export function groupSweeps(entries: readonly RecordedObject[]): RecordedObject[] {
  const groups = new Map<string, [RecordedObject, ...RecordedObject[]]>();
  for (const entry of entries) {
    const types = [entry.type, ...entry.extends];
    const isSweep = types.includes('PatchClampSeries');
    const isSeries = isSweep || entry.timeBase !== undefined || types.includes('TimeSeries');
    const place = isSweep ? entry.path.split('/', 2)[1] : parentPath(entry.path);
    const key = isSeries ? JSON.stringify([entry.type, entry.unit, place]) : entry.path;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return [...groups.values()].flatMap((group) => {
    const isSweep = [group[0].type, ...group[0].extends].includes('PatchClampSeries');
    return isSweep || group.length > MOST_ALIKE ? [groupEntry(group)] : group;
  });
}
