// The few shapes the metadata schemas are built from, as plain JSON Schema.

import type { ValidateFunction } from 'ajv/dist/2020.js';

/** A JSON Schema (draft 2020-12), as far as the schemas here use the language. */
export interface JsonSchema {
  $schema?: string;
  $id?: string;
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
  title?: string;
  /** What a value has to be, worded so that "must be …" reads as a sentence. */
  description?: string;
  type?: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object';
  const?: string;
  enum?: readonly string[];
  pattern?: string;
  format?: 'uri' | 'email' | 'date' | 'date-time';
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: readonly string[];
  propertyNames?: JsonSchema;
  additionalProperties?: JsonSchema;
  anyOf?: readonly JsonSchema[];
  not?: JsonSchema;
  if?: JsonSchema;
  then?: JsonSchema;
  else?: JsonSchema;
}

/** A schema that is ready to use. */
export interface CompiledSchema {
  /** Whether a value passes; stops at the first problem. */
  passes: ValidateFunction;
  /** Finds every problem of a record, or of one model inside it; compiled on first use. */
  explain(model?: string): ValidateFunction;
}

/** An object with named fields; extra fields are allowed, as DANDI allows them. */
export interface Model {
  fields: Record<string, JsonSchema>;
  required: readonly string[];
}

/** Models by name. */
export type Models = Record<string, Model>;

/** Any text. */
export const text = (more: JsonSchema = {}): JsonSchema => ({ type: 'string', ...more });

/** Text in one format; `description` says which. */
export const written = (pattern: string, description: string): JsonSchema => ({
  type: 'string',
  pattern,
  description,
});

/** One of the given texts. */
export const oneOfTexts = (values: readonly string[]): JsonSchema => ({
  type: 'string',
  enum: values,
});

/** An address or a compact identifier (which is a URI too), in a single field. */
export const schemaAddress: JsonSchema = {
  type: 'string',
  format: 'uri',
  minLength: 1,
  maxLength: 1000,
};

/** An address inside a list or a choice, where DANDI sets no maximum length. */
export const listedAddress: JsonSchema = { type: 'string', format: 'uri', minLength: 1 };

/** A name of at most 150 characters. */
export const shortName: JsonSchema = { type: 'string', maxLength: 150 };

/** A whole number. */
export const integer: JsonSchema = { type: 'integer' };
/** Any number. */
export const number: JsonSchema = { type: 'number' };
/** True or false. */
export const yesOrNo: JsonSchema = { type: 'boolean' };
/** An e-mail address. */
export const email: JsonSchema = { type: 'string', format: 'email' };
/** A day. */
export const date: JsonSchema = { type: 'string', format: 'date' };
/** A moment, with its time zone. */
export const dateTime: JsonSchema = { type: 'string', format: 'date-time' };

/** A list of one kind of item. */
export const listOf = (items: JsonSchema, more: JsonSchema = {}): JsonSchema => ({
  type: 'array',
  items,
  ...more,
});

/** An object of the model of that name. */
export const ref = (model: string): JsonSchema => ({ $ref: `#/$defs/${model}` });

/** The name of the model that a schema refers to, if it does. */
export function refName(schema: JsonSchema | undefined): string | undefined {
  return schema?.$ref?.slice('#/$defs/'.length);
}

/** An object of one of several models; its `schemaKey` says which. */
export const anyModel = (...names: string[]): JsonSchema => ({ anyOf: names.map(ref) });
