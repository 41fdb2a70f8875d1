// Rules about what a record refers to: addresses, identifiers, dates, values.

import { isJsonObject, member, type JsonValue } from '../../json/json-text.ts';
import { placeWords, whatIsThere } from '../problem-message.ts';
import { TERM_MODELS } from '../models.ts';
import { defineRule } from './rule.ts';

// A text without any scheme is a problem of the schema already.
const HAS_SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const CURIE = /^[a-zA-Z0-9-]+:[a-zA-Z0-9/._-]+$/;
const TERMS = new Set<string>(TERM_MODELS);
// Characters that no host name contains, not even percent-encoded.
const NOT_IN_A_HOST = /[\u0000-\u0020"#%/:<>?@[\\\]^`{|}\u007f]/;
const LONGEST_HOST = 1000;

function isHost(text: string): boolean {
  if (text.startsWith('[')) return text.endsWith(']');
  let host: string;
  try {
    host = decodeURIComponent(text);
  } catch {
    return false;
  }
  if (host === '' || NOT_IN_A_HOST.test(host)) return false;
  const labels = host.replace(/\.$/, '').split('.');
  if (!/^\d+$/.test(labels.at(-1) ?? '')) return true;
  return (
    labels.length === 4 && labels.every((label) => /^\d{1,3}$/.test(label) && Number(label) < 256)
  );
}

// How nearly all of them begin: such a host is valid, and the rest does not matter.
const USUAL_START = /^https?:\/\/(?:[a-z\d-]{1,63}\.){1,8}[a-z]{2,63}(?:[/?#]|$)/i;

/** Whether a URI is the address of something on the web: http or https, and a host. */
export function isWebAddress(text: string): boolean {
  if (USUAL_START.test(text)) return true;
  const start = /^https?:\/*/i.exec(text);
  if (start === null) return false;
  const rest = text.slice(start[0].length, start[0].length + LONGEST_HOST);
  const authority = /^[^/?#]*/.exec(rest)?.[0] ?? '';
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  const port = /:(\d*)$/.exec(host);
  if (port !== null && Number(port[1]) > 65_535) return false;
  return isHost(port === null ? host : host.slice(0, port.index));
}

/** An address begins with https:// or http:// and names a host. */
export const webAddress = defineRule({
  id: 'web-address',
  title: 'An address begins with https:// or http:// and names a host',
  explanation: 'Everything a record links to must be reachable by its readers.',
  hint: 'Give the full address as the browser shows it.',
  appliesTo: ['dandiset', 'asset'],
  *find(_record, _context, { texts }) {
    for (const { model, field, format, pointer, value } of texts) {
      if (format !== 'uri' || (TERMS.has(model) && field === 'identifier')) continue;
      if (!HAS_SCHEME.test(value) || isWebAddress(value)) continue;
      yield {
        pointer,
        message: `${placeWords(pointer)} is no web address: ${whatIsThere(value)}.`,
      };
    }
  },
});

/** The identifier of a term is a web address or a compact identifier. */
export const identifierForm = defineRule({
  id: 'identifier-form',
  title: 'The identifier of a term is a web address or a compact identifier',
  explanation: 'Species, regions and techniques are found and compared by their identifiers.',
  hint: 'Write a full address, or prefix:name such as UBERON:0000955.',
  appliesTo: ['dandiset', 'asset'],
  *find(_record, _context, { texts }) {
    for (const { model, field, pointer, value } of texts) {
      if (!TERMS.has(model) || field !== 'identifier') continue;
      if (!HAS_SCHEME.test(value) || isWebAddress(value) || CURIE.test(value)) continue;
      const found = whatIsThere(value);
      yield {
        pointer,
        message: `${placeWords(pointer)} is neither an address nor prefix:name: ${found}.`,
      };
    }
  },
});

const isThere = (value: JsonValue | undefined): boolean => value !== undefined && value !== null;

/** A related resource has an identifier or an address. */
export const resourceTarget = defineRule({
  id: 'resource-target',
  title: 'A related resource has an identifier or an address',
  explanation: 'A resource that is only described cannot be found.',
  hint: 'Add a url, or an identifier such as doi:10.1038/s41586-020-2649-2.',
  appliesTo: ['dandiset', 'asset'],
  *find(_record, _context, { objects }) {
    for (const { model, pointer, value } of objects) {
      if (model !== 'Resource') continue;
      if (isThere(member(value, 'identifier')) || isThere(member(value, 'url'))) continue;
      yield { pointer, message: `${placeWords(pointer)} has neither an identifier nor a url.` };
    }
  },
});

/** An embargo has an end date. */
export const embargoDate = defineRule({
  id: 'embargo-date',
  title: 'An embargo has an end date',
  explanation: 'Funders ask that embargoed data become open on a day that is known.',
  hint: 'Add embargoedUntil, such as 2027-03-31.',
  appliesTo: ['dandiset', 'asset'],
  *find(_record, _context, { objects }) {
    for (const { model, pointer, value } of objects) {
      if (model !== 'AccessRequirements') continue;
      if (member(value, 'status') !== 'dandi:EmbargoedAccess') continue;
      if (isThere(member(value, 'embargoedUntil'))) continue;
      yield { pointer, message: `${placeWords(pointer)} is an embargo without an end date.` };
    }
  },
});

/** A date is valid for the calendars and clocks of programs. */
export const calendarDate = defineRule({
  id: 'calendar-date',
  title: 'A date is one that calendars and clocks of programs know',
  explanation: 'The year 0 and the 61st second of a minute are refused by most programs.',
  hint: 'Write a year from 0001 on and seconds up to 59.',
  appliesTo: ['dandiset', 'asset'],
  *find(_record, _context, { texts }) {
    for (const { format, pointer, value } of texts) {
      if (format !== 'date' && format !== 'date-time') continue;
      if (!value.startsWith('0000') && !/:60(\D|$)/.test(value)) continue;
      yield {
        pointer,
        message: `${placeWords(pointer)} is no date a program can read: ${whatIsThere(value)}.`,
      };
    }
  },
});

/** Whether a value says nothing: absent, empty, zero or false, as in DANDI's own models. */
function saysNothing(value: JsonValue | undefined): boolean {
  if (isJsonObject(value)) return Object.keys(value).length === 0;
  return Array.isArray(value) ? value.length === 0 : !value;
}

/** A property has a value other than empty, zero or false. */
export const propertyValue = defineRule({
  id: 'property-value',
  title: 'A property has a value other than empty, zero or false',
  explanation: 'DANDI’s own programs take such a value for a missing one and refuse the record.',
  hint: 'Give the value, as text if it is zero ("0"), or leave the property out.',
  appliesTo: ['asset'],
  *find(_record, _context, { objects }) {
    for (const { model, pointer, value } of objects) {
      if (model !== 'PropertyValue' || !saysNothing(member(value, 'value'))) continue;
      const at = `${pointer}/value`;
      yield { pointer: at, message: `${placeWords(at)} says nothing.` };
    }
  },
});
