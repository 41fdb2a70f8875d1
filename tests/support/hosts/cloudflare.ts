// Cloudflare Pages: redirects are followed before files are looked up, and match the path as it was sent. No
// conditions on the query, no `!`. A folder's page is redirected to its slash, and `index.html` is removed by
// a redirect.

import { readFileSync } from 'node:fs';
import {
  MAX_DYNAMIC_RULES,
  MAX_RULE_LENGTH,
  MAX_STATIC_RULES,
} from '../../../src/core/hosting/redirect-rules.ts';
import {
  fileOf,
  keyOf,
  notFound,
  redirect,
  sendFile,
  splitTarget,
  type Host,
  type Upload,
} from './host.ts';
import { headersFor, parseRedirects, type RedirectRule } from './rule-files.ts';

const escape = (text: string): string => text.replace(/[-/\\^$+?.()|[\]{}]/g, '\\$&');

/** The pattern of a rule: `*` is `splat`, a colon before a letter begins the name of one part. */
function patternOf(from: string): RegExp {
  const splats = from.split('*').map(escape).join('(?<splat>.*)');
  return new RegExp(`^${splats.replace(/:([A-Za-z]\w*)/g, '(?<$1>[^/]+)')}$`);
}

const isDynamic = ({ from }: RedirectRule): boolean => /\*|:[A-Za-z]/.test(from);

/** The rules of a file within the host's limits; the host ignores the rest. */
function rulesOf(text: string): RedirectRule[] {
  const counted = { fixed: 0, dynamic: 0 };
  return parseRedirects(text).filter((rule) => {
    if (rule.query.size > 0 || !/^30[12378]$|^200$/.test(rule.status)) return false;
    if (`${rule.from} ${rule.to} ${rule.status}`.length > MAX_RULE_LENGTH) return false;
    if (isDynamic(rule)) return (counted.dynamic += 1) <= MAX_DYNAMIC_RULES;
    return (counted.fixed += 1) <= MAX_STATIC_RULES;
  });
}

/** `redirects` replaces the file where a test supplies the rules of another setting. */
export function cloudflare(
  upload: Upload,
  redirects = readFileSync(fileOf(upload, '_redirects') ?? '', 'utf8'),
): Host {
  const rules = rulesOf(redirects).map((rule) => ({
    rule,
    pattern: patternOf(rule.from),
  }));
  const headers = readFileSync(fileOf(upload, '_headers') ?? '', 'utf8');
  const asset = (path: string, query: string): ReturnType<Host> => {
    const key = keyOf(path);
    if (key === undefined) return { status: 400, headers: {} };
    if (key === '_redirects' || key === '_headers') return notFound(upload);
    if (/(^|\/)index\.html$/.test(key)) return redirect(308, path.slice(0, -10) + query);
    const isFolder = key === '' || key.endsWith('/');
    const file = fileOf(upload, isFolder ? `${key}index.html` : key);
    if (file !== undefined) {
      if (key.endsWith('.html')) return redirect(308, path.slice(0, -5) + query);
      return sendFile(file, 200, headersFor(headers, path));
    }
    if (isFolder) return notFound(upload);
    const page = fileOf(upload, `${key}.html`);
    if (page !== undefined) return sendFile(page, 200, headersFor(headers, path));
    const folder = fileOf(upload, `${key}/index.html`);
    return folder === undefined ? notFound(upload) : redirect(308, `${path}/${query}`);
  };
  return (target) => {
    const { path, query } = splitTarget(target);
    for (const { rule, pattern } of rules) {
      const found = pattern.exec(path);
      if (found === null) continue;
      let to = rule.to;
      for (const [name, value] of Object.entries(found.groups ?? {}))
        to = to.replaceAll(`:${name}`, value);
      if (rule.status === '200') return asset(to, query);
      return redirect(Number(rule.status), to.includes('?') ? to : to + query);
    }
    return asset(path, query);
  };
}
