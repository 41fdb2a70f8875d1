// GitHub's own description of its REST API: requests to the double and its responses are checked against it.
// Only schemas of requested routes are compiled. It is an extract: `node scripts/cut-github-description.mjs`
// regenerates it, and says which routes are in it.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { faultsBy, templatePattern } from '../sites/openapi-checker.ts';

type Schema = { readonly [keyword: string]: unknown };

interface Reference {
  $ref: string;
}

interface Parameter {
  name: string;
  in: string;
  'x-multi-segment'?: boolean;
}

interface Body {
  content?: Record<string, { schema: Schema }>;
}

interface Operation {
  parameters?: (Parameter | Reference)[];
  requestBody?: Body;
  responses: Record<string, Body | Reference>;
}

interface Description {
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, Schema>;
    parameters: Record<string, Parameter>;
    responses: Record<string, Body>;
    examples: Record<string, { value: unknown }>;
  };
}

/** A GitHub route, and what in a request or response is not as described there. */
export interface DescribedRoute {
  /** `GET /repos/{owner}/{repo}`. */
  name: string;
  faultsOfRequest(query: URLSearchParams, body: unknown): string[];
  faultsOfAnswer(status: number, body: unknown): string[];
}

const FILE = path.join(import.meta.dirname, 'github-routes.json');
const description = JSON.parse(readFileSync(FILE, 'utf8')) as Description;

/** The routes that the description has: `GET /repos/{owner}/{repo}/pulls`. */
export function describedRoutes(): string[] {
  return Object.entries(description.paths).flatMap(([template, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${template}`),
  );
}

const nameIn = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1);

function resolved<Part extends object>(part: Part | Reference, known: Record<string, Part>): Part {
  if (!('$ref' in part)) return part;
  const found = known[nameIn(part.$ref)];
  if (found === undefined) throw new Error(`GitHub's description lacks ${part.$ref}`);
  return found;
}

// Formats and keywords that say nothing about a value, such as `x-github`, are ignored.
const ajv = new Ajv({
  allErrors: true,
  inlineRefs: false,
  logger: false,
  strict: false,
  validateSchema: false,
});
addFormats.default(ajv);
const added = new Set<string>();
const validators = new Map<string, ValidateFunction>();

/** A schema of OpenAPI 3.0 as one of JSON Schema; the schemas it names are added to the known ones. */
function translated(schema: Schema, isPart = false): Schema {
  const { $ref: reference, nullable, ...rest } = schema;
  if (typeof reference === 'string') {
    const name = nameIn(reference);
    const named = description.components.schemas[name];
    if (named !== undefined && !added.has(name)) {
      added.add(name); // before it is translated: schemas name each other
      ajv.addSchema(translated(named), name);
    }
    return { $ref: name };
  }
  const all = (value: unknown, part: boolean): Schema[] =>
    (value as Schema[]).map((one) => translated(one, part));
  const entries = Object.entries(rest).flatMap(([keyword, value]): [string, unknown][] => {
    if (keyword === 'properties') {
      const members = Object.entries(value as Record<string, Schema>);
      return [[keyword, Object.fromEntries(members.map(([key, one]) => [key, translated(one)]))]];
    }
    if (keyword === 'items' || (keyword === 'additionalProperties' && typeof value === 'object'))
      return [[keyword, translated(value as Schema)]];
    if (keyword === 'allOf') return [[keyword, all(value, true)]];
    if (keyword === 'anyOf' || keyword === 'oneOf') return [[keyword, all(value, isPart)]];
    return keyword === 'discriminator' ? [] : [[keyword, value]];
  });
  const made: Record<string, unknown> = Object.fromEntries(entries);
  // GitHub may add members at any time; the double and its client must not invent any.
  const isClosed = !isPart && ['allOf', 'anyOf', 'oneOf'].every((keyword) => !(keyword in made));
  if (isClosed && 'properties' in made) made['additionalProperties'] ??= false;
  return nullable === true ? { anyOf: [{ type: 'null' }, made] } : made;
}

function faultsOf(key: string, { content }: Body, value: unknown): string[] {
  const schema = content?.['application/json']?.schema;
  if (schema === undefined) return [];
  const validate = validators.get(key) ?? ajv.compile(translated(schema));
  validators.set(key, validate);
  return faultsBy(validate, value);
}

/** Responses of any route, whether its description has them or not. */
const ANYWHERE: Record<string, string> = {
  401: 'requires_authentication',
  403: 'forbidden',
  404: 'not_found',
};

function route(method: string, template: string, operation: Operation): DescribedRoute {
  const name = `${method} ${template}`;
  const { parameters: known, responses } = description.components;
  const parameters = (operation.parameters ?? []).map((one) => resolved(one, known));
  const inQuery = parameters.filter((one) => one.in === 'query').map((one) => one.name);
  return {
    name,
    faultsOfRequest(query, body) {
      const odd = [...query.keys()].filter((key) => !inQuery.includes(key));
      const { requestBody = {} } = operation;
      return [
        ...odd.map((key) => `asked with ?${key}`),
        ...faultsOf(name, requestBody, body).map((fault) => `asked with ${fault}`),
      ];
    },
    faultsOfAnswer(status, body) {
      const said = operation.responses[String(status)] ?? responses[ANYWHERE[status] ?? ''];
      if (said === undefined) return [`answered ${status}`];
      const faults = faultsOf(`${name} ${status}`, resolved(said, responses), body);
      return faults.map((fault) => `answered with ${fault}`);
    },
  };
}

const routes = new Map<string, DescribedRoute>();
const patterns = new Map<Operation, RegExp>();

function patternOf(template: string, operation: Operation): RegExp {
  const made = patterns.get(operation);
  if (made !== undefined) return made;
  const { parameters: known } = description.components;
  const long = (operation.parameters ?? [])
    .map((one) => resolved(one, known))
    .filter((one) => one['x-multi-segment'] === true)
    .map((one) => one.name);
  const pattern = templatePattern('', template, (part) => (long.includes(part) ? '.+' : '[^/]+'));
  patterns.set(operation, pattern);
  return pattern;
}

/** Sorts the most specific template first: `pulls/comments` before `pulls/{number}`. */
function moreExact(a: string, b: string): number {
  const count = (template: string, mark: string): number => template.split(mark).length;
  return count(b, '/') - count(a, '/') || count(a, '{') - count(b, '{');
}

/** The described route of a path that begins with a slash; undefined where the cut has none. */
export function describedRoute(method: string, address: string): DescribedRoute | undefined {
  const found = Object.entries(description.paths).flatMap(([template, operations]) => {
    const operation = operations[method.toLowerCase()];
    const fits = operation !== undefined && patternOf(template, operation).test(address);
    return fits ? [{ template, operation }] : [];
  });
  const [best] = found.sort((a, b) => moreExact(a.template, b.template));
  if (best === undefined) return undefined;
  const name = `${method} ${best.template}`;
  const made = routes.get(name) ?? route(method, best.template, best.operation);
  routes.set(name, made);
  return made;
}

/** GitHub's example, as JSON text. */
export function exampleText(name: string): string {
  const example = description.components.examples[name];
  if (example === undefined) throw new Error(`GitHub's description has no example ${name}`);
  return JSON.stringify(example.value);
}
