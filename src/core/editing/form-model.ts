// The form of a record, made from the JSON Schema of its release: which fields there are, and what kind of
// control each needs. Nothing here knows a field by name except through form-words.ts.

import { refName, type JsonSchema } from '../schema/json-schema.ts';
import { schemaFor } from '../schema/schema-for.ts';
import type { Release } from '../schema/differences.ts';
import type { SchemaSettings } from '../schema/record-models.ts';
import { formFieldWords } from './form-words.ts';

/** The control that a field needs. */
export type Control =
  | { kind: 'text'; isLong: boolean; format?: JsonSchema['format']; maxLength?: number }
  | { kind: 'number' }
  | { kind: 'yes-no' }
  | { kind: 'choice'; options: readonly string[] }
  | { kind: 'choices'; options: readonly string[] }
  | { kind: 'texts'; format?: JsonSchema['format'] }
  | { kind: 'object'; model: string }
  | { kind: 'objects'; models: readonly string[] }
  /** Nothing the form has a control for: it is shown and edited as JSON. */
  | { kind: 'json' };

/** A field of a record or of an object inside it. */
export interface FormField {
  name: string;
  label: string;
  /** What to write, in a sentence. */
  help?: string;
  required: boolean;
  control: Control;
  /** The list of identifiers it takes one of. */
  list?: 'ORCID' | 'ROR';
}

/** The fields of a record and of the objects inside it. */
export interface FormModel {
  /** Of the record; in the order of the schema. */
  fields: readonly FormField[];
  /** Of the objects of a model: `Person`; identifying fields first. */
  fieldsOf(model: string): readonly FormField[];
}

function itemsControl(items: JsonSchema): Control {
  const models = [items, ...(items.anyOf ?? [])].flatMap((choice) => refName(choice) ?? []);
  if (models.length > 0) return { kind: 'objects', models };
  if (items.enum !== undefined) return { kind: 'choices', options: items.enum };
  if (items.type !== 'string') return { kind: 'json' };
  return { kind: 'texts', ...(items.format === undefined ? {} : { format: items.format }) };
}

function controlOf(schema: JsonSchema, isLong: boolean): Control {
  const model = refName(schema);
  if (model !== undefined) return { kind: 'object', model };
  if (schema.enum !== undefined) return { kind: 'choice', options: schema.enum };
  switch (schema.type) {
    case 'string':
      return {
        kind: 'text',
        isLong,
        ...(schema.format === undefined ? {} : { format: schema.format }),
        ...(schema.maxLength === undefined ? {} : { maxLength: schema.maxLength }),
      };
    case 'number':
    case 'integer':
      return { kind: 'number' };
    case 'boolean':
      return { kind: 'yes-no' };
    case 'array':
      return itemsControl(schema.items ?? {});
    default:
      return { kind: 'json' };
  }
}

/** What identifies an object's type, and what programs write: nothing a person fills in. */
const NOT_ASKED = new Set(['schemaKey', 'id']);

/** Identifying fields come first; the others follow in the order of the schema. */
const FIRST = [
  'name',
  'identifier',
  'relation',
  'email',
  'roleName',
  'includeInCitation',
  'affiliation',
  'awardNumber',
];

function placeOfField(name: string): number {
  const place = FIRST.indexOf(name);
  return place < 0 ? FIRST.length : place;
}

function fieldsOf(schema: JsonSchema, model: string): FormField[] {
  return Object.entries(schema.properties ?? {})
    .filter(([name, field]) => !NOT_ASKED.has(name) && field.not === undefined)
    .sort(([a], [b]) => (model === 'Dandiset' ? 0 : placeOfField(a) - placeOfField(b)))
    .map(([name, field]) => {
      const { label, help, isLong = false, list } = formFieldWords(model, name);
      return {
        name,
        label,
        ...(help === undefined ? {} : { help }),
        required: schema.required?.includes(name) === true,
        control: controlOf(field, isLong),
        ...(list === undefined ? {} : { list }),
      };
    });
}

/** The form of a draft in one release of the schema, for one archive. */
export function formModel(release: Release, settings: SchemaSettings): FormModel {
  const schema = schemaFor({ release, kind: 'Dandiset', authored: true, settings });
  const made = new Map<string, readonly FormField[]>();
  return {
    fields: fieldsOf(schema, 'Dandiset'),
    fieldsOf(model) {
      const found = made.get(model) ?? fieldsOf(schema.$defs?.[model] ?? {}, model);
      made.set(model, found);
      return found;
    },
  };
}
