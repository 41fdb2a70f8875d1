// Who and what was recorded, and with which devices: the parts of an NWB file outside of its data.

import type { DataTree } from '../data-tree/data-tree.ts';
import type { DeviceSummary, SessionSummary, SubjectSummary } from './file-contents.ts';
import { nameInTree, type TreeReader } from './tree-reader.ts';
import type { TypeHierarchy } from './type-hierarchy.ts';

const MOST_DEVICES = 200;

/** The entries that have a value. */
function present<T extends object>(entries: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(
    Object.entries(entries).filter(([, value]) => value !== undefined),
  ) as T;
}

/** The subject; undefined if the file has none. */
export function subjectOf(reader: TreeReader): SubjectSummary | undefined {
  const group = reader.at('/general/subject');
  if (group === undefined) return undefined;
  const text = (name: string): string | undefined => reader.text(group, name);
  const subject = present<SubjectSummary>({
    id: text('subject_id'),
    species: text('species'),
    sex: text('sex'),
    age: text('age'),
    genotype: text('genotype'),
    strain: text('strain'),
    description: text('description'),
  });
  return Object.keys(subject).length === 0 ? undefined : subject;
}

/** The session, as far as the file describes it. */
export function sessionOf(reader: TreeReader): SessionSummary {
  const root = reader.at('/');
  const general = reader.at('/general');
  return {
    ...present<Omit<SessionSummary, 'experimenters' | 'keywords'>>({
      identifier: reader.text(general, 'session_id') ?? reader.text(root, 'identifier'),
      description: reader.text(root, 'session_description'),
      start: reader.text(root, 'session_start_time'),
      lab: reader.text(general, 'lab'),
      institution: reader.text(general, 'institution'),
    }),
    experimenters: reader.texts(general, 'experimenter'),
    keywords: reader.texts(general, 'keywords'),
  };
}

/** The devices of the file, in the order of the tree. */
export function devicesOf(
  tree: Pick<DataTree, 'objects'>,
  reader: TreeReader,
  types: TypeHierarchy,
): DeviceSummary[] {
  const devices: DeviceSummary[] = [];
  for (const object of tree.objects) {
    if (devices.length === MOST_DEVICES) break;
    if (object.kind !== 'group' || !types.isA(reader.typeOf(object), 'Device')) continue;
    const model = reader.member(object, 'model');
    devices.push(
      present<DeviceSummary>({
        name: nameInTree(object.path),
        path: object.path,
        description: reader.attributeText(object, 'description'),
        manufacturer:
          reader.attributeText(object, 'manufacturer') ??
          reader.attributeText(model, 'manufacturer'),
      }),
    );
  }
  return devices;
}
