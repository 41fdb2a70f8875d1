// Checks an API against its own OpenAPI document: which described address a document is at, and what in it is
// not as described there. Supports only the features that our own document uses.

import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

interface Operation {
  parameters?: {
    name: string;
    in: string;
    required: boolean;
    schema: { pattern?: string };
    example?: string;
  }[];
  responses: Record<string, { content?: Record<string, { schema: { $ref: string } }> }>;
}

export interface OpenApi {
  openapi: string;
  info: { title: string; version: string };
  servers: { url: string }[];
  paths: Record<string, { get: Operation; servers?: { url: string }[] }>;
  components: { schemas: Record<string, object> };
}

/** An address as a document describes it. */
export interface DescribedPath {
  /** `/dandisets/{dandiset}/`. */
  template: string;
  /** The whole address with the examples in it; undefined where a part has no example. */
  example: string | undefined;
  /** Whether the response is a redirect instead of a document. */
  isRedirect: boolean;
}

export interface OpenApiChecker {
  paths: DescribedPath[];
  /** The template of an address; undefined if none describes it, or more than one does. */
  templateOf(address: string): string | undefined;
  /** What is wrong with a document at an address of this template. */
  faultsOf(template: string, document: unknown): string[];
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

const PARAMETER = /\{(\w+)\}/g;

/** The addresses of a template, where `part` gives the expression for each parameter. */
export function templatePattern(
  server: string,
  template: string,
  part: (parameter: string) => string,
): RegExp {
  const parts = template
    .split(PARAMETER)
    .map((text, at) => (at % 2 === 0 ? literal(text) : `(?:${part(text)})`));
  return new RegExp(`^${literal(server)}${parts.join('')}$`);
}

/** The problems a schema finds in a value, one line each. */
export function faultsBy(validate: ValidateFunction, value: unknown): string[] {
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message = '', params }) =>
    `${instancePath} ${message} ${String(params['additionalProperty'] ?? '')}`.trimEnd(),
  );
}

/** What the document itself lacks of what every program that reads OpenAPI needs. */
export function faultsOfOpenApi(api: OpenApi): string[] {
  const faults: string[] = [];
  if (!/^3\.1\.\d+$/.test(api.openapi)) faults.push(`openapi is ${api.openapi}`);
  if (api.info.title === '' || api.info.version === '') faults.push('info lacks title or version');
  for (const { url } of api.servers) if (!URL.canParse(url)) faults.push(`server ${url}`);
  for (const [template, { get }] of Object.entries(api.paths)) {
    if (!template.startsWith('/')) faults.push(`${template} does not begin with a slash`);
    const inTemplate = [...template.matchAll(PARAMETER)].map(([, name]) => name);
    const declared = (get.parameters ?? []).filter((one) => one.in === 'path');
    if (inTemplate.join() !== declared.map(({ name }) => name).join())
      faults.push(`${template} declares ${declared.map(({ name }) => name).join()}`);
    if (declared.some(({ required }) => !required)) faults.push(`${template}: not required`);
  }
  const text = JSON.stringify(api);
  for (const [, name = ''] of text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)) {
    if (api.components.schemas[name] === undefined) faults.push(`no schema ${name}`);
  }
  return faults;
}

/** The checker of a document. */
export function openApiChecker(api: OpenApi): OpenApiChecker {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    strictTypes: false,
    strictRequired: false,
  });
  addFormats.default(ajv);
  ajv.addVocabulary(['components']);
  ajv.addSchema({ $id: 'api', components: api.components });
  const validators = new Map<string, ValidateFunction>();
  const described: (DescribedPath & { pattern: RegExp })[] = [];
  for (const [template, { get, servers = api.servers }] of Object.entries(api.paths)) {
    const content = get.responses['200']?.content?.['application/json'];
    if (content !== undefined)
      validators.set(template, ajv.compile({ $ref: `api${content.schema.$ref}` }));
    const examples = new Map(get.parameters?.map(({ name, example }) => [name, example]));
    const filled = template.replace(PARAMETER, (part, name: string) => examples.get(name) ?? part);
    const server = servers[0]?.url ?? '';
    const patterns = new Map(get.parameters?.map(({ name, schema }) => [name, schema.pattern]));
    described.push({
      template,
      example: filled.includes('{') ? undefined : server + filled,
      isRedirect: get.responses['302'] !== undefined,
      pattern: templatePattern(
        server,
        template,
        (part) => patterns.get(part)?.replace(/^\^|\$$/g, '') ?? '[^/]+',
      ),
    });
  }
  return {
    paths: described,
    templateOf(address) {
      const [found, ...more] = described.filter(({ pattern }) => pattern.test(address));
      return more.length > 0 ? undefined : found?.template;
    },
    faultsOf(template, document) {
      const validate = validators.get(template);
      return validate === undefined ? ['has no schema'] : faultsBy(validate, document);
    },
  };
}
