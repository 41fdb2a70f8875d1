import { expect, it } from 'vitest';
import { inOrder } from './in-order.ts';

it('keeps the order of the items, with at most that many under way', async () => {
  let [underWay, most] = [0, 0];
  const work = async (item: number): Promise<number> => {
    most = Math.max(most, (underWay += 1));
    // The first ones take longest.
    for (let turn = 0; turn < 20 - item; turn += 1) await Promise.resolve();
    underWay -= 1;
    return item;
  };
  const items = Array.from({ length: 20 }, (_, index) => index);
  const results: number[] = [];
  for await (const result of inOrder(items, 3, work)) results.push(result);
  expect(results).toEqual(items);
  expect(most).toBe(3);
});

it('fails with the first failure in order, and leaves no other one unhandled', async () => {
  const reading = async (): Promise<void> => {
    const work = (item: number): Promise<number> => Promise.reject(new Error(`no ${item}`));
    await inOrder([1, 2, 3], 3, work).next();
  };
  await expect(reading()).rejects.toThrow('no 1');
});
