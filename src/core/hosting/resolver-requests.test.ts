import { expect, test } from 'vitest';
import { identifiersOrgRequest, isRegisteredPrefix, w3idRules } from './resolver-requests.ts';

const archive = {
  identifierPrefix: 'LAB-DANDI',
  name: 'Lab archive',
  site: 'https://lab.example/data/',
  repository: 'https://github.com/lab/archive',
};

test('the request for a prefix is filled in from the settings', () => {
  const fields = new Map(
    identifiersOrgRequest(archive, '000004')
      .split('\n')
      .map((line) => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon), line.slice(colon + 1).trim()];
      }),
  );
  expect(fields.get('Name')).toBe('Lab archive');
  expect(fields.get('Prefix')).toBe('lab-dandi');
  expect(fields.get('URL pattern')?.replace('{$id}', '000004/0.220126.1852')).toBe(
    'https://lab.example/data/dandiset/000004/0.220126.1852',
  );
  const pattern = new RegExp(fields.get('Pattern of local identifiers') ?? '(?!)');
  for (const id of ['000004', '000004/0.220126.1852']) expect(pattern.test(id)).toBe(true);
  for (const id of ['4', '000004/draft', 'LAB-DANDI:000004']) expect(pattern.test(id)).toBe(false);
  expect(pattern.test(fields.get('Sample identifier') ?? '')).toBe(true);
  expect(fields.get('Your name and e-mail address')).toBe('');
});

/** What the rules make of a request, as Apache applies them: the first that matches and whose condition holds. */
function resolved(rules: string, path: string, accept = 'text/html'): string | undefined {
  let holds = true;
  for (const line of rules.split('\n')) {
    const [directive, first = '', target = ''] = line.split(' ');
    if (directive === 'RewriteCond') holds = new RegExp(target).test(accept);
    if (directive !== 'RewriteRule') continue;
    const match = holds ? new RegExp(first).exec(path) : null;
    holds = true;
    if (match !== null) {
      return target
        .replace(/\\?\$(\d)/g, (text, digit: string) =>
          text[0] === '$' ? (match[Number(digit)] ?? '') : text,
        )
        .replace(/\\([%$\\])/g, '$1');
    }
  }
  return undefined;
}

test('the rules at w3id.org lead to pages, and programs to schema.org', () => {
  const rules = w3idRules({ site: 'https://lab.example/100%25/$1/' });
  const page = 'https://lab.example/100%25/$1/dandiset/000004';
  expect(resolved(rules, '000004')).toBe(`${page}/`);
  expect(resolved(rules, '000004/0.220126.1852')).toBe(`${page}/0.220126.1852/`);
  expect(resolved(rules, '000004/draft/')).toBe(`${page}/draft/`);
  expect(resolved(rules, '000004/0.220126.1852', 'application/ld+json')).toBe(
    `${page}/0.220126.1852/schema.jsonld`,
  );
  expect(resolved(rules, '000004', 'application/ld+json')).toBe(`${page}/`);
  expect(resolved(rules, '')).toBe('https://lab.example/100%25/$1/');
  expect(resolved(rules, '../etc')).toBeUndefined();
});

test('only the prefix of DANDI is registered already', () => {
  expect(isRegisteredPrefix({ identifierPrefix: 'DANDI' })).toBe(true);
  expect(isRegisteredPrefix(archive)).toBe(false);
});
