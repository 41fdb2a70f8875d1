import { expect, test } from 'vitest';
import { cutTemplate, fillTemplate } from './page-template.ts';

interface Row {
  name: string;
  href: string;
  /** Shown in its own list. */
  tags: string[];
}

interface View {
  title: string;
  html: string;
  rows: Row[];
}

const text = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A page as a build would make it. */
function page({ title, html, rows }: View): string {
  const tags = (row: Row): string => row.tags.map((tag) => `<b>${tag}</b>`).join(' ');
  const items = rows.map(
    (row) => `<li> <a href="${row.href}">${text(row.name)}</a> ${tags(row)} </li>`,
  );
  return `<title>${text(title)} · Archive</title> <h1>${text(title)}</h1> <div>${html}</div> <ul> ${items.join(' ')} </ul> <footer>Archive</footer>`;
}

const row = (name: string, ...tags: string[]): Row => ({ name, href: `/of/${name[0]}/`, tags });

const SAMPLE: View = {
  title: 'Place cells',
  html: '<p>Of <em>rats</em></p>',
  rows: [row('first', 'red', 'green'), row('second', 'blue', 'white'), row('third', 'red', 'blue')],
};

test.each<[string, View]>([
  ['the view it was cut by', SAMPLE],
  ['other texts', { ...SAMPLE, title: 'Grid & <place> cells', html: '<p>Of mice</p>' }],
  ['fewer items', { ...SAMPLE, rows: [row('only', 'black')] }],
  ['more items', { ...SAMPLE, rows: [...SAMPLE.rows, row('fo & ur', 'tag'), row('fifth')] }],
  ['no item', { ...SAMPLE, rows: [] }],
])('a template filled with %s is the page', (_, view) => {
  const squeezed = (html: string): string => html.replaceAll(/\s+/g, '');
  const filled = fillTemplate(cutTemplate(page(SAMPLE), SAMPLE), view);
  expect(squeezed(filled)).toBe(squeezed(page(view)));
});

test('a list with one item or none on a page is left as it is', () => {
  const view = { title: 'Place cells', rows: [row('only')] };
  const html = page({ ...SAMPLE, ...view });
  expect(fillTemplate(cutTemplate(html, view), view)).toBe(html);
  expect(fillTemplate(cutTemplate('<p>Nothing</p>', SAMPLE), SAMPLE)).toBe('<p>Nothing</p>');
});
