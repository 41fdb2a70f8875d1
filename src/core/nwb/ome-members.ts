// Which groups below one an OME-Zarr names: labels, wells of a plate, fields of a well, series of a conversion.

import { listMember, member, textMember } from '../json/json-text.ts';
import { omeBlock } from './ome-images.ts';

const MOST_MEMBERS = 500;

function below(group: string, names: readonly unknown[]): string[] {
  return names.slice(0, MOST_MEMBERS).flatMap((name) => {
    const parts = typeof name === 'string' ? name.split('/').filter((part) => part !== '') : [];
    const isPath = parts.length > 0 && !parts.includes('..') && !parts.includes('.');
    return isPath ? [`${group === '/' ? '' : group}/${parts.join('/')}`] : [];
  });
}

/** The paths of groups that a group's attributes name, and of `labels`, which a picture may have. */
export function omeMemberPaths(group: string, attributes: unknown): string[] {
  const block = omeBlock(attributes);
  const pathsIn = (list: readonly unknown[]): unknown[] =>
    list.map((one) => textMember(one, 'path'));
  const isPicture = listMember(block, 'multiscales').length > 0;
  const isConversion = member(block, 'bioformats2raw.layout') !== undefined;
  return below(group, [
    ...(isPicture ? ['labels'] : []),
    ...(isConversion ? ['OME', '0'] : []),
    ...listMember(block, 'labels'),
    ...listMember(block, 'series'),
    ...pathsIn(listMember(member(block, 'plate'), 'wells')),
    ...pathsIn(listMember(member(block, 'well'), 'images')),
  ]);
}
