// The HTML that the archive's Markdown produces, as nodes: rebuilt element by element, allowing only the
// elements that it can produce.

const ELEMENTS = new Set(
  'p h3 h4 h5 h6 ul ol li a code pre em strong s blockquote table thead tbody tr th td br hr div'.split(
    ' ',
  ),
);
const ATTRIBUTES = new Set(['href', 'rel', 'class', 'tabindex', 'start']);

function rebuilt(node: Node): Node | undefined {
  if (node.nodeType === Node.TEXT_NODE) return document.createTextNode(node.textContent ?? '');
  if (!(node instanceof Element) || !ELEMENTS.has(node.localName)) return undefined;
  const made = document.createElement(node.localName);
  for (const { name, value } of node.attributes) {
    if (!ATTRIBUTES.has(name) || (name === 'href' && !/^https?:/i.test(value))) continue;
    made.setAttribute(name, value);
  }
  made.append(...[...node.childNodes].flatMap((child) => rebuilt(child) ?? []));
  return made;
}

/** The nodes of HTML that the archive's own Markdown made. */
export function safeNodes(html: string): Node[] {
  // A document that is parsed this way runs nothing and loads nothing.
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  return [...body.childNodes].flatMap((child) => rebuilt(child) ?? []);
}
