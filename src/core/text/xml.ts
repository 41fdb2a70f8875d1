// XML as text. Untrusted text may hold characters that XML documents must not contain.

// What XML 1.0 allows in addition to tab, line feed and carriage return: no other controls, no lone
// surrogates, no non-characters.
const NOT_XML =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const ENTITIES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
]);

/** A text safe in the content of an element or a quoted attribute. */
export function xmlText(text: string): string {
  return text.replace(NOT_XML, '').replace(/[&<>"]/g, (sign) => ENTITIES.get(sign) ?? '');
}

/** `<name>text</name>`, the text escaped. */
export function xmlElement(name: string, text: string): string {
  return `<${name}>${xmlText(text)}</${name}>`;
}

/** A document with its declaration. */
export function xmlDocument(lines: readonly string[]): string {
  return ['<?xml version="1.0" encoding="UTF-8"?>', ...lines, ''].join('\n');
}

/** An element as a tree, before it is written. */
export interface XmlElement {
  name: string;
  attributes?: Readonly<Record<string, string | undefined>>;
  /** Elements, or the text alone. */
  content: readonly XmlElement[] | string;
}

/** The lines of an element, each below its parent; attributes without a value are left out. */
export function xmlLines({ name, attributes = {}, content }: XmlElement, indent = ''): string[] {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value = '']) => ` ${key}="${xmlText(value).replace(/\s+/g, ' ')}"`)
    .join('');
  const start = `${indent}<${name}${written}>`;
  if (typeof content === 'string') return [`${start}${xmlText(content)}</${name}>`];
  const inner = content.flatMap((element) => xmlLines(element, `${indent}  `));
  return [start, ...inner, `${indent}</${name}>`];
}
