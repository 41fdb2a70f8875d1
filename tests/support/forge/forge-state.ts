// What the double of the forge knows besides git: users, pull requests, comments.

import path from 'node:path';
import { git } from './git-server.ts';
import { BareRepository } from './bare-repository.ts';

/** A user with a token. */
export interface ForgeUser {
  login: string;
  token: string;
  /** A fine-grained token has no access to anything that belongs to somebody else. */
  kind: 'classic' | 'fine-grained' | 'bot';
}

/** A comment or review. */
export interface ForgeRemark {
  id: number;
  user: string;
  body: string;
  at: string;
}

/** A review, which is of one commit. */
export interface ForgeReview extends ForgeRemark {
  state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED';
  commit: string;
}

/** A pull request. */
export interface ForgePull {
  number: number;
  title: string;
  body: string;
  author: string;
  draft: boolean;
  head: { owner: string; repository: string; branch: string; sha: string };
  base: { branch: string; sha: string };
  state: 'open' | 'closed';
  merged?: { by: string; at: string; commit: string };
  createdAt: string;
  updatedAt: string;
  comments: ForgeRemark[];
  reviews: ForgeReview[];
  labels: string[];
}

/** A repository and what belongs to it. */
export interface ForgeRepository {
  owner: string;
  name: string;
  git: BareRepository;
  parent?: ForgeRepository;
  /** Who may write besides the owner. */
  writers: Set<string>;
  pulls: ForgePull[];
  checkRuns: {
    id: number;
    name: string;
    commit: string;
    status: string;
    conclusion: string | null;
  }[];
}

/** The whole forge. */
export class ForgeState {
  readonly root: string;
  readonly users = new Map<string, ForgeUser>();
  readonly repositories = new Map<string, ForgeRepository>();
  /** Numbers of accounts by login, where tests set them; others follow from the login. */
  readonly accounts = new Map<string, number>();
  /** The time at the forge; tests set it. */
  now: () => Date = () => new Date();
  private lastId = 0;

  constructor(root: string) {
    this.root = root;
  }

  nextId(): number {
    this.lastId += 1;
    return this.lastId;
  }

  time(): string {
    return this.now()
      .toISOString()
      .replace(/\.\d+Z$/, 'Z');
  }

  addUser(login: string, kind: ForgeUser['kind'] = 'classic'): ForgeUser {
    const user = { login, kind, token: `ghp_${login.replace(/\W/g, '')}${'0'.repeat(30)}` };
    this.users.set(user.token, user);
    return user;
  }

  addRepository(owner: string, name: string, folder: string): ForgeRepository {
    const repository: ForgeRepository = {
      owner,
      name,
      git: new BareRepository(folder),
      writers: new Set(),
      pulls: [],
      checkRuns: [],
    };
    this.repositories.set(`${owner}/${name}`, repository);
    return repository;
  }

  mayWrite(user: ForgeUser | undefined, { owner, writers }: ForgeRepository): boolean {
    if (user === undefined) return false;
    return user.login === owner || (writers.has(user.login) && user.kind !== 'fine-grained');
  }

  /** The user's fork, created if missing: a clone that shares the objects, as GitHub's do. */
  fork(parent: ForgeRepository, user: ForgeUser): ForgeRepository {
    const name = `${user.login}/${parent.name}`;
    const there = this.repositories.get(name);
    if (there !== undefined) return there;
    const folder = path.join(this.root, `${name}.git`);
    git(this.root, ['clone', '--quiet', '--bare', '--shared', parent.git.folder, folder]);
    git(folder, ['config', 'http.receivepack', 'true']);
    const fork = this.addRepository(user.login, parent.name, folder);
    fork.parent = parent;
    return fork;
  }

  /**
   * Updates every open pull request to its branch, as a push to the branch does at the forge. It calls git
   * once per repository: with many pull requests, once each would take most of a test.
   */
  refreshAll(): void {
    const refs = new Map(
      [...this.repositories].map(([name, { git: bare }]) => [name, bare.branches()]),
    );
    for (const [name, repository] of this.repositories) {
      for (const pull of repository.pulls) {
        if (pull.state !== 'open') continue;
        const { owner, repository: fork, branch } = pull.head;
        const base = refs.get(name)?.get(pull.base.branch) ?? pull.base.sha;
        const hasMoved = base !== pull.base.sha;
        pull.base.sha = base;
        // As at GitHub: what a push brings onto the branch counts as merged by it.
        if (hasMoved && pull.head.sha !== '' && repository.git.isAncestor(pull.head.sha, base)) {
          pull.state = 'closed';
          pull.merged = { by: repository.git.authorOf(base), at: this.time(), commit: base };
          continue;
        }
        const sha = refs.get(`${owner}/${fork}`)?.get(branch);
        const from = this.repositories.get(`${owner}/${fork}`);
        if (sha === undefined || from === undefined || sha === pull.head.sha) continue;
        const ref = `refs/pull/${pull.number}/head`;
        const source = from === repository ? '.' : from.git.folder;
        repository.git.run(['fetch', '--quiet', source, `+${sha}:${ref}`]);
        if (pull.head.sha !== '') pull.updatedAt = this.time();
        pull.head.sha = sha;
      }
    }
  }
}
