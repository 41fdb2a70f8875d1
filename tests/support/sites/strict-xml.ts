// A strict reader of the small XML this site writes: elements, attributes, text and the five
// entities. Anything else, and anything that is not well-formed, throws.

export interface XmlElement {
  name: string;
  attributes: ReadonlyMap<string, string>;
  children: XmlElement[];
  text: string;
}

const ENTITY = /&(?:(amp|lt|gt|quot|apos);)?/g;
const SIGNS = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);
// XML 1.0, section 2.2.
const CHARACTERS = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;
const TAG = /<(\/?)([A-Za-z_][\w.:-]*)((?:\s+[\w.:-]+="[^"<]*")*)\s*(\/?)>/y;

function plain(text: string): string {
  return text.replace(ENTITY, (_, name?: string) => {
    const sign = SIGNS.get(name ?? '');
    if (sign === undefined) throw new Error('A bare "&".');
    return sign;
  });
}

/** The root element of a document. */
export function parseXml(document: string): XmlElement {
  const [declaration = ''] = /^<\?xml version="1\.0" encoding="UTF-8"\?>\n/.exec(document) ?? [];
  if (declaration === '') throw new Error('No XML declaration.');
  if (!CHARACTERS.test(document)) throw new Error('A character that XML does not allow.');
  const root: XmlElement = { name: '', attributes: new Map(), children: [], text: '' };
  const open = [root];
  let at = declaration.length;
  while (at < document.length) {
    const top = open.at(-1) as XmlElement;
    if (document[at] !== '<') {
      const end = document.indexOf('<', at);
      const text = document.slice(at, end < 0 ? undefined : end);
      if (top === root && text.trim() !== '') throw new Error('Text outside of the root.');
      if (text.includes(']]>')) throw new Error('"]]>" in text.');
      top.text += plain(text);
      at += text.length;
      continue;
    }
    TAG.lastIndex = at;
    const [tag, closing, name = '', attributes = '', empty] = TAG.exec(document) ?? [];
    if (tag === undefined) throw new Error(`No tag: ${document.slice(at, at + 60)}`);
    at += tag.length;
    if (closing === '/') {
      if (top.name !== name) throw new Error(`</${name}> closes <${top.name}>.`);
      open.pop();
      continue;
    }
    const element: XmlElement = { name, attributes: new Map(), children: [], text: '' };
    const pairs = [...attributes.matchAll(/([\w.:-]+)="([^"]*)"/g)];
    element.attributes = new Map(pairs.map(([, key = '', value = '']) => [key, plain(value)]));
    if (element.attributes.size !== pairs.length) throw new Error('An attribute twice.');
    top.children.push(element);
    if (empty !== '/') open.push(element);
  }
  const [only] = root.children;
  if (open.length !== 1 || root.children.length !== 1 || only === undefined)
    throw new Error('Not one closed root element.');
  return only;
}

/** The texts of the children of a name. */
export function textsOf(element: XmlElement, name: string): string[] {
  return element.children.filter((child) => child.name === name).map(({ text }) => text);
}
