// Random histories, two hundred in a campaign: an owner proposes heads with merges, criss-crosses, moved
// files and dates of her choice, while curators commit. Whatever the registrar merges changes only her own
// draft; that is verified in the trees themselves, by code that shares nothing with the check.

import path from 'node:path';
import { expect, test } from 'vitest';
import { gitHubForge } from '../../src/adapters/forge/github-forge.ts';
import { parseRepository } from '../../src/adapters/forge/repository-address.ts';
import { systemRepository } from '../../src/adapters/git/system-repository.ts';
import { judgePullRequest } from '../../src/cli/support/judge-pull-request.ts';
import { DRAFT, STATUS, TestArchive } from '../support/broken/test-archive.ts';
import { pointCount } from '../support/campaign.ts';
import { archiveAtForge } from '../support/forge/archive-at-forge.ts';
import type { BareRepository } from '../support/forge/bare-repository.ts';
import type { ForgeDouble } from '../support/forge/forge-double.ts';
import { propose } from '../support/forge/propose.ts';
import { Chance } from '../../demo/signal.ts';
import { mergeOwned } from '../../src/workflows/submission/merge-owned.ts';
import { ownersAt } from '../../src/workflows/publishing/resolve-owners.ts';

const SEEDS = pointCount(2, 10);
const ROUNDS = 20;
const OWN = 'content/dandisets/000/000002/draft/';
const HERS = `${OWN}dandiset.json`;
const THEIRS = `content/${DRAFT}/dandiset.json`;
const TERMS = 'content/vocabularies/species.json';
const STATUS_FILE = `content/${STATUS}`;

type Pick = <Item>(items: readonly Item[]) => Item;

/** The id of each file of a commit, as git lists them. */
function filesOf(git: BareRepository, commit: string): Map<string, string> {
  const lines = git.run(['ls-tree', '-r', '-z', commit]).split('\0').filter(Boolean);
  return new Map(lines.map((line) => [line.split('\t')[1] ?? '', line.split('\t')[0] ?? '']));
}

/** Paths outside the author's draft that differ between two commits. */
function changedOutside(git: BareRepository, before: string, after: string): string[] {
  const [old, now] = [filesOf(git, before), filesOf(git, after)];
  const all = new Set([...old.keys(), ...now.keys()]);
  return [...all].filter((name) => old.get(name) !== now.get(name) && !name.startsWith(OWN));
}

class Stage {
  readonly forge: ForgeDouble;
  readonly clone: string;
  readonly pick: Pick;
  private readonly chance: Chance;
  /** The repository of the archive, and the fork with its objects. */
  readonly main: BareRepository;
  readonly fork: BareRepository;
  private serial = 0;
  /** Heads that were proposed before. */
  readonly heads: string[] = [];

  constructor(forge: ForgeDouble, clone: string, seed: number) {
    this.forge = forge;
    this.clone = clone;
    this.chance = new Chance(seed);
    this.pick = (items) => items[this.chance.below(items.length)]!;
    this.main = forge.archive.git;
    const mallory = [...forge.state.users.values()].find(({ login }) => login === 'mallory')!;
    this.fork = forge.state.fork(forge.archive, mallory).git;
  }

  random(): number {
    return this.chance.uniform();
  }

  tip(): string {
    return this.main.commit('refs/heads/main')!;
  }

  /** Some commit of the archive's own history. */
  ancestor(): string {
    const all = this.main.run(['rev-list', '--max-count=8', 'refs/heads/main']).trim().split('\n');
    return this.pick(all);
  }

  /** A time that may be in the future or long ago: merge bases are searched by it. */
  private time(): Date {
    return new Date(1_750_000_000_000 + Math.floor((this.random() - 0.5) * 1e11));
  }

  private text(name: string): string {
    this.serial += 1;
    const archive = new TestArchive();
    const inner = name.slice('content/'.length);
    if (name === STATUS_FILE)
      archive.edit(STATUS, (status) => (status['owners'] = ['ada', `helper-${this.serial}`]));
    else if (name === TERMS) return `{"terms": [{"name": "Species ${this.serial}"}]}\n`;
    else archive.edit(inner, (record) => (record['name'] = `Title ${this.serial}`));
    return archive.text(inner);
  }

