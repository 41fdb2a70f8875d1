// Elements made of markup that is data.

import type { Markup } from '../compare/compare-markup.ts';

/** The node of markup; texts only ever become text. */
export function nodeOf(markup: Markup): Node {
  if (typeof markup === 'string') return document.createTextNode(markup);
  const made = document.createElement(markup.name);
  for (const [key, value] of Object.entries(markup.attributes)) made.setAttribute(key, value);
  made.append(...markup.children.map(nodeOf));
  return made;
}
