import { expect, test } from 'vitest';
import { describedRoute, describedRoutes } from './github-description.ts';
import { REPOSITORY_ROUTES } from './routes.ts';

const BELOW = '/repos/{owner}/{repo}';
const COMMIT = 'a'.repeat(40);
const BRANCH = 'heads/main';

/** The address of a described route, below its repository, with values that such an address has. */
function exampleOf(template: string): string {
  const place = template.slice(BELOW.length + 1);
  return place.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    if (name === 'basehead') return `${COMMIT}...${COMMIT}`;
    if (name === 'commit_sha' || name === 'tree_sha') return COMMIT;
    if (name === 'ref') return place.startsWith('git/') ? BRANCH : COMMIT;
    return '1';
  });
}

const examples = describedRoutes()
  .map((name) => name.split(' ') as [string, string])
  .filter(([, template]) => template.startsWith(BELOW))
  .map(([method, template]) => ({
    name: `${method} ${template}`,
    method,
    at: exampleOf(template),
  }));

test('what the GitHub double serves is in the cut of the description', () => {
  const undescribed = REPOSITORY_ROUTES.filter(
    ([method, pattern]) =>
      !examples.some((example) => example.method === method && pattern.test(example.at)),
  );
  expect(undescribed.map(([method, pattern]) => `${method} ${pattern}`)).toEqual([]);
  for (const address of ['/user', '/users/ada']) {
    expect(describedRoute('GET', address), address).toBeDefined();
  }
});

test('the cut has no route that is not served, except those needed to distinguish others', () => {
  const unanswered = examples.filter(
    (example) =>
      !REPOSITORY_ROUTES.some(
        ([method, pattern]) => example.method === method && pattern.test(example.at),
      ),
  );
  expect(unanswered.map(({ name }) => name)).toEqual([`GET ${BELOW}/pulls/comments`]);
});