  /** A commit with another's tree, in which some files are rewritten, moved, or removed. */
  commit(
    git: BareRepository,
    by: string,
    parents: readonly string[],
    change: { from?: string; write?: readonly string[]; move?: readonly [string, string] },
  ): string {
    const base = change.from ?? parents[0]!;
    const entries = (change.write ?? []).map((name) => ({
      path: name,
      mode: '100644',
      sha: git.writeBlob(Buffer.from(this.text(name))) as string | null,
    }));
    if (change.move !== undefined) {
      const [from, to] = change.move;
      const sha = filesOf(git, base).get(from)?.split(' ')[2];
      if (sha !== undefined) {
        entries.push({ path: from, mode: '100644', sha: null }, { path: to, mode: '100644', sha });
      }
    }
    const tree = git.writeTree(git.treeOf(base), entries);
    return git.writeCommit(tree, parents, 'Change', by, this.time());
  }

  /** A curator changes something that is not hers, or merges what she proposed before. */
  curate(): void {
    const tip = this.tip();
    const known = this.heads.filter((head) => this.main.commit(head) !== undefined);
    if (known.length > 0 && this.random() < 0.4) {
      const head = this.pick(known);
      const tree = this.main.mergedTree(tip, head);
      // A curator reviews it: nothing but the draft is taken.
      if (tree !== undefined && !this.main.isAncestor(head, tip)) {
        const merged = this.main.writeCommit(tree, [tip, head], 'Merge', 'curator', this.time());
        if (changedOutside(this.main, tip, merged).length === 0) {
          this.main.setRef('refs/heads/main', merged, tip);
          return;
        }
      }
    }
    const write = [this.pick([STATUS_FILE, THEIRS, TERMS])];
    const commit = this.commit(this.main, 'curator', [tip], { write });
    this.main.setRef('refs/heads/main', commit, tip);
  }

  /** One of her heads; and whether it must be merged if nobody changed her draft since. */
  head(): { parents: string[]; tree: string; isInnocent: boolean } {
    const { fork, pick } = this;
    const made = (parents: string[], tree: string, isInnocent = false) => ({
      parents,
      tree: fork.treeOf(tree),
      isInnocent,
    });
    const start = this.ancestor();
    const mine = this.commit(fork, 'mallory', [start], { write: [HERS] });
    const other = pick([this.tip(), this.ancestor(), ...this.heads.slice(-3), start]);
    switch (
      pick([
        'plain',
        'plain',
        'plain',
        'plain',
        'long',
        'other',
        'undone',
        'merge',
        'ours',
        'ours',
        'crossed',
        'crossed',
        'theirs',
        'crossed',
        'octopus',
        'move',
        'steal',
      ])
    ) {
      case 'plain': {
        const tip = this.tip();
        const fresh = this.commit(fork, 'mallory', [tip], { write: [HERS] });
        return made([tip], fresh, true);
      }
      case 'long':
        return made([mine], this.commit(fork, 'mallory', [mine], { write: [HERS] }));
      case 'other':
        return made([mine], this.commit(fork, 'mallory', [mine], { write: [HERS, STATUS_FILE] }));
      case 'undone': {
        const bad = this.commit(fork, 'mallory', [mine], { write: [STATUS_FILE, THEIRS] });
        return made([bad], this.commit(fork, 'mallory', [bad], { from: mine, write: [HERS] }));
      }
      case 'merge':
        return made([mine, other], this.commit(fork, 'mallory', [other], { write: [HERS] }));
      case 'ours':
        return made([mine, other], this.commit(fork, 'mallory', [mine], { write: [HERS] }));
      case 'theirs':
        return made([other, mine], this.commit(fork, 'mallory', [mine], { write: [HERS] }));
      case 'crossed': {
        const one = this.heads.at(-1) ?? mine;
        return made([one, other], this.commit(fork, 'mallory', [one], { write: [HERS] }));
      }
      case 'octopus': {
        const third = this.ancestor();
        return made([mine, other, third], this.commit(fork, 'mallory', [mine], { write: [HERS] }));
      }
      case 'move':
        return made([mine], this.commit(fork, 'mallory', [mine], { move: [HERS, THEIRS] }));
      default:
        return made(
          [mine],
          this.commit(fork, 'mallory', [mine], { move: [STATUS_FILE, `${OWN}x`] }),
        );
    }
  }
}

interface Tally {
  merged: number;
  innocent: number;
  /** Would have changed somebody else's files, while the three-dot difference shows only her draft. */
  disguised: number;
  races: number;
}

