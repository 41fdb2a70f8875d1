// The formats of texts that the schemas name, for validators compiled at run time and precompiled ones.

import { fullFormats } from 'ajv-formats/dist/formats.js';

// The formats' own expressions run only on texts of a length that such a value can have.
const LONGEST_ADDRESS = 65_536;
const LONGEST_EMAIL = 1000;

const isUri = fullFormats.uri as (text: string) => boolean;
const emailPattern = fullFormats.email as RegExp;
const { validate: isDateTime } = fullFormats['date-time'] as {
  validate: (text: string) => boolean;
};

// How nearly all of them are written: whatever matches here matches the formats' own, slower expressions.
const USUAL_ADDRESS = /^https?:\/\/[a-z\d.-]+(?:\/[\w.~/-]*)?$/i;
const USUAL_TIME =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3])(?::[0-5]\d){2}(?:\.\d+)?(?:Z|[+-][01]\d:[0-5]\d)$/;

/** The formats by their names in the schemas. */
export const FORMATS = {
  uri: (text: string): boolean =>
    text.length <= LONGEST_ADDRESS && (USUAL_ADDRESS.test(text) || isUri(text)),
  email: (text: string): boolean => text.length <= LONGEST_EMAIL && emailPattern.test(text),
  date: fullFormats.date,
  'date-time': (text: string): boolean => USUAL_TIME.test(text) || isDateTime(text),
};
