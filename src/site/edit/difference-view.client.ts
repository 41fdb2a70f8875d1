// How the edited record differs from the one it began with.

import { compareMetadata } from '../../core/compare/compare-metadata.ts';
import { valueOf, type RecordNode } from '../../core/editing/record-tree.ts';
import { isJsonObject } from '../../core/json/json-text.ts';
import { countOf } from '../../core/text/format.ts';
import { changeMarkup } from '../compare/compare-values.ts';
import { element } from '../browser/dom.client.ts';
import { nodeOf } from '../browser/markup-nodes.client.ts';

/** The differences as a list, with a sentence that says what the record is compared with. */
export function differenceList(
  before: RecordNode,
  after: RecordNode,
  other = 'the record that editing began with',
): HTMLElement {
  const [old, own] = [valueOf(before), valueOf(after)];
  const { changes, count } = compareMetadata(
    isJsonObject(old) ? old : {},
    isJsonObject(own) ? own : {},
    300,
  );
  const list = element('ul', { class: 'compare-fields' });
  list.append(...changes.map((change) => nodeOf(changeMarkup(change))));
  const words =
    count === 0 ? `Nothing differs from ${other}.` : `${countOf(count, 'difference')} to ${other}.`;
  return element('div', { class: 'comparison' }, element('p', {}, words), list);
}
