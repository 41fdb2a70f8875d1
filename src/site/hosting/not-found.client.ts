// Redirects an identifier in any spelling (`/DANDI:000004`, `/4@draft`, old hash routes) to its page.

import { leadSettings } from './lead-settings.client.ts';
import { leadOf } from './redirect.client.ts';

class NotFound extends HTMLElement {
  connectedCallback(): void {
    void this.#redirect();
  }

  async #redirect(): Promise<void> {
    const settings = leadSettings(this.dataset);
    const { base, prefix } = settings;
    const { pathname, search, hash } = location;
    const requested = pathname.startsWith(base) ? pathname.slice(base.length) : pathname.slice(1);
    const lead = await leadOf(requested + search + hash, settings);
    if (lead.kind === 'none') return;
    const { number, version } = lead.address;
    if (lead.kind === 'foreign') {
      const name = `${lead.address.prefix}:${number}`;
      this.#say(`${name} belongs to another archive; this one holds ${prefix} identifiers.`);
      return;
    }
    // A well-formed address of a Dandiset that does not exist ends here too: avoid a redirect loop.
    const isHere = (path: string): boolean =>
      path.replace(/\/*$/, '/') === pathname.replace(/\/*$/, '/');
    if (isHere(lead.target.pathname)) {
      this.#say(
        `This archive has no ${prefix}:${number}${version === undefined ? '' : ` in version ${version}`}.`,
      );
      return;
    }
    location.replace(lead.target);
  }

  #say(sentence: string): void {
    const place = this.querySelector<HTMLElement>('[data-guess]');
    if (place === null) return;
    place.textContent = sentence;
    place.hidden = false;
  }
}

customElements.define('not-found', NotFound);
