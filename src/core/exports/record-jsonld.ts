// The record itself as JSON-LD, in DANDI's own terms.

import { member, textMember, type JsonObject } from '../json/json-text.ts';
import { CURRENT_RELEASE } from '../schema/differences.ts';
import { withoutEmails } from '../text/email-addresses.ts';
import { jsonFile } from './export-input.ts';

const RELEASE = /^\d{1,3}\.\d{1,3}\.\d{1,3}$/;

function contextAddress(record: JsonObject): string {
  const claimed = textMember(record, 'schemaVersion') ?? '';
  const release = RELEASE.test(claimed) ? claimed : CURRENT_RELEASE;
  return `https://raw.githubusercontent.com/dandi/schema/master/releases/${release}/context.json`;
}

/**
 * `dandiset.jsonld`: all of the record except e-mail addresses, which are only in the frozen record. A record
 * without `@context` gets that of its release of the schema.
 */
export function recordJsonld(record: JsonObject): string {
  const context = member(record, '@context') ?? contextAddress(record);
  return jsonFile({
    '@context': context,
    ...(JSON.parse(
      JSON.stringify(record, (key, value: unknown) => {
        if (key === 'email') return undefined;
        return typeof value === 'string' ? withoutEmails(value) : value;
      }),
    ) as JsonObject),
  });
}
