// Which values of a file are worth more room in its tree than others: few are read, but pages and searches need them.

import { textMember } from '../json/json-text.ts';

const ELECTRODE_COLUMNS =
  /^\/general\/extracellular_ephys\/electrodes\/(?:location|group|group_name)$/;

/**
 * Whether a dataset says where something was recorded: the regions and groups of electrodes, and references to rows
 * of tables. Of these a tree has all values, not only the first, up to a larger size.
 */
export function saysWhere(path: string, attributes: unknown): boolean {
  const type = textMember(attributes, 'neurodata_type') ?? textMember(attributes, 'data_type');
  return type === 'DynamicTableRegion' || ELECTRODE_COLUMNS.test(path);
}

/** Whether the first values of a dataset say something although no table shows them: time stamps say the rate. */
export function saysRate(path: string): boolean {
  return path.endsWith('/timestamps');
}
