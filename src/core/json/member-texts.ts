// The members of an object as the exact characters of its text, for documents that are made of records and
// must keep the spelling of their numbers.

const QUOTE_OR_ESCAPE = /["\\]/g;
const STRUCTURE = /["{}[\],]/g;

/** Where a text token ends that begins at `start`: the offset after its closing quote. */
export function endOfText(json: string, start: number): number {
  let position = start + 1;
  for (;;) {
    QUOTE_OR_ESCAPE.lastIndex = position;
    const found = QUOTE_OR_ESCAPE.exec(json);
    if (found === null) return json.length;
    if (found[0] === '"') return found.index + 1;
    position = found.index + 2;
  }
}

/** Where a value ends that begins at `start`: the offset of the comma or bracket after it. */
function endOfValue(json: string, start: number): number {
  let depth = 0;
  for (let position = start; position < json.length;) {
    STRUCTURE.lastIndex = position;
    const found = STRUCTURE.exec(json);
    if (found === null) return json.length;
    const [mark] = found;
    position = found.index + 1;
    if (mark === '"') position = endOfText(json, found.index);
    else if (mark === '{' || mark === '[') depth += 1;
    else if (depth === 0) return found.index;
    else if (mark !== ',') depth -= 1;
  }
  return json.length;
}

/** The members of the object in `json`, a text that was read as JSON before: name → value's text. */
export function memberTexts(json: string): Map<string, string> {
  const members = new Map<string, string>();
  for (let at = json.indexOf('"'); at >= 0; at = json.indexOf('"', at)) {
    const nameEnd = endOfText(json, at);
    const colon = json.indexOf(':', nameEnd);
    if (colon < 0) break;
    const end = endOfValue(json, colon + 1);
    members.set(JSON.parse(json.slice(at, nameEnd)) as string, json.slice(colon + 1, end).trim());
    if (json[end] !== ',') break;
    at = end;
  }
  return members;
}

/** The elements of the list in `json`, a text that was read as JSON before, unchanged. */
export function elementTexts(json: string): string[] {
  const elements: string[] = [];
  for (let at = json.indexOf('[') + 1; at > 0 && at < json.length;) {
    const end = endOfValue(json, at);
    const text = json.slice(at, end).trim();
    if (text !== '') elements.push(text);
    at = end + 1;
  }
  return elements;
}
