// One JSON Schema from the current definition, the differences of the release, and the settings.

import { DIFFERENCES, RELEASES, type Difference, type Release } from './differences.ts';
import { refName, type JsonSchema, type Model, type Models } from './json-schema.ts';
import { currentModels } from './models.ts';
import {
  COMPUTED_ASSET_FIELDS,
  COMPUTED_DANDISET_FIELDS,
  currentRecordModels,
  type RecordKind,
  type SchemaSettings,
} from './record-models.ts';

/** The fields of this kind of record that the archive writes and an author leaves out. */
export function computedFields(kind: RecordKind): readonly string[] {
  return kind.endsWith('Dandiset') ? COMPUTED_DANDISET_FIELDS : COMPUTED_ASSET_FIELDS;
}

function setRequired(model: Model, name: string, required: boolean): void {
  const others = model.required.filter((entry) => entry !== name);
  model.required = required ? [...others, name] : others;
}

function apply(difference: Difference, models: Models, settings: SchemaSettings): void {
  const { was, required } = difference;
  for (const place of difference.at) {
    const [modelName = '', name = ''] = place.split('.');
    const found = modelName === '*' ? Object.values(models) : [models[modelName]];
    for (const model of found) {
      if (model === undefined) throw new Error(`no model ${modelName} for a difference`);
      if (was === null) {
        delete model.fields[name];
        setRequired(model, name, false);
      } else if (was !== undefined) {
        model.fields[name] = typeof was === 'function' ? was(settings) : was;
      }
      if (required === undefined) continue;
      setRequired(model, name, typeof required === 'function' ? required(settings) : required);
    }
  }
}

/**
 * Every model of a release, records and the objects inside them; published records as this archive freezes
 * them, unless they were frozen `elsewhere`.
 */
export function modelsOf(
  release: Release,
  settings: SchemaSettings,
  elsewhere: boolean = false,
): Models {
  const models = { ...currentModels(), ...currentRecordModels(settings) };
  const age = RELEASES.indexOf(release);
  for (const difference of DIFFERENCES) {
    const isSaved = difference.keptHere === true && !elsewhere;
    if (isSaved || RELEASES.indexOf(difference.until) >= age) apply(difference, models, settings);
  }
  return models;
}

function refsWithin(schema: JsonSchema): string[] {
  const inner = [
    schema.items,
    schema.additionalProperties,
    ...(schema.anyOf ?? []),
    ...Object.values(schema.properties ?? {}),
  ];
  const own = refName(schema);
  const below = inner.flatMap((entry) => (entry === undefined ? [] : refsWithin(entry)));
  return own === undefined ? below : [own, ...below];
}

function toSchema({ fields, required }: Model): JsonSchema {
  return { type: 'object', properties: fields, required };
}

function withoutComputed(model: Model, kind: RecordKind): Model {
  const computed = new Set(computedFields(kind));
  return {
    fields: Object.fromEntries(
      Object.entries(model.fields).filter(([name]) => !computed.has(name)),
    ),
    required: model.required.filter((name) => !computed.has(name)),
  };
}

/** Which schema is meant. */
export interface SchemaChoice {
  release: Release;
  kind: RecordKind;
  settings: SchemaSettings;
  /** Leave out the fields the archive computes (a draft is authored without them). */
  authored?: boolean;
  /** Require of a published record what its release does, and no more: another archive froze it. */
  elsewhere?: boolean;
}

/** The JSON Schema (draft 2020-12) of one kind of record in one release, for one archive. */
export function schemaFor({
  release,
  kind,
  settings,
  authored = false,
  elsewhere = false,
}: SchemaChoice): JsonSchema {
  const models = modelsOf(release, settings, elsewhere);
  const model = models[kind];
  if (model === undefined) throw new Error(`no kind of record is called ${kind}`);
  const root = toSchema(authored ? withoutComputed(model, kind) : model);
  const definitions = new Map<string, JsonSchema>();
  const waiting = refsWithin(root);
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const used = models[name];
    if (used === undefined || definitions.has(name)) continue;
    const schema = toSchema(used);
    definitions.set(name, schema);
    waiting.push(...refsWithin(schema));
  }
  const inOrder = [...definitions].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: `${kind} ${release}${authored ? ', as authored' : ''}`,
    ...root,
    $defs: Object.fromEntries(inOrder),
  };
}
