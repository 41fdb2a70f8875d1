// A record as the objects inside it: what the rules beyond the schema look at. The walk follows
// the fields the current release knows, so an unknown field is never mistaken for a known one.

import { isJsonObject, textMember, type JsonObject, type JsonValue } from '../json/json-text.ts';
import { CURRENT_RELEASE } from './differences.ts';
import { escapePart } from './problem-message.ts';
import { refName, type JsonSchema } from './json-schema.ts';
import type { RecordKind } from './record-models.ts';
import { computedFields, modelsOf } from './schema-for.ts';

/** An object of a known model, such as a Person or a Resource. */
export interface ObjectInside {
  model: string;
  pointer: string;
  value: JsonObject;
}

/** A text that must have a format: an address, an e-mail address, a date. */
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

/** What a value of a schema refers to: an object or a formatted text, or several of them. */
type Route =
  | { to: 'model'; model: string }
  | { to: 'text'; format: TextInside['format'] }
  | { to: 'items'; items: Route }
  | { to: 'choice'; models: ReadonlySet<string>; list?: Route; text?: Route };

function routeOf(schema: JsonSchema | undefined): Route | undefined {
  if (schema === undefined) return undefined;
  const { anyOf, format } = schema;
  const model = refName(schema);
  if (model !== undefined) return { to: 'model', model };
  if (anyOf !== undefined) {
    const list = routeOf(anyOf.find(({ items }) => items !== undefined));
    const text = routeOf(anyOf.find((choice) => choice.format !== undefined));
    const models = new Set(anyOf.flatMap((choice) => refName(choice) ?? []));
    return { to: 'choice', models, ...(list && { list }), ...(text && { text }) };
  }
  const items = routeOf(schema.items);
  if (items !== undefined) return { to: 'items', items };
  return format === undefined ? undefined : { to: 'text', format };
}

/** A field that refers to something. */
interface Lead {
  field: string;
  /** The field as written in a pointer. */
  step: string;
  route: Route;
}

function leadsOf(fields: Record<string, JsonSchema>): Lead[] {
  return Object.entries(fields).flatMap(([field, schema]) => {
    const route = routeOf(schema);
    return route === undefined ? [] : { field, step: `/${escapePart(field)}`, route };
  });
}

// Only the set of fields matters here, and that does not depend on an archive's settings.
const LEADS = new Map(
  Object.entries(modelsOf(CURRENT_RELEASE, { prefix: 'DANDI', site: '', licenses: [] })).map(
    ([model, { fields }]) => [model, leadsOf(fields)] as const,
  ),
);

/** The objects and formatted texts inside a record, in the order of the schema's fields. */
export function partsOf(record: JsonValue, kind: RecordKind, authored: boolean): RecordParts {
  const parts: RecordParts = { objects: [], texts: [] };
  const skipped: readonly string[] = authored ? computedFields(kind) : [];

  const visitModel = (model: string, value: JsonValue, pointer: string): void => {
    if (!isJsonObject(value)) return;
    parts.objects.push({ model, pointer, value });
    for (const { field, step, route } of LEADS.get(model) ?? []) {
      if (pointer === '' && skipped.includes(field)) continue;
      const inside = value[field];
      if (inside !== undefined) visit(route, inside, pointer + step, model, field);
    }
  };

  const visit = (
    route: Route,
    value: JsonValue,
    pointer: string,
    model: string,
    field: string,
  ): void => {
    if (route.to === 'model') visitModel(route.model, value, pointer);
    else if (route.to === 'text') {
      if (typeof value !== 'string') return;
      parts.texts.push({ model, field, format: route.format, pointer, value });
    } else if (route.to === 'items') {
      if (!Array.isArray(value)) return;
      for (const [index, item] of value.entries()) {
        visit(route.items, item, `${pointer}/${index}`, model, field);
      }
    } else if (isJsonObject(value)) {
      const meant = textMember(value, 'schemaKey');
      if (meant !== undefined && route.models.has(meant)) visitModel(meant, value, pointer);
    } else {
      const chosen = Array.isArray(value) ? route.list : route.text;
      if (chosen !== undefined) visit(chosen, value, pointer, model, field);
    }
  };

  visitModel(kind, record, '');
  return parts;
}
