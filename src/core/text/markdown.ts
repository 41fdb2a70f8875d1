// Strangers' Markdown to HTML: the one sanitizer of the site. No HTML passes, no image is loaded, only
// http(s) addresses become links.

import MarkdownIt, { type Token } from 'markdown-it';
import { linkableUrl, shownText } from './shown-text.ts';

const markdown = new MarkdownIt({ html: false, linkify: true });
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
markdown.validateLink = (url) => linkableUrl(url) !== undefined;
markdown.disable('image');

// A description is below the page's h1 and a section's h2: its own headings begin at h3.
markdown.core.ruler.push('lower-headings', (state) => {
  for (const token of state.tokens) {
    if (token.type === 'heading_open' || token.type === 'heading_close') {
      token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + 2)}`;
    }
  }
});
markdown.renderer.rules['link_open'] = (tokens, index, options, _env, self) => {
  tokens[index]?.attrSet('rel', 'nofollow noopener');
  return self.renderToken(tokens, index, options);
};
// Tables of any width must not widen the page.
markdown.renderer.rules['table_open'] = () => '<div class="scroll" tabindex="0"><table>';
markdown.renderer.rules['table_close'] = () => '</table></div>';

// Records are written in forms, where a new line is meant; files are wrapped by editors.
markdown.renderer.rules['softbreak'] = (_tokens, _index, _options, env) =>
  env?.['isFile'] === true ? '\n' : '<br>\n';

/** The safe HTML of a description: bounded, without e-mail addresses. */
export function renderMarkdown(text: string): string {
  return markdown.render(shownText(text), {}).trim();
}

/** The same of a Markdown file, whose lines are joined to paragraphs. */
export function renderMarkdownFile(text: string): string {
  return markdown.render(shownText(text), { isFile: true }).trim();
}

/** What one token of a paragraph adds to plain text. */
function plainInline(token: Token): string {
  switch (token.type) {
    case 'text':
    case 'text_special':
    case 'code_inline':
      return token.content;
    case 'softbreak':
    case 'hardbreak':
      return ' ';
    default:
      return '';
  }
}

/** The text of a paragraph, a heading or a cell. An image's mark goes with its address. */
function plainParagraph({ children }: Token): string {
  const parts = (children ?? []).map((token, index) => {
    const isImage = children?.[index + 1]?.type === 'link_open';
    return isImage ? plainInline(token).replace(/!$/, '') : plainInline(token);
  });
  return parts.join('').replace(/\s+/g, ' ').trim();
}

// What separates the parts of a text on one line, by the token that ends a part.
const SEPARATORS: ReadonlyMap<string, string> = new Map([
  ['th_close', ', '],
  ['td_close', ', '],
  ['tr_close', '; '],
]);

/** The text of Markdown on one line, without its marks. */
function plainMarkdown(text: string): string {
  let line = '';
  let separator = '';
  for (const token of markdown.parse(text, {})) {
    separator = SEPARATORS.get(token.type) ?? (token.type === 'table_close' ? ' ' : separator);
    let part = '';
    if (token.type === 'inline') part = plainParagraph(token);
    else if (token.type === 'fence' || token.type === 'code_block') part = token.content.trim();
    // The number of an item is part of the text; one that begins a sentence is a number of its own.
    else if (token.type === 'list_item_open' && token.info !== '') part = token.info + token.markup;
    if (part === '') continue;
    line += line === '' ? part : (separator || ' ') + part;
    separator = '';
  }
  return line.replace(/\s+/g, ' ').trim();
}

/**
 * The first sentences of a description as one plain line, for previews and meta descriptions; empty for one
 * without a word.
 */
export function plainExcerpt(text: string, length = 300): string {
  const line = plainMarkdown(shownText(text.slice(0, length * 8), length * 4));
  if (!/[\p{L}\p{N}]/u.test(line)) return '';
  if (line.length <= length) return line;
  return `${line.slice(0, length).replace(/\s+\S*$/, '')} …`;
}
