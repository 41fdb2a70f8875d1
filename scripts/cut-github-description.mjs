// Extracts the routes that the GitHub double of the tests serves from GitHub's own description of its API,
// with the schemas and examples that they reference, into tests/support/forge/github-routes.json.
//   node scripts/cut-github-description.mjs             from the newest release
//   node scripts/cut-github-description.mjs 23.0.2      from this release of @octokit/openapi
// The package is 400 MB, which is why it is not a dependency: it is installed into a temporary folder.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { npm, root } from './install.mjs';

const PACKAGE = '@octokit/openapi';
const TARGET = path.join(root, 'tests', 'support', 'forge', 'github-routes.json');

/** What the GitHub double serves, below /repos/{owner}/{repo}. */
const OF_A_REPOSITORY = `
GET
GET /commits/{commit_sha}/pulls
GET /commits/{ref}/check-runs
GET /compare/{basehead}
GET /git/commits/{commit_sha}
GET /git/ref/{ref}
GET /git/trees/{tree_sha}
GET /issues/{issue_number}/comments
GET /pulls
GET /pulls/{pull_number}
GET /pulls/{pull_number}/comments
GET /pulls/{pull_number}/files
GET /pulls/{pull_number}/reviews
PATCH /git/refs/{ref}
PATCH /issues/comments/{comment_id}
POST /forks
POST /git/blobs
POST /git/commits
POST /git/refs
POST /git/trees
POST /issues/{issue_number}/comments
POST /issues/{issue_number}/labels
POST /merge-upstream
POST /pulls
POST /pulls/{pull_number}/reviews
PUT /pulls/{pull_number}/merge`;

/** Not served: addresses of these could be mistaken for one of the routes above. */
const TO_TELL_APART = ['GET /repos/{owner}/{repo}/pulls/comments'];

const ROUTES = [
  'GET /user',
  'GET /users/{username}',
  ...TO_TELL_APART,
  ...OF_A_REPOSITORY.trim()
    .split('\n')
    .map((line) => line.replace(/ |$/, ' /repos/{owner}/{repo}')),
];

/** Responses that any route may give, whether its description names them or not. */
const ANYWHERE = ['requires_authentication', 'forbidden', 'not_found'];
/** Examples that responses of the double are based on and that are not examples of a route. */
const EXAMPLES = ['simple-user'];

/** Texts for readers: nothing is checked against them. */
const WORDS = new Set(['description', 'summary', 'title', 'example', 'examples', 'externalDocs']);

/** A schema without texts; below `properties` the keys are names. */
function bare(schema, areNames = false) {
  if (Array.isArray(schema)) return schema.map((one) => bare(one));
  if (typeof schema !== 'object' || schema === null) return schema;
  const kept = Object.entries(schema).filter(([key]) => areNames || !WORDS.has(key));
  return Object.fromEntries(
    kept.map(([key, value]) => {
      // Values of these are data, not schemas.
      if (!areNames && (key === 'enum' || key === 'default')) return [key, value];
      return [key, bare(value, !areNames && key === 'properties')];
    }),
  );
}

/** The JSON of a body, with the names of its examples. */
function bodyOf(body) {
  if (body.$ref !== undefined) return body;
  const json = body.content?.['application/json'];
  if (json === undefined) return {};
  const { schema, examples } = json;
  const given = examples === undefined ? {} : { examples };
  return { content: { 'application/json': { schema: bare(schema), ...given } } };
}

function operationOf({ parameters = [], requestBody, responses }) {
  return {
    parameters: bare(parameters),
    ...(requestBody === undefined ? {} : { requestBody: bodyOf(requestBody) }),
    responses: Object.fromEntries(
      Object.entries(responses).map(([status, body]) => [status, bodyOf(body)]),
    ),
  };
}

const CUTS = {
  schemas: bare,
  parameters: bare,
  responses: bodyOf,
  examples: ({ value }) => ({ value }),
};

/** The routes, and the components that they reference. */
function cut({ paths, components }) {
  const kept = {};
  for (const route of ROUTES) {
    const [method, template] = route.split(' ');
    const operation = paths[template]?.[method.toLowerCase()];
    if (operation === undefined) throw new Error(`GitHub describes no ${route}`);
    kept[template] = { ...kept[template], [method.toLowerCase()]: operationOf(operation) };
  }
  const reached = { schemas: {}, parameters: {}, responses: {}, examples: {} };
  const take = (kind, name) => {
    if (reached[kind][name] !== undefined) return;
    const found = components[kind][name];
    if (found === undefined) throw new Error(`GitHub's description lacks ${kind}/${name}`);
    reached[kind][name] = CUTS[kind](found);
    follow(reached[kind][name]);
  };
  const follow = (part) => {
    for (const [, kind, name] of JSON.stringify(part).matchAll(
      /"\$ref":"#\/components\/(\w+)\/([^"]+)"/g,
    )) {
      take(kind, name);
    }
  };
  follow(kept);
  for (const name of ANYWHERE) take('responses', name);
  for (const name of EXAMPLES) take('examples', name);
  return { paths: kept, components: reached };
}

/** Members sorted by name, so that two releases can be compared line by line. */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key])]));
}

/** One line for each path and each component. */
function written(about, { paths, components }) {
  const lines = (members) =>
    Object.entries(sorted(members))
      .map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)
      .join(',\n');
  const parts = Object.entries(components).map(
    ([kind, members]) => `"${kind}":{\n${lines(members)}}`,
  );
  return `{"about":${JSON.stringify(about)},\n"paths":{\n${lines(paths)}},\n"components":{\n${parts.join(',\n')}}}\n`;
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'github-description-'));
try {
  const asked = `${PACKAGE}@${process.argv[2] ?? 'latest'}`;
  const options = ['--ignore-scripts', '--no-save', '--no-package-lock', '--loglevel=error'];
  const code = npm(['install', '--prefix', folder, ...options, asked]);
  if (code !== 0) process.exit(code);
  const place = path.join(folder, 'node_modules', PACKAGE);
  const read = (file) => JSON.parse(readFileSync(path.join(place, file), 'utf8'));
  const about = {
    what: "Routes of GitHub's REST API, cut by scripts/cut-github-description.mjs",
    package: PACKAGE,
    release: read('package.json').version,
    cut: new Date().toISOString().slice(0, 10),
    license: read('package.json').license,
  };
  writeFileSync(TARGET, written(about, cut(read('generated/api.github.com.json'))));
  console.log(`Wrote ${path.relative(root, TARGET)} from ${PACKAGE} ${about.release}.`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