async function playRound(stage: Stage, round: number, tally: Tally): Promise<void> {
  const { forge, clone, main, pick } = stage;
  while (stage.random() < 0.5) stage.curate();
  const { parents, tree, isInnocent } = stage.head();
  const pull = await propose(forge, 'mallory', `round-${round}`, { parents, tree: () => tree });
  stage.heads.push(pull.head.sha);
  const isLate = stage.random() < 0.5;
  if (isLate) stage.curate();
  const tip = stage.tip();

  const shownByForge = main.run(['diff', '--name-only', `${tip}...${pull.head.sha}`]).trim();
  const looksInnocent = shownByForge.split('\n').every((name) => name.startsWith(OWN));
  const byForge = main.mergedTree(tip, pull.head.sha);
  const isHarmful = byForge !== undefined && changedOutside(main, tip, byForge).length > 0;
  if (looksInnocent && isHarmful) tally.disguised += 1;

  const repository = systemRepository({
    folder: clone,
    address: forge.folder,
    branch: 'main',
    content: 'content',
  });
  const bot = gitHubForge({
    address: parseRepository(forge.repository),
    token: forge.token('github-actions[bot]'),
  });
  const mallory = (await bot.accountOf('mallory'))!;
  // Occasionally somebody else pushes first, after it was judged.
  let races = pick([0, 0, 1, 2]);
  const decisions = await mergeOwned({
    forge: bot,
    repository,
    author: { name: 'Registrar', email: 'registrar@lab.example' },
    ownersAt: (commit) => ownersAt(repository, commit),
    judge: async ({ number }, base) => {
      const head = await repository.fetchPull(number);
      const content = path.join(clone, 'content');
      const judged = await judgePullRequest(content, base, head, { today: '2026-11-24' });
      if (races > 0) {
        races -= 1;
        tally.races += 1;
        stage.curate();
      }
      return judged.facts;
    },
    now: new Date(forge.state.now().getTime() + 3_600_000),
    hours: 0,
  });
  const decision = decisions.find(({ number }) => number === pull.number);
  const after = stage.tip();
  if (decision?.action === 'merge') {
    tally.merged += 1;
    const [before = '', second] = main
      .run(['rev-list', '--parents', '-1', after])
      .trim()
      .split(' ')
      .slice(1);
    expect(second).toBe(pull.head.sha);
    // Everything else is unchanged; and every commit of the curators is an ancestor.
    expect(changedOutside(main, before, after)).toEqual([]);
    expect(main.isAncestor(tip, before)).toBe(true);
    expect(mallory.login).toBe('mallory');
  }
  const isUntouched = filesOf(main, parents[0]!).get(HERS) === filesOf(main, tip).get(HERS);
  if (isInnocent && isUntouched && tally.races === 0) {
    tally.innocent += 1;
    expect(decision).toMatchObject({ action: 'merge' });
  }
  pull.state = 'closed';
}

test(
  `nothing but her draft is changed by ${SEEDS * ROUNDS} histories`,
  { timeout: 900_000 },
  async () => {
    const all: Tally = { merged: 0, innocent: 0, disguised: 0, races: 0 };
    for (let seed = 1; seed <= SEEDS; seed += 1) {
      const archive = new TestArchive();
      delete archive.files[`${DRAFT}/release.json`];
      const id = 31;
      archive.files['dandisets/000/000002/status.json'] =
        `${JSON.stringify({ owners: [{ id, login: 'mallory' }] })}\n`;
      const { forge, clone } = await archiveAtForge(archive);
      forge.state.accounts.set('mallory', id);
      // Commits of a seed are always the same.
      let minutes = 0;
      forge.state.now = () => new Date(1_760_000_000_000 + (minutes += 1) * 60_000);
      const stage = new Stage(forge, clone, seed);
      for (let round = 0; round < ROUNDS; round += 1) {
        const tally: Tally = { merged: 0, innocent: 0, disguised: 0, races: 0 };
        await playRound(stage, round, tally).catch((error: unknown) => {
          throw new Error(`seed ${seed}, round ${round}`, { cause: error });
        });
        for (const key of Object.keys(all) as (keyof Tally)[]) all[key] += tally[key];
      }
    }
    // Enough of each kind for the test to be meaningful.
    expect(all.merged).toBeGreaterThan(4 * SEEDS);
    expect(all.innocent).toBeGreaterThan(SEEDS);
    expect(all.disguised).toBeGreaterThan(SEEDS);
    expect(all.races).toBeGreaterThan(4 * SEEDS);
  },
);
