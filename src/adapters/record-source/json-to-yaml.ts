// Values as YAML, for readers of files that DANDI's client writes as YAML.

import { stringify } from 'yaml';

/** A value of JSON as YAML; lines are not folded. */
export function yamlOf(value: unknown): string {
  return stringify(value, { lineWidth: 0 });
}
