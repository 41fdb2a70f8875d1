// Routes of the Git Data API, by which `dandiset submit` commits.

import { blobAnswer, commitAnswer, refAnswer, treeAnswer } from './answers.ts';
import {
  commitOf,
  ok,
  Refusal,
  text,
  writer,
  type ApiAnswer,
  type Context,
  type Route,
} from './api-request.ts';

function createTree(context: Context): ApiAnswer {
  const { repository, body } = context;
  writer(context);
  const entries = (Array.isArray(body['tree']) ? body['tree'] : []) as Record<string, unknown>[];
  const tree = repository.git.writeTree(
    typeof body['base_tree'] === 'string' ? body['base_tree'] : undefined,
    entries.map((entry) => ({
      path: text(entry, 'path'),
      mode: text(entry, 'mode'),
      sha:
        typeof entry['content'] === 'string'
          ? repository.git.writeBlob(Buffer.from(entry['content']))
          : entry['sha'] === null
            ? null
            : text(entry, 'sha'),
    })),
  );
  return ok(treeAnswer(context.setting, repository, tree), 201);
}

function setBranch(context: Context, ref: string, isNew: boolean): ApiAnswer {
  const { repository, body } = context;
  writer(context);
  const { git } = repository;
  const before = git.commit(ref);
  if (isNew && before !== undefined) throw new Refusal(422, 'Reference already exists');
  if (!isNew && before === undefined) throw new Refusal(422, 'Reference does not exist');
  const sha = git.commit(text(body, 'sha'));
  if (sha === undefined) throw new Refusal(422, 'Object does not exist');
  if (before !== undefined && body['force'] !== true && !git.isAncestor(before, sha)) {
    throw new Refusal(422, 'Update is not a fast forward');
  }
  git.setRef(ref, sha);
  return ok(refAnswer(context.setting, repository, ref, sha), isNew ? 201 : 200);
}

/** The author of a commit named by a request. */
function authorOf(author: unknown): { name?: string; email?: string; date?: string } {
  return (author ?? {}) as { name?: string; email?: string; date?: string };
}

/** Routes below a repository. */
export const GIT_ROUTES: readonly Route[] = [
  [
    'GET',
    /^git\/ref\/(?<ref>heads\/.+)$/,
    (c) => {
      const ref = `refs/${c.part('ref')}`;
      const sha = c.repository.git.commit(ref);
      if (sha === undefined) throw new Refusal(404, 'Not Found');
      return ok(refAnswer(c.setting, c.repository, ref, sha));
    },
  ],
  ['POST', /^git\/refs$/, (c) => setBranch(c, text(c.body, 'ref'), true)],
  ['PATCH', /^git\/refs\/(?<ref>heads\/.+)$/, (c) => setBranch(c, `refs/${c.part('ref')}`, false)],
  [
    'GET',
    /^git\/commits\/(?<sha>\w+)$/,
    (c) => ok(commitAnswer(c.setting, c.repository, commitOf(c, c.part('sha')))),
  ],
  [
    'POST',
    /^git\/commits$/,
    (c) => {
      const { login } = writer(c);
      const parents = (c.body['parents'] as string[]).map((sha) => commitOf(c, sha));
      const { git } = c.repository;
      const message = text(c.body, 'message');
      const { name, email, date } = authorOf(c.body['author']);
      const at = date === undefined ? c.state.now() : new Date(date);
      const by = name ?? login;
      const sha = git.writeCommit(text(c.body, 'tree'), parents, message, by, at, email);
      return ok(commitAnswer(c.setting, c.repository, sha), 201);
    },
  ],
  [
    'POST',
    /^git\/blobs$/,
    (c) => {
      writer(c);
      const encoding = c.body['encoding'] === 'base64' ? 'base64' : 'utf8';
      const sha = c.repository.git.writeBlob(Buffer.from(text(c.body, 'content'), encoding));
      return ok(blobAnswer(c.setting, c.repository, sha), 201);
    },
  ],
  ['POST', /^git\/trees$/, createTree],
  [
    'GET',
    /^git\/trees\/(?<sha>[0-9a-f]{40})$/,
    (c) => ok(treeAnswer(c.setting, c.repository, c.part('sha'))),
  ],
];
