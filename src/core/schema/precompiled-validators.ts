// Makes validators of a module that validator-module.ts wrote.

import type { ValidateFunction } from 'ajv/dist/2020.js';
import lengthOf from 'ajv/dist/runtime/ucs2length.js';
import type { CompiledSchema } from './json-schema.ts';
import { FORMATS } from './formats.ts';

type Make = (
  formats: typeof FORMATS,
  length: (text: string) => number,
) => Record<string, ValidateFunction>;

/** What such a module exports. */
export interface PrecompiledValidators {
  passes: Make;
  explain: Make;
}

/** The validators of a module. */
export function compiledFrom({ passes, explain }: PrecompiledValidators): CompiledSchema {
  const named = (make: Make): ((name: string) => ValidateFunction) => {
    let made: Map<string, ValidateFunction> | undefined;
    return (name) => {
      made ??= new Map(Object.entries(make(FORMATS, countCharacters)));
      const found = made.get(name);
      if (found === undefined) throw new Error(`no validator of ${name}`);
      return found;
    };
  };
  const explaining = named(explain);
  return { passes: named(passes)('record'), explain: (model = 'record') => explaining(model) };
}

// A CommonJS package: bundlers and Node disagree about where its default export is.
const countCharacters =
  typeof lengthOf === 'function'
    ? lengthOf
    : (lengthOf as unknown as { default: (text: string) => number }).default;
