// Netlify: a file wins over a rule unless the rule says `!`; rules match decoded paths with or without a
// slash at the end, one placeholder for a whole part, `*` at the end, and may require parameters of the
// query. The query is passed on by a redirect unless the rule used it.

import { readFileSync } from 'node:fs';
import {
  fileOf,
  keyOf,
  notFound,
  redirect,
  sendFile,
  splitTarget,
  type Answer,
  type Host,
  type Upload,
} from './host.ts';
import { headersFor, parseRedirects, type RedirectRule } from './rule-files.ts';

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The values of a rule's placeholders in a request; undefined if it does not match. */
function match(
  rule: RedirectRule,
  path: string,
  query: URLSearchParams,
): Map<string, string> | undefined {
  const values = new Map<string, string>();
  const parts = rule.from.replace(/\/$/, '').split('/');
  const requested = path.replace(/\/$/, '').split('/');
  for (const [at, part] of parts.entries()) {
    const here = decoded(requested[at] ?? '');
    if (part.endsWith('*') && at === parts.length - 1) {
      const beginning = decoded(part.slice(0, -1));
      if (requested[at] === undefined || !here.startsWith(beginning)) return undefined;
      values.set(
        'splat',
        [encodeURIComponent(here.slice(beginning.length)), ...requested.slice(at + 1)].join('/'),
      );
      return matchQuery(rule, query, values);
    }
    if (/^:[A-Za-z]\w*$/.test(part)) {
      if (requested[at] === undefined) return undefined;
      values.set(part.slice(1), requested[at]);
    } else if (decoded(part) !== here) return undefined;
  }
  return requested.length === parts.length ? matchQuery(rule, query, values) : undefined;
}

function matchQuery(
  rule: RedirectRule,
  query: URLSearchParams,
  values: Map<string, string>,
): Map<string, string> | undefined {
  for (const [name, wanted] of rule.query) {
    const given = query.get(name);
    if (given === null || (!wanted.startsWith(':') && wanted !== given)) return undefined;
    if (wanted.startsWith(':')) values.set(wanted.slice(1), encodeURIComponent(given));
  }
  return values;
}

/** `redirects` replaces the file where a test supplies the rules of another setting. */
export function netlify(
  upload: Upload,
  redirects = readFileSync(fileOf(upload, '_redirects') ?? '', 'utf8'),
): Host {
  const rules = parseRedirects(redirects);
  const headers = readFileSync(fileOf(upload, '_headers') ?? '', 'utf8');

  const asset = (path: string, query: string): Answer | undefined => {
    const key = keyOf(path);
    if (key === undefined) return { status: 400, headers: {} };
    if (key === '_redirects' || key === '_headers') return undefined;
    const isFolder = key === '' || key.endsWith('/');
    const file =
      fileOf(upload, isFolder ? `${key}index.html` : key) ?? fileOf(upload, `${key}.html`);
    if (file !== undefined) return sendFile(file, 200, headersFor(headers, path));
    const folder = isFolder ? undefined : fileOf(upload, `${key}/index.html`);
    return folder === undefined ? undefined : redirect(301, `${path}/${query}`);
  };

  return (target) => {
    const { path, query } = splitTarget(target);
    const parameters = new URLSearchParams(query);
    const found = asset(path, query);
    for (const rule of rules) {
      if (found !== undefined && !rule.status.endsWith('!')) continue;
      const values = match(rule, path, parameters);
      if (values === undefined) continue;
      let to = rule.to;
      for (const [name, value] of values) to = to.replaceAll(`:${name}`, value);
      const status = Number.parseInt(rule.status, 10);
      if (status === 200) return asset(to, '') ?? notFound(upload);
      return redirect(status, rule.query.size > 0 ? to : to + query);
    }
    return found ?? notFound(upload);
  };
}
