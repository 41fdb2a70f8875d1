// Leads an identifier in any spelling (`/DANDI:000004`, `/4@draft`, old hash routes) to its page.

import {
  formatSitePath,
  isOwnAddress,
  parseDandiAddress,
} from '../core/identifiers/dandi-address.ts';

class NotFound extends HTMLElement {
  connectedCallback(): void {
    const { base = '/', prefix = '', site = '' } = this.dataset;
    const { pathname, search, hash } = location;
    const asked =
      (pathname.startsWith(base) ? pathname.slice(base.length) : pathname.slice(1)) + search + hash;
    const found = parseDandiAddress(asked, { prefix, site });
    if (found === undefined) return;
    if (!isOwnAddress(found, prefix)) {
      this.#say(
        `${found.prefix}:${found.number} belongs to another archive; this one holds ${prefix} identifiers.`,
      );
      return;
    }
    const target = base + formatSitePath(found).replace(/^\/+/, '');
    const known = new URL(target, location.href);
    // A well-formed address of a Dandiset that does not exist ends here too: never go in a circle.
    if (known.pathname.replace(/\/*$/, '/') === pathname.replace(/\/*$/, '/')) {
      this.#say(
        `This archive has no ${prefix}:${found.number}${found.version === undefined ? '' : ` in version ${found.version}`}.`,
      );
      return;
    }
    location.replace(known);
  }

  #say(sentence: string): void {
    const place = this.querySelector<HTMLElement>('[data-guess]');
    if (place === null) return;
    place.textContent = sentence;
    place.hidden = false;
  }
}

customElements.define('not-found', NotFound);
