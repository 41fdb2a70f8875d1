// A JSON Schema as a flat list of what it asks for, so that two schemas of different make can be
// compared. Annotations and spellings that change no verdict are levelled out.

import { isJsonObject, type JsonValue } from '../../src/core/json/json-text.ts';

const ASKS = [
  'type',
  'const',
  'enum',
  'pattern',
  'format',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'required',
] as const;

function definitionsOf(schema: JsonValue): Map<string, JsonValue> {
  if (!isJsonObject(schema)) return new Map();
  const found = schema['$defs'] ?? schema['definitions'] ?? {};
  return new Map(Object.entries(isJsonObject(found) ? found : {}));
}

/** Patterns that match the same texts are spelled alike. */
function levelPattern(pattern: string): string {
  return pattern
    .replaceAll('\\:', ':')
    .replace('0-9-/\\._]', '0-9/._-]')
    .replace('(dandi|DANDI)', '(DANDI|dandi)');
}

/** What a schema asks for, by place. Objects of a named model are listed under that name. */
export function constraintsOf(schema: unknown): Map<string, string> {
  const root = schema as JsonValue;
  const definitions = definitionsOf(root);
  const found = new Map<string, string>();
  const done = new Set<string>();

  const put = (place: string, value: JsonValue): void =>
    void found.set(place, JSON.stringify(value));

  const visit = (node: JsonValue, place: string): void => {
    if (!isJsonObject(node)) return;
    const only = Array.isArray(node['allOf']) && node['allOf'].length === 1 ? node['allOf'][0] : {};
    const here = { ...node, ...(isJsonObject(only) ? only : {}) };
    if (typeof here['$ref'] === 'string') {
      const name = here['$ref'].split('/').at(-1) ?? '';
      const target = definitions.get(name) ?? null;
      // A list of terms may stand in place or under a name.
      if (isJsonObject(target) && target['enum'] !== undefined) return visit(target, place);
      put(`${place}/$ref`, name);
      if (!done.has(name)) {
        done.add(name);
        visit(target, `#${name}`);
      }
      return;
    }
    const choices = here['anyOf'] ?? here['oneOf'];
    if (Array.isArray(choices)) {
      // An address or any text is any text; anything or a list of anything is anything.
      const all = choices.map((choice) => JSON.stringify(choice));
      const anyText = choices.findIndex(
        (choice) =>
          isJsonObject(choice) && choice['type'] === 'string' && Object.keys(choice).length === 1,
      );
      if (all.includes('{}')) return;
      if (
        anyText > 0 &&
        isJsonObject(choices[0] ?? null) &&
        (choices[0] as Record<string, JsonValue>)['type'] === 'string'
      ) {
        return put(`${place}/type`, 'string');
      }
      // Where an object is asked for as well, a choice that is text can never be taken.
      const possible = choices.filter(
        (choice) =>
          here['type'] !== 'object' ||
          (isJsonObject(choice) && choice['$ref'] !== undefined && !isTerms(choice)),
      );
      if (possible.length === 0) return put(`${place}/nothing`, true);
      if (possible.length === 1) return visit(possible[0] ?? null, place);
      possible.forEach((choice, index) => visit(choice, `${place}/${index}`));
      return;
    }
    const closed = here['const'] !== undefined || here['enum'] !== undefined;
    for (const key of ASKS) {
      const value = here[key];
      // A closed list says the type; `uuid4` is a format nobody checks; const outdoes enum.
      if (value === undefined || (key === 'type' && closed) || value === 'uuid4') continue;
      if (key === 'enum' && here['const'] !== undefined) continue;
      if (key === 'pattern') put(`${place}/pattern`, levelPattern(String(value)));
      else if (Array.isArray(value)) {
        if (value.length > 0) put(`${place}/${key}`, value.map(String).sort());
      } else put(`${place}/${key}`, value);
    }
    for (const key of ['items', 'propertyNames', 'additionalProperties']) {
      if (here[key] !== undefined) visit(here[key], `${place}/${key}`);
    }
    const properties = here['properties'];
    for (const [name, inner] of Object.entries(
      isJsonObject(properties ?? null) ? (properties ?? {}) : {},
    )) {
      put(`${place}/properties/${name}/`, true);
      visit(inner as JsonValue, `${place}/properties/${name}`);
    }
  };

  const isTerms = (choice: JsonValue): boolean => {
    const name =
      isJsonObject(choice) && typeof choice['$ref'] === 'string'
        ? choice['$ref'].split('/').at(-1)
        : '';
    const target = definitions.get(name ?? '');
    return (
      isJsonObject(target ?? null) && (target as Record<string, JsonValue>)['enum'] !== undefined
    );
  };

  visit(root, '');
  return found;
}
