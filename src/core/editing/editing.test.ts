import { describe, expect, test } from 'vitest';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { corpusFolder } from '../../../tests/support/records/corpus.ts';
import { describeWith } from '../../../tests/support/needed-part.ts';
import { shared } from '../../../tests/support/shared.ts';
import { indentJson, type JsonValue } from '../json/json-text.ts';
import { withInserted, withMoved, withNode, without } from './change-record.ts';
import { afterChange, beginHistory, MOST_STATES, redone, undone } from './edit-history.ts';
import { mergeRecords } from './merge-records.ts';
import {
  memberNode,
  nodeAt,
  readTree,
  treeOf,
  valueOf,
  writeTree,
  type RecordNode,
} from './record-tree.ts';

function tree(text: string): RecordNode {
  const read = readTree(text);
  if (!read.ok) throw new Error(read.problem.message);
  return read.tree;
}

const ODD = `{
  "b": 1.50,
  "a": "\\u00e9\\/",
  "__proto__": {
    "x": -0e0
  },
  "list": [
    {},
    [],
    "}",
    1E5
  ]
}
`;

describe('a tree of tokens', () => {
  test('keeps every character of what is not changed', () => {
    expect(writeTree(tree(ODD))).toBe(ODD);
    const changed = withNode(tree(ODD), ['list', 2], treeOf('new'));
    expect(writeTree(changed)).toBe(ODD.replace('"}"', '"new"'));
    expect(valueOf(tree(ODD))).toEqual(JSON.parse(ODD));
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  test('says what is wrong with a text, including a duplicate key', () => {
    expect(readTree('{"a": 1,}')).toMatchObject({ ok: false, problem: { line: 1 } });
    expect(readTree('{"a": 1, "a": 2}')).toMatchObject({ ok: false });
    expect(readTree(`${'['.repeat(5000)}${']'.repeat(5000)}`)).toMatchObject({ ok: false });
  });

  test('keeps the spelling of a value that is set to itself', () => {
    const before = tree(ODD);
    expect(withNode(before, ['a'], treeOf('é/'))).toBe(before);
    expect(withNode(before, ['b'], treeOf(1.5))).toBe(before);
  });

  test('accepts texts of megabytes and lists of a hundred thousand', () => {
    const large = tree(
      JSON.stringify({ text: '"\\'.repeat(2_000_000), list: Array(100_000).fill('x') }),
    );
    expect(writeTree(withNode(large, ['text'], treeOf(''))).length).toBeGreaterThan(100_000);
  });

  test('shares what did not change, and recognises things that were moved', () => {
    const before = tree('{"people": [{"name": "A"}, {"name": "B"}, {"name": "C"}], "other": [1]}');
    const after = withMoved(withNode(before, ['people', 0, 'name'], treeOf('Z')), ['people'], 0, 9);
    expect(valueOf(after)).toEqual({
      people: [{ name: 'B' }, { name: 'C' }, { name: 'Z' }],
      other: [1],
    });
    expect(memberNode(after, 'other')).toBe(memberNode(before, 'other'));
    expect(nodeAt(after, ['people', 2])?.id).toBe(nodeAt(before, ['people', 0])?.id);
    expect(nodeAt(after, ['people', 0])).toBe(nodeAt(before, ['people', 1]));
  });

  test('puts a new member where the order of the form has it, and removes members', () => {
    const order = ['name', 'description', 'license'];
    const before = tree('{"schemaKey": "Dandiset", "license": [], "name": "x", "odd": 1}');
    const after = withNode(before, ['description'], treeOf('y'), order);
    expect(writeTree(without(after, ['odd'])).replace(/\s+/g, '')).toBe(
      '{"schemaKey":"Dandiset","description":"y","license":[],"name":"x"}',
    );
    expect(valueOf(withInserted(before, ['license'], treeOf('spdx:CC0-1.0')))).toMatchObject({
      license: ['spdx:CC0-1.0'],
    });
    expect(withNode(before, ['nowhere', 'at', 'all'], treeOf(1))).toBe(before);
  });
});

test('undoing goes back step by step, and typing in one field is one step', () => {
  const [a, b, c] = [treeOf(1), treeOf(2), treeOf(3)];
  let history = beginHistory(a);
  history = afterChange(history, b, 'title');
  history = afterChange(history, c, 'title');
  expect(undone(history).present.tree).toBe(a);
  expect(redone(undone(history)).present.tree).toBe(c);
  expect(redone(history)).toBe(history);
  expect(afterChange(undone(history), b).future).toEqual([]);
  for (let step = 0; step < MOST_STATES + 10; step += 1)
    history = afterChange(history, treeOf(step));
  expect(history.past).toHaveLength(MOST_STATES);
});

describe('two changes of one record', () => {
  const merged = (
    base: JsonValue,
    mine: JsonValue,
    theirs: JsonValue,
    whose?: 'mine' | 'theirs',
  ) => {
    const states = [base, mine, theirs].map((value) => treeOf(value)) as [
      RecordNode,
      RecordNode,
      RecordNode,
    ];
    const { conflicts } = mergeRecords(...states);
    const choices = new Map(
      whose === undefined ? [] : conflicts.map(({ pointer }) => [pointer, whose]),
    );
    const { tree: both } = mergeRecords(...states, choices);
    return { value: valueOf(both), conflicts: conflicts.map(({ pointer }) => pointer) };
  };

  test('fit together if they concern different things', () => {
    expect(merged({ a: 1, b: 1, c: 1 }, { a: 2, b: 1, d: 4 }, { a: 1, b: 3, c: 1, e: 5 })).toEqual({
      value: { a: 2, b: 3, d: 4, e: 5 },
      conflicts: [],
    });
  });

  test('are reported if both changed the same thing, and decided', () => {
    const [base, mine, theirs] = [{ a: 1, gone: 1 }, { a: 2 }, { a: 3, gone: 2 }];
    expect(merged(base, mine, theirs, 'mine')).toEqual({
      value: { a: 2 },
      conflicts: ['/a', '/gone'],
    });
    expect(merged(base, mine, theirs, 'theirs').value).toEqual({ a: 3, gone: 2 });
  });

  test('of a list are merged by what its things are', () => {
    const [ada, bob, cy, di] = ['Ada', 'Bob', 'Cy', 'Di'].map((name) => ({
      schemaKey: 'Person',
      name,
    }));
    const moved = merged(
      { list: [ada!, bob!, cy!] },
      { list: [{ ...ada!, email: 'ada@lab.example' }, bob!, di!, cy!] },
      { list: [cy!, ada!, { ...bob!, url: 'https://lab.example/' }] },
    );
    expect(moved.conflicts).toEqual([]);
    expect(moved.value).toEqual({
      list: [
        cy!,
        { ...ada!, email: 'ada@lab.example' },
        { ...bob!, url: 'https://lab.example/' },
        di!,
      ],
    });
    const removed = merged(
      { list: [ada!, bob!] },
      { list: [ada!] },
      { list: [ada!, { ...bob!, x: 1 }] },
    );
    expect(removed.conflicts).toEqual(['/list/1']);
    expect(merged({ k: ['a'] }, { k: ['a', 'a'] }, { k: ['b'] }).conflicts).toEqual(['/k']);
  });

  test('of names that are parts of every object are like any other', () => {
    const odd = JSON.parse('{"__proto__": 1, "constructor": 2}') as JsonValue;
    expect(merged({}, odd, { toString: 3 })).toEqual({
      value: JSON.parse('{"__proto__": 1, "constructor": 2, "toString": 3}'),
      conflicts: [],
    });
  });
});

describeWith(shared, 'the drafts of the corpus', () => {
  test('are written as they were read', () => {
    const home = path.join(corpusFolder, 'dandisets');
    const drafts = readdirSync(home)
      .map((id) => path.join(home, id, 'draft', 'dandiset.json'))
      .filter(existsSync);
    expect(drafts).toHaveLength(293);
    for (const draft of drafts) {
      const laidOut = indentJson(readFileSync(draft, 'utf8'));
      if (!laidOut.ok) throw new Error(draft);
      const written = writeTree(tree(laidOut.text));
      if (written !== `${laidOut.text}\n`) throw new Error(`${draft} is written otherwise`);
    }
  });
});
