// Character references by the browser's own parser, in place of a table of them that would be most of what Markdown
// costs a page.

/** The text of one reference as `&copy;`; an unknown one stays as it is. */
export function decodeEntity(reference: string): string {
  if (reference === '&semi;') return ';';
  // The letter keeps white space from being left out at the beginning.
  const { body } = new DOMParser().parseFromString(`x${reference}`, 'text/html');
  const decoded = body.textContent.slice(1);
  // Parsers know some references by their beginning alone: `&notit;` would be `¬it;`.
  return decoded.endsWith(';') ? reference : decoded;
}
