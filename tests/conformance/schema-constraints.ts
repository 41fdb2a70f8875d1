// A JSON Schema as a flat list of its requirements, so that two differently written schemas can be compared.
// Annotations, and spellings that change no verdict, are normalised.

import {
  isJsonObject,
  listMember,
  member,
  textMember,
  type JsonObject,
  type JsonValue,
} from '../../src/core/json/json-text.ts';

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
];

const objectMember = (value: JsonValue | undefined, key: string): JsonObject => {
  const found = member(value, key);
  return isJsonObject(found) ? found : {};
};

/** Patterns that match the same texts are spelled alike. */
function levelPattern(pattern: string): string {
  return pattern
    .replaceAll('\\:', ':')
    .replace('0-9-/\\._]', '0-9/._-]')
    .replace('(dandi|DANDI)', '(DANDI|dandi)');
}

/** The requirements of a schema, by place. Objects of a named model are listed under that name. */
export function constraintsOf(schema: unknown): Map<string, string> {
  const root = schema as JsonValue;
  const definitions = { ...objectMember(root, '$defs'), ...objectMember(root, 'definitions') };
  const found = new Map<string, string>();
  const listed = new Set<string>();

  const put = (place: string, value: JsonValue): void => {
    found.set(place, JSON.stringify(value));
  };
  const nameOf = (node: JsonValue): string | undefined =>
    textMember(node, '$ref')?.split('/').at(-1);
  const isTerms = (node: JsonValue): boolean =>
    member(definitions[nameOf(node) ?? ''], 'enum') !== undefined;

  const visitModel = (name: string, place: string): void => {
    put(`${place}/$ref`, name);
    if (listed.has(name)) return;
    listed.add(name);
    visit(definitions[name] ?? null, `#${name}`);
  };

  const visitChoices = (choices: JsonValue[], place: string, objectsOnly: boolean): void => {
    // Anything, or a list of anything, is anything.
    if (choices.some((choice) => JSON.stringify(choice) === '{}')) return;
    // An address, or any text, is any text.
    const texts = choices.every((choice) => textMember(choice, 'type') === 'string');
    const anyText = choices.some(
      (choice) => isJsonObject(choice) && Object.keys(choice).join() === 'type',
    );
    if (texts && anyText) return put(`${place}/type`, 'string');
    // Where an object is also required, a choice that is text can never be taken.
    const possible = choices.filter(
      (choice) => !objectsOnly || (nameOf(choice) !== undefined && !isTerms(choice)),
    );
    if (possible.length === 0) put(`${place}/nothing`, true);
    else if (possible.length === 1) visit(possible[0] ?? null, place);
    else possible.forEach((choice, index) => visit(choice, `${place}/${index}`));
  };

  const visit = (node: JsonValue, place: string): void => {
    if (!isJsonObject(node)) return;
    const [only] = listMember(node, 'allOf');
    const here = isJsonObject(only) ? { ...node, ...only } : node;
    const name = nameOf(here);
    // A list of terms may be inline or under a name.
    if (name !== undefined && isTerms(here)) return visit(definitions[name] ?? null, place);
    if (name !== undefined) return visitModel(name, place);
    if (here['not'] !== undefined) return put(`${place}/nothing`, true);
    const choices = [...listMember(here, 'anyOf'), ...listMember(here, 'oneOf')];
    if (choices.length > 0) return visitChoices(choices, place, here['type'] === 'object');
    for (const key of ASKS) {
      const value = here[key];
      const implied =
        (key === 'type' && (here['const'] !== undefined || here['enum'] !== undefined)) ||
        (key === 'enum' && here['const'] !== undefined);
      // No validator used here checks the format uuid4.
      if (value === undefined || implied || value === 'uuid4') continue;
      if (typeof value === 'string') put(`${place}/${key}`, levelPattern(value));
      else if (!Array.isArray(value)) put(`${place}/${key}`, value);
      else if (value.length > 0) put(`${place}/${key}`, value.map(String).sort());
    }
    for (const key of ['items', 'propertyNames', 'additionalProperties']) {
      visit(here[key] ?? null, `${place}/${key}`);
    }
    for (const [field, inner] of Object.entries(objectMember(here, 'properties'))) {
      put(`${place}/properties/${field}/`, true);
      visit(inner, `${place}/properties/${field}`);
    }
  };

  visit(root, '');
  return found;
}
