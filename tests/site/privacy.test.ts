// No site contains what it must not contain; see privacy.ts.

import { describe, expect, test } from 'vitest';
import { demoContent } from '../support/sites/built-site.ts';
import { tagsOf } from '../support/sites/html.ts';
import { EMAIL, PLACEHOLDER_DOI, runningFault, sitePrivacyTests } from './privacy.ts';

test('the patterns know what they look for', () => {
  for (const text of ['a@b.org', "(o'neil.x+y@uni-kiel.de)", 'mailto:ä@müller.de'])
    expect(text.match(EMAIL)).toHaveLength(1);
  expect('sampled @ 30 kHz, user@host, DANDI:000004@draft'.match(EMAIL)).toBeNull();
  expect('https://doi.org/10.80507/dandi.123456/0.123456.1234').toMatch(PLACEHOLDER_DOI);
  const hostile = '<a href="java\tscript:x"><p onclick=x><script>x</script><b style="x">';
  expect(tagsOf(hostile).filter((tag) => runningFault(tag) !== undefined)).toHaveLength(4);
});

describe('privacy and safety of the demo archive', () => sitePrivacyTests(async () => demoContent));
