// Markup as data, so that a page and its script show a comparison in the same form: the build writes it as
// HTML, the script makes elements of it. Text of records is only ever a text node.

import { xmlText } from '../../core/text/xml.ts';

export interface MarkupElement {
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: readonly Markup[];
}

export type Markup = string | MarkupElement;

/** An element; children that are undefined are left out. */
export function mark(
  name: string,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly (Markup | undefined)[]
): MarkupElement {
  return { name, attributes, children: children.filter((child) => child !== undefined) };
}

/** The HTML of markup. */
export function markupHtml(markup: readonly Markup[]): string {
  return markup
    .map((part) => {
      if (typeof part === 'string') return xmlText(part);
      const attributes = Object.entries(part.attributes)
        .map(([key, value]) => ` ${key}="${xmlText(value)}"`)
        .join('');
      return `<${part.name}${attributes}>${markupHtml(part.children)}</${part.name}>`;
    })
    .join('');
}
