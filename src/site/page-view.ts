// What every page has: the menu, the footer, and the rules for what it may load.

import { address, storeAddress } from './catalog/addresses.ts';
import type { Catalog } from './catalog/catalog.ts';

export interface PageLink {
  text: string;
  href: string;
}

/** The main menu. */
export function menu(catalog: Catalog): PageLink[] {
  const link = (text: string, path: string): PageLink => ({
    text,
    href: address(catalog.base, path),
  });
  return [
    link('Dandisets', 'dandiset/'),
    link('Species', 'species/'),
    link('Techniques', 'technique/'),
    link('People', 'person/'),
    link('Submit', 'submit/'),
    link('Handbook', 'handbook/'),
  ];
}

/** The links below every page. */
export function footer(catalog: Catalog): PageLink[] {
  const { archive, base } = catalog;
  const links = [
    { text: 'About and limits', href: address(base, 'handbook/limits/') },
    { text: 'Identifiers and citing', href: address(base, 'handbook/identifiers/') },
    { text: 'Policies', href: address(base, 'handbook/#policies') },
    { text: 'Privacy', href: address(base, 'handbook/privacy/') },
    { text: 'Accessibility', href: address(base, 'handbook/accessibility/') },
    { text: 'Offline use', href: address(base, 'offline/') },
    { text: 'Run your own archive', href: address(base, 'handbook/running/') },
    { text: 'Records and code', href: archive.repository },
  ];
  if (archive.contact !== undefined) links.push({ text: 'Contact', href: archive.contact });
  return links;
}

/** Permissions of a page beyond those of all pages. */
export interface PageNeeds {
  /** Whether its scripts run WebAssembly. */
  webAssembly?: boolean | undefined;
  /** Whether its scripts show images and videos that they have read: they have `blob:` addresses. */
  madeMedia?: boolean | undefined;
  /** Addresses elsewhere that it requests on the reader's demand; includes everything below them. */
  asks?: readonly string[] | undefined;
}

/**
 * The content security policy: a page loads only from its own site and the archive's stores, and runs only
 * scripts that are its files. The search page also runs WebAssembly; the preview of a pull request may
 * request its files, and who proposes them, from the forge.
 */
export function contentSecurityPolicy(catalog: Catalog, needs: PageNeeds = {}): string {
  const stores = catalog.archive.stores
    .map((store) => storeAddress(catalog.base, store))
    .filter((url) => url.startsWith('http'))
    .map((url) => new URL(url).origin);
  const outside = [...new Set(stores)].map((origin) => ` ${origin}`).join('');
  const made = needs.madeMedia === true ? ' blob:' : '';
  return [
    "default-src 'none'",
    `script-src 'self'${needs.webAssembly === true ? " 'wasm-unsafe-eval'" : ''}`,
    "style-src 'self'",
    `img-src 'self'${made}${outside}`,
    `media-src 'self'${made}${outside}`,
    `connect-src 'self'${outside}${(needs.asks ?? []).map((one) => ` ${one}`).join('')}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
  ].join('; ');
}
