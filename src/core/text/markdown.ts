// Strangers' Markdown to HTML: the one sanitizer of the site. No HTML passes, no image is loaded, only
// http(s) addresses become links.

import MarkdownIt from 'markdown-it';
import { linkableUrl, shownText } from './shown-text.ts';

const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true });
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

/** The safe HTML of a description: bounded, without e-mail addresses. */
export function renderMarkdown(text: string): string {
  return markdown.render(shownText(text)).trim();
}

/** The first sentences of a description as one plain line, for previews and meta descriptions. */
export function plainExcerpt(text: string, length = 300): string {
  const line = shownText(text.slice(0, length * 8), length * 4)
    .replace(/!?\[([^\]]{0,300})\]\([^)]{0,500}\)/g, '$1')
    // Marks only where they mark something: "p > 0.05", "#3" and "spike_times" are text.
    .replace(/^[ \t>]*(?:#{1,6}(?=[ \t]))?/gm, '')
    .replace(/[*`|]+|(?<![\p{L}\p{N}])_{1,3}|_{1,3}(?![\p{L}\p{N}])/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (line.length <= length) return line;
  return `${line.slice(0, length).replace(/\s+\S*$/, '')} …`;
}
