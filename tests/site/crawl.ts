// Visits every linked page, without scripts.

import { addressesOf, tagsOf } from '../support/sites/html.ts';

export interface CrawledPage {
  html: string;
  /** The targets of its links: absolute, without query and fragment; including outside addresses. */
  links: Set<string>;
}

export interface Crawl {
  /** By path on the host. */
  pages: Map<string, CrawledPage>;
  /** `address (linked from page): what is wrong`. */
  broken: string[];
}

const AT_ONCE = 8;

/** The addresses of a page: its links, resources, form actions and redirects. */
function linksOf(html: string): string[] {
  const forwards = tagsOf(html).flatMap(({ attributes }) => {
    if (attributes.get('http-equiv') !== 'refresh') return [];
    return [attributes.get('content')!.replace(/^.*url=/, '')];
  });
  return [...addressesOf(html).map(({ href }) => href), ...forwards];
}

/**
 * Follows every link from the home page on. `publicSite` is the site's declared address: its canonical
 * addresses are checked here too. Addresses below `storage` are recorded, not fetched.
 */
export async function crawl(home: string, publicSite: string, storage: string): Promise<Crawl> {
  const { origin, pathname: base } = new URL(home);
  const pages = new Map<string, CrawledPage>();
  const broken: string[] = [];
  const fragments: { target: URL; from: string }[] = [];
  const seen = new Set([base]);
  let wave: { path: string; from: string }[] = [{ path: base, from: 'the start' }];

  // The schema writes a version's `url`, and so a citation, without the slash that hosts add.
  const atHome = (rest: string): string =>
    home + rest.replace(/^dandiset\/\d{6}(?:\/(?:draft|0\.[\d.]+\d))?$/, '$&/');

  async function visit(path: string, from: string): Promise<string[]> {
    // Redirects are for people; the site's own links must not need any.
    const response = await fetch(origin + path, {
      redirect: 'manual',
      headers: { 'Accept-Encoding': 'identity' },
    });
    const body = await response.text();
    if (response.status !== 200) broken.push(`${path} (linked from ${from}): ${response.status}`);
    else if (response.headers.get('content-type')?.startsWith('text/html') === true) {
      const links = new Set<string>();
      pages.set(path, { html: body, links });
      for (const href of linksOf(body)) {
        const local = href.startsWith(publicSite) ? atHome(href.slice(publicSite.length)) : href;
        if (!URL.canParse(local, origin + path)) {
          broken.push(`${href} (linked from ${path}): no address`);
          continue;
        }
        const target = new URL(local, origin + path);
        if (target.origin !== origin) links.add(href);
        else {
          links.add(target.pathname);
          if (target.hash !== '') fragments.push({ target, from: path });
        }
      }
      return [...links].filter((link) => link.startsWith('/'));
    }
    return [];
  }

  while (wave.length > 0) {
    const next: typeof wave = [];
    const queue = [...wave];
    const worker = async (): Promise<void> => {
      for (let item = queue.pop(); item !== undefined; item = queue.pop()) {
        const { path, from } = item;
        for (const link of await visit(path, from)) {
          if (seen.has(link)) continue;
          seen.add(link);
          if (!link.startsWith(base))
            broken.push(`${link} (linked from ${path}): not below ${base}`);
          else if (!link.startsWith(base + storage)) next.push({ path: link, from: path });
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    wave = next;
  }

  const idsOf = new Map<string, Set<string | undefined>>();
  for (const { target, from } of fragments) {
    const page = pages.get(target.pathname);
    if (page === undefined) continue; // reported as broken already
    const ids =
      idsOf.get(target.pathname) ??
      new Set(tagsOf(page.html).map(({ attributes }) => attributes.get('id')));
    idsOf.set(target.pathname, ids);
    if (!ids.has(decodeURIComponent(target.hash.slice(1))))
      broken.push(`${target.pathname}${target.hash} (linked from ${from}): no such place`);
  }
  return { pages, broken: broken.sort() };
}
