import { describe, expect, it } from 'vitest';
import { visibleJson, visibleText } from '../../adapters/terminal/visible-text.ts';
import { terminalReporter } from '../../adapters/terminal/progress.ts';
import type { Problem } from '../../core/problem.ts';
import { problemLines } from './output.ts';

const problem = (path: string, line?: number, message = 'Is wrong.'): Problem => ({
  rule: 'some-rule',
  severity: 'error',
  path,
  message,
  hint: 'Fix it.',
  ...(line === undefined ? {} : { line }),
});

describe('problemLines', () => {
  it('groups by file, with place, severity, rule, message, hint and a total', () => {
    const lines = problemLines([problem('b'), problem('a', 2), problem('a', 1)], false);
    expect(lines).toEqual([
      'a:1  error  some-rule  Is wrong.',
      '    Fix it.',
      'a:2  error  some-rule  Is wrong.',
      '    Fix it.',
      '',
      'b  error  some-rule  Is wrong.',
      '    Fix it.',
      '',
      '3 errors, 0 warnings',
    ]);
    expect(problemLines([], false)).toEqual([]);
  });

  it('counts what it does not show, and keeps untrusted text short and harmless', () => {
    const many = Array.from({ length: 1201 }, (_, index) => problem('a', index + 1));
    expect(problemLines(many, false)).toContain('… and 1,001 more; use --json to see all.');
    const [line] = problemLines(
      [problem('a\u001b[31m', 1, `\u202e${'x'.repeat(1_000_000)}`)],
      false,
    );
    expect(line).toContain('a\\u{1b}[31m:1');
    expect(line).toContain('\\u{202e}xxx');
    expect(line?.length).toBeLessThan(700);
  });
});

describe('untrusted text', () => {
  it('shows what would act on a terminal, and leaves every script alone', () => {
    expect(visibleText('a\tb\r\n\u009b\u2066\ud800')).toBe(
      'a\\u{9}b\\u{d}\\u{a}\\u{9b}\\u{2066}\\u{d800}',
    );
    expect(visibleText('µV naïve 神経 👩‍🔬')).toBe('µV naïve 神経 👩‍🔬');
  });

  it('stays the same value in JSON', () => {
    const value = { text: '\u202e\u009b\u2028 ü' };
    const json = visibleJson(JSON.stringify(value, null, 2));
    expect(json).not.toMatch(/[\u202e\u009b\u2028]/);
    expect(JSON.parse(json)).toEqual(value);
  });
});

it('draws progress on one line of a terminal and removes it', () => {
  const written: string[] = [];
  let time = 0;
  const reporter = terminalReporter(
    { write: (text) => written.push(text), columns: 40 },
    () => time,
  );
  reporter.start('Importing', 2);
  reporter.step('000003/draft');
  reporter.step('drawn too soon');
  time = 1000;
  reporter.step('\u001b[2J');
  reporter.finish();
  expect(written).toHaveLength(3);
  expect(written[0]).toContain('1/2');
  expect(written[1]).not.toContain('\u001b[2J');
  expect(written.at(-1)).toBe('\r\u001b[2K');
});
