// The process that apart.ts starts: it does one task after another and responds with the result.

import { memoryTree } from '../../../src/adapters/content-files/memory-tree.ts';
import { checkArchive } from '../../../src/workflows/archive/check-archive.ts';
import { checkedPull } from '../forge/archive-at-forge.ts';
import type { ApartAnswer, ApartTask } from './apart.ts';

async function result(task: ApartTask): Promise<unknown> {
  if (task.kind === 'pull') {
    const { problems, report, facts } = await checkedPull(task.clone, task.number, task.author);
    return { problems, report, facts };
  }
  return (await checkArchive({ tree: memoryTree(task.files) })).problems;
}

process.on('message', (task: ApartTask) => {
  result(task).then(
    (value) => process.send?.({ ok: true, value } satisfies ApartAnswer),
    (error: unknown) => process.send?.({ ok: false, message: String(error) } satisfies ApartAnswer),
  );
});
