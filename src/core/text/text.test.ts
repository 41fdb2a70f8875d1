import { describe, expect, it } from 'vitest';
import { plainExcerpt, renderMarkdown } from './markdown.ts';
import { linkableUrl, shownLine, shownText } from './shown-text.ts';

describe('shown text', () => {
  it('drops e-mail addresses, bidi controls and control characters', () => {
    expect(shownText('ask José.Pérez+lab@uni-köln.example.org now')).toBe('ask [e-mail] now');
    expect(shownText('a\u202egnp.exe\u0007b\r\nc')).toBe('agnp.exeb\nc');
  });

  it.each([
    'img@2x.png',
    'logo@2x.PNG',
    'a@b.txt',
    'ses-01@run.nii.gz',
    'notes@2.md',
    'kilosort@2.5.1',
    'tool@v1.2.0 and pkg@1.0.beta.1',
    'https://github.com/lab/tool@v1.2.0',
    'https://example.org/@lab@field.example.org/1',
  ])('keeps %s, which is not an e-mail address', (text) => expect(shownText(text)).toBe(text));

  it.each([
    ['mail jane@lab.example.org.', 'mail [e-mail].'],
    ['jan@nencki.edu.pl, una@uni.edu.py, 12345@163.com', '[e-mail], [e-mail], [e-mail]'],
    ['jane@example.org.2', '[e-mail].2'],
    ['jane@example.org-based', '[e-mail]-based'],
    ['иван@пример.рф or x@xn--e1afmkfd.xn--p1ai', '[e-mail] or [e-mail]'],
    ['mailto:jane@example.org', 'mailto:[e-mail]'],
    ['https://jane@example.org/', 'https://[e-mail]/'],
    ['https://example.org/a?to=jane@example.org', 'https://example.org/a?to=[e-mail]'],
    ['see https://example.org/a or (jane@example.org)', 'see https://example.org/a or ([e-mail])'],
  ])('reads %s as %s', (text, shown) => expect(shownText(text)).toBe(shown));

  it('drops an address that the cut would have halved', () => {
    const text = `${'x'.repeat(95)} someone@example.org`;
    expect(shownText(text, 100)).not.toMatch(/someone/);
  });

  it('stays quick and bounded on ten megabytes', () => {
    expect(shownText('a@'.repeat(5_000_000)).length).toBeLessThan(21_000);
    expect(shownLine('  two   blanks\nhere ')).toBe('two blanks here');
  });

  it.each([
    ['https://example.org/a?b=c#d', true],
    ['javascript:alert(1)', false],
    ['JaVaScRiPt:alert(1)', false],
    ['data:text/html,x', false],
    ['//example.org', false],
    ['https://user:secret@example.org/', false],
    ['https://user:[e-mail]/', false],
    ['http://lab_7.example.org:8080', true],
    ['https://example.org/?mail=a@example.org', false],
    ['https://github.com/lab/tool@v1.2.0', true],
    ['https://github.com/lab/tool@main.dev/readme', true],
    ['https://jane@example.org/', false],
    ['https://example.org/"onmouseover="x', false],
    [' https://example.org/ ', true],
    ["https://o'hara.example/", false],
  ])('links %s: %s', (url, linked) => expect(linkableUrl(url) !== undefined).toBe(linked));

  it('links an address with an apostrophe, which it encodes', () => {
    expect(linkableUrl("https://example.org/d'Almeida's_data")).toBe(
      'https://example.org/d%27Almeida%27s_data',
    );
  });
});

describe('Markdown', () => {
  it('lets no markup, script or image through', () => {
    const html = renderMarkdown(
      '<img src=x onerror=alert(1)> <placeholder> ![i](https://e.org/i.png) [x](javascript:alert(1)) <https://e.org>',
    );
    expect(html).not.toMatch(/<img|<placeholder|href="javascript/);
    expect(html).toContain('&lt;placeholder&gt;');
    expect(html).toContain('<a href="https://e.org"');
  });

  it('keeps footnote stars and line breaks', () => {
    expect(renderMarkdown('mice* were used\n*see below')).toBe(
      '<p>mice* were used<br>\n*see below</p>',
    );
  });

  it('links an address whose path has an @ in it', () => {
    expect(renderMarkdown('See https://github.com/lab/tool@v1.2.0')).toContain(
      '<a href="https://github.com/lab/tool@v1.2.0"',
    );
  });

  it('sets headings below those of the page', () => {
    expect(renderMarkdown('# Title')).toBe('<h3>Title</h3>');
  });

  it('survives nesting meant to exhaust it', () => {
    expect(renderMarkdown(`${'>'.repeat(10_000)} ${'['.repeat(10_000)}`)).toContain('<blockquote>');
  });

  it('removes marks from an excerpt, and leaves text that looks like them', () => {
    const marked = '## Methods\n> _All_ `units` of **mouse** #3, p > 0.05, spike_times x <b>';
    expect(plainExcerpt(marked)).toBe('Methods All units of mouse #3, p > 0.05, spike_times x <b>');
  });

  it.each([
    [
      'See [the paper](https://doi.org/10.1016/S0896-6273(03)00148-X) and [[1]](https://e.org "t").',
      'See the paper and [1].',
    ],
    [
      'The posterior P(A|B) of `a|b` and f*g*h, **n** = 3 * 4',
      'The posterior P(A|B) of a|b and fgh, n = 3 * 4',
    ],
    [
      'Counts:\n\n| Subject | Age |\n|:---|---:|\n| M1 | P60 |\n| M2 | |\n\nMice were used.',
      'Counts: Subject, Age; M1, P60; M2 Mice were used.',
    ],
    ['1. Record\n2. Sort\n\n- CA1\n- CA3', '1. Record 2. Sort CA1 CA3'],
    ['2020. The data of that year', '2020. The data of that year'],
    [
      'Look! ![a map](https://e.org/i.png) at <https://e.org/a_b_c>',
      'Look! a map at https://e.org/a_b_c',
    ],
    ['AT&amp;T \\*p < 0.05, mice* and rats*\n***\nend', 'AT&T *p < 0.05, mice* and rats* end'],
    ['Title\n=====\n    code line\n```\nfenced\n```', 'Title code line fenced'],
    ['[ref]: https://e.org\nSee [ref].', 'See ref.'],
    ['', ''],
    [' _\n***\n', ''],
  ])('reads the text of %j', (text, plain) => expect(plainExcerpt(text)).toBe(plain));

  it('makes an excerpt of Markdown that is meant to exhaust it', () => {
    for (const piece of ['[', '![', '*', '_', '`', '|', '> ', '- ', '](', '<', '&#', '| a '])
      expect(plainExcerpt(piece.repeat(100_000), 10_000).length).toBeLessThan(11_000);
  });

  it('makes a plain excerpt that ends at a word', () => {
    expect(plainExcerpt('**Recordings** from [CA1](https://e.org)\nof mice.', 20)).toBe(
      'Recordings from CA1 …',
    );
  });
});
