// The forms of texts that the schemas name, for validators made at run time and ahead of it.

import { fullFormats } from 'ajv-formats/dist/formats.js';

// The formats' own expressions run only on texts of a length that such a value can have.
const LONGEST_ADDRESS = 65_536;
const LONGEST_EMAIL = 1000;

const isUri = fullFormats.uri as (text: string) => boolean;
const emailPattern = fullFormats.email as RegExp;

/** The formats by the names that schemas have for them. */
export const FORMATS = {
  uri: (text: string): boolean => text.length <= LONGEST_ADDRESS && isUri(text),
  email: (text: string): boolean => text.length <= LONGEST_EMAIL && emailPattern.test(text),
  date: fullFormats.date,
  'date-time': fullFormats['date-time'],
};
