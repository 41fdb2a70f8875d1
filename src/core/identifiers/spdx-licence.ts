// Licences as records name them: `spdx:` and an identifier of the SPDX licence list.

import current from 'spdx-license-ids/index.json' with { type: 'json' };
import deprecated from 'spdx-license-ids/deprecated.json' with { type: 'json' };

const LICENCES = new Set<string>([...current, ...deprecated]);

/** Whether a text, without `spdx:`, is on the SPDX licence list; letter case counts. */
export function isSpdxLicence(id: string): boolean {
  return LICENCES.has(id);
}
