// `_redirects` and `_headers` as text, read as Netlify and Cloudflare Pages both do.

export interface RedirectRule {
  from: string;
  /** Conditions on the query: name → `:placeholder` or a plain value. */
  query: Map<string, string>;
  to: string;
  /** With Netlify's `!` where it is written. */
  status: string;
}

/** The lines of a `_redirects` file; an invalid line fails the test. */
export function parseRedirects(text: string): RedirectRule[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return lines.map((line) => {
    const words = line.split(/\s+/);
    const from = words.shift() ?? '';
    const to = words.findIndex((word) => /^(?:\/|https?:)/.test(word));
    if (!from.startsWith('/') || to < 0) throw new Error(`No rule: ${line}`);
    const query = words
      .slice(0, to)
      .map((word): [string, string] => [word.split('=')[0] ?? '', word.split('=')[1] ?? '']);
    return {
      from,
      query: new Map(query),
      to: words[to] ?? '',
      status: words[to + 1] ?? '301',
    };
  });
}

/** The headers that a `_headers` file gives to a path: matching blocks are combined. */
export function headersFor(text: string, path: string): Record<string, string> {
  const given = new Map<string, string>();
  let applies = false;
  for (const line of text.split('\n')) {
    if (line.startsWith('#') || line.trim() === '') continue;
    if (!/^\s/.test(line)) {
      const pattern = line
        .trim()
        .split('*')
        .map((part) => part.replace(/[.\\+?^${}()|[\]]/g, '\\$&'))
        .join('.*');
      applies = new RegExp(`^${pattern}$`).test(path);
    } else if (applies) {
      const [, name = '', value = ''] = /^\s+([^:]+):\s*(.*)$/.exec(line) ?? [];
      const before = given.get(name);
      given.set(name, before === undefined ? value : `${before}, ${value}`);
    }
  }
  return Object.fromEntries(given);
}
