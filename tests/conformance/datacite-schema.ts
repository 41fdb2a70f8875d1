// DataCite's JSON schema of 4.5 with the additions of 4.6 and 4.7, and the date formats that it names without
// defining them: a validator that does not know them accepts any text as a date.

import formats from 'ajv-formats';
import { Ajv2019 } from 'ajv/dist/2019.js';
import type { ValidateFunction } from 'ajv';

interface DataCiteSchema {
  definitions: Record<string, { enum?: string[]; properties?: Record<string, object> }>;
  properties: Record<string, { items?: { if?: object; else?: object } }>;
}

const ADDED: Record<string, readonly string[]> = {
  resourceTypeGeneral: ['Award', 'Project', 'Poster', 'Presentation'],
  relatedIdentifierType: ['CSTR', 'RRID', 'RAiD', 'SWHID'],
  relationType: ['HasTranslation', 'IsTranslationOf', 'Other'],
  dateType: ['Coverage'],
};

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const TIME = /^T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;
const isDateTime = (text: string): boolean =>
  DAY.test(text.slice(0, 10)) && TIME.test(text.slice(10));
const never = (): boolean => false;

/**
 * "If not this, then that" expressed as "this or that": next to `if`, ajv forgets which properties it has
 * evaluated, and reports them as unknown.
 */
function separateConditions(schema: DataCiteSchema): object[] {
  return ['relatedIdentifiers', 'relatedItems'].map((list) => {
    const items = schema.properties[list]?.items;
    if (items?.if === undefined || items.else === undefined)
      throw new Error(`the schema has no condition on ${list}`);
    const { if: condition, else: otherwise } = items;
    delete items.if;
    delete items.else;
    return { properties: { [list]: { items: { anyOf: [condition, otherwise] } } } };
  });
}

/** A validator of DataCite 4.7 from the schema of 4.5. */
export function dataciteValidator(schema45: object): ValidateFunction {
  const schema = structuredClone(schema45) as DataCiteSchema & { id?: string };
  delete schema.id;
  for (const [name, values] of Object.entries(ADDED))
    schema.definitions[name]?.enum?.push(...values);
  Object.assign(schema.definitions['relatedObject']?.properties ?? {}, {
    relationTypeInformation: { type: 'string' },
  });
  const ajv = formats.default(new Ajv2019({ strict: false, allErrors: true }));
  ajv.addFormat('year', /^\d{4}$/);
  ajv.addFormat('yearmonth', /^\d{4}-(0[1-9]|1[0-2])$/);
  ajv.addFormat('datetime', isDateTime);
  // We write no ranges.
  for (const range of ['year', 'yearmonth', 'date', 'datetime'])
    ajv.addFormat(`${range}-range`, never);
  return ajv.compile({
    ...schema,
    $schema: 'https://json-schema.org/draft/2019-09/schema',
    allOf: separateConditions(schema),
  });
}
