// Commands and code that name the site use the address of the page, where the archive has no public one.

class OwnAddressElement extends HTMLElement {
  connectedCallback(): void {
    const { replaced } = this.dataset;
    if (replaced === undefined) return;
    const here = `${location.origin}/`;
    for (const code of this.querySelectorAll('pre code'))
      code.textContent = code.textContent.replaceAll(replaced, here);
    for (const button of this.querySelectorAll<HTMLElement>('[data-copy]'))
      button.dataset['copy'] = button.dataset['copy']?.replaceAll(replaced, here) ?? '';
    delete this.dataset['replaced'];
  }
}

customElements.define('own-address', OwnAddressElement);
