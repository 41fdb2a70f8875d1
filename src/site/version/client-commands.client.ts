// Commands use the address of the current page where the archive has no public one.

class ClientCommandsElement extends HTMLElement {
  connectedCallback(): void {
    const { replaced } = this.dataset;
    if (replaced === undefined) return;
    const here = `${location.origin}/`;
    for (const command of this.querySelectorAll('pre')) {
      command.textContent = command.textContent.replaceAll(replaced, here);
    }
    for (const button of this.querySelectorAll<HTMLElement>('[data-copy]')) {
      button.dataset['copy'] = button.dataset['copy']?.replaceAll(replaced, here) ?? '';
    }
    delete this.dataset['replaced'];
  }
}

customElements.define('client-commands', ClientCommandsElement);
