// The licences of a record.

import { listMember, type JsonObject } from '../json/json-text.ts';
import { isSpdxLicence } from '../identifiers/spdx-licence.ts';
import { shownLine } from '../text/shown-text.ts';

export interface Licence {
  /** SPDX identifier, or the record's text if it is not one. */
  id: string;
  name: string;
  href?: string;
}

const LICENCE_NAMES: ReadonlyMap<string, [name: string, href: string]> = new Map([
  ['CC0-1.0', ['CC0 1.0 (public domain)', 'https://creativecommons.org/publicdomain/zero/1.0/']],
  ['CC-BY-4.0', ['CC BY 4.0', 'https://creativecommons.org/licenses/by/4.0/']],
  ['CC-BY-NC-4.0', ['CC BY-NC 4.0', 'https://creativecommons.org/licenses/by-nc/4.0/']],
]);

/** The licences of a record; distinguishes SPDX identifiers from free text. */
export function licences(record: JsonObject): Licence[] {
  const found: Licence[] = [];
  for (const item of listMember(record, 'license')) {
    if (typeof item !== 'string' || item.trim() === '') continue;
    const id = shownLine(item.replace(/^spdx:/, ''), 100);
    const known = LICENCE_NAMES.get(id);
    if (known !== undefined) found.push({ id, name: known[0], href: known[1] });
    else if (item.startsWith('spdx:') && isSpdxLicence(id)) {
      found.push({ id, name: id, href: `https://spdx.org/licenses/${id}.html` });
    } else found.push({ id, name: id });
  }
  return found;
}
