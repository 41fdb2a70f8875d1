// Elements made in the browser. Text from records only ever goes in as text.

export type Child = Node | string | undefined;

/** An element with attributes (undefined ones are left out) and children. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string | undefined> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/** Untrusted text that must not change the direction of the text around it. */
export function isolated(text: string): HTMLElement {
  return element('bdi', {}, text);
}

/** A button that copies a text; `what` names it for those who do not see its context. */
export function copyButton(text: string, what: string): HTMLElement {
  return element(
    'button',
    { type: 'button', class: 'copy', 'data-copy': text, 'aria-label': `Copy ${what}` },
    'Copy',
  );
}
