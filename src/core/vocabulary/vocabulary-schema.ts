// The contents of a vocabulary, as JSON Schema. Members that are not named here are ignored.

import type { JsonSchema } from '../schema/json-schema.ts';
import { MAX_TERM_LENGTH } from './vocabulary.ts';

/** More than any term needs; each is compared with the words of every text. */
const MAX_NAMES = 200;

const name: JsonSchema = { type: 'string', maxLength: MAX_TERM_LENGTH };
const names: JsonSchema = { type: 'array', maxItems: MAX_NAMES, items: name };

export const VOCABULARY_SCHEMA: JsonSchema = {
  type: 'object',
  properties: {
    terms: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          identifier: name,
          name,
          commonName: name,
          synonyms: names,
          searchedAs: names,
          includes: names,
        },
      },
    },
  },
};
