// A record as the objects inside it: what the rules beyond the schema look at. The walk follows
// the fields the current release knows, so an unknown field is never mistaken for a known one.

import { isJsonObject, textMember, type JsonObject, type JsonValue } from '../json/json-text.ts';
import { CURRENT_RELEASE } from './differences.ts';
import { escapePart } from './fault-message.ts';
import { refName, type JsonSchema } from './json-schema.ts';
import type { RecordKind } from './record-models.ts';
import { computedFields, modelsOf } from './schema-for.ts';

/** An object of a known model, such as a Person or a Resource. */
export interface ObjectInside {
  model: string;
  pointer: string;
  value: JsonObject;
}

/** A text that has to have a form: an address, an e-mail address, a date. */
export interface TextInside {
  model: string;
  field: string;
  format: NonNullable<JsonSchema['format']>;
  pointer: string;
  value: string;
}

/** What the walk of one record found. */
export interface RecordParts {
  objects: ObjectInside[];
  texts: TextInside[];
}

/** A field that leads to objects or formatted texts. */
interface Lead {
  field: string;
  /** The field as it stands in a pointer. */
  step: string;
  schema: JsonSchema;
}

function leadsAnywhere({ $ref, format, items, anyOf = [] }: JsonSchema): boolean {
  if ($ref !== undefined || format !== undefined) return true;
  return (items !== undefined && leadsAnywhere(items)) || anyOf.some(leadsAnywhere);
}

// Only which fields there are matters here, and that does not depend on an archive's settings.
const LEADS = new Map<string, readonly Lead[]>(
  Object.entries(modelsOf(CURRENT_RELEASE, { prefix: 'DANDI', site: '', licenses: [] })).map(
    ([model, { fields }]) => [
      model,
      Object.entries(fields)
        .filter(([, schema]) => leadsAnywhere(schema))
        .map(([field, schema]) => ({ field, step: `/${escapePart(field)}`, schema })),
    ],
  ),
);

function choiceOf(choices: readonly JsonSchema[], value: JsonValue): JsonSchema | undefined {
  if (Array.isArray(value)) return choices.find((choice) => choice.items !== undefined);
  if (!isJsonObject(value)) return choices.find((choice) => choice.format !== undefined);
  const meant = textMember(value, 'schemaKey');
  return choices.find((choice) => choice.$ref !== undefined && refName(choice) === meant);
}

/** The objects and formatted texts inside a record, in the order of the schema's fields. */
export function partsOf(record: JsonValue, kind: RecordKind, authored: boolean): RecordParts {
  const parts: RecordParts = { objects: [], texts: [] };
  const skipped: readonly string[] = authored ? computedFields(kind) : [];

  const visitModel = (model: string, value: JsonValue, pointer: string): void => {
    if (!isJsonObject(value)) return;
    parts.objects.push({ model, pointer, value });
    for (const { field, step, schema } of LEADS.get(model) ?? []) {
      if (pointer === '' && skipped.includes(field)) continue;
      const inside = value[field];
      if (inside !== undefined) visit(schema, inside, pointer + step, model, field);
    }
  };

  const visit = (
    schema: JsonSchema,
    value: JsonValue,
    pointer: string,
    model: string,
    field: string,
  ): void => {
    const inner = refName(schema);
    if (inner !== undefined) visitModel(inner, value, pointer);
    else if (schema.anyOf !== undefined) {
      const choice = choiceOf(schema.anyOf, value);
      if (choice !== undefined) visit(choice, value, pointer, model, field);
    } else if (schema.items !== undefined) {
      if (!Array.isArray(value)) return;
      const { items } = schema;
      value.forEach((item, index) => visit(items, item, `${pointer}/${index}`, model, field));
    } else if (schema.format !== undefined && typeof value === 'string') {
      parts.texts.push({ model, field, format: schema.format, pointer, value });
    }
  };

  visitModel(kind, record, '');
  return parts;
}
