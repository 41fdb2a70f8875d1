// JSON that any host may serve under any media type. Static hosts name a folder's document `index.html` and
// serve it as a page, often without an encoding: no stranger's text in it may begin a tag, and it is ASCII.

import { asciiJson } from '../json/ascii-json.ts';
import { endOfText } from '../json/member-texts.ts';
import { withoutEmails } from '../text/email-addresses.ts';

/** The same JSON in ASCII, with no text in it that a browser could take for a tag or a comment. */
export function harmlessJson(json: string): string {
  return asciiJson(json.replace(/<(?=[A-Za-z/!?])/g, '\\u003c'));
}

/**
 * The same JSON with every e-mail address in its texts replaced. A text that is one of `paths` is an
 * identifier and stays as it is.
 */
export function jsonWithoutEmails(
  json: string,
  paths: { has(text: string): boolean } = new Set(),
): string {
  if (!json.includes('@') && !json.includes('\\u0040')) return json;
  const parts: string[] = [];
  let copied = 0;
  for (let at = json.indexOf('"'); at >= 0;) {
    const end = endOfText(json, at);
    const token = json.slice(at, end);
    if (token.includes('@') || token.includes('\\u0040')) {
      const text = JSON.parse(token) as string;
      const clean = paths.has(text) ? text : withoutEmails(text);
      if (clean !== text) {
        parts.push(json.slice(copied, at), JSON.stringify(clean));
        copied = end;
      }
    }
    at = json.indexOf('"', end);
  }
  parts.push(json.slice(copied));
  return parts.join('');
}
