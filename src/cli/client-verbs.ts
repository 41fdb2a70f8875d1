// The verbs that need no archive of one's own: those of the client that every site serves.

import type { VerbGroup } from './support/run-verbs.ts';

const USE_DATA: VerbGroup = {
  title: 'Use data:',
  verbs: [
    {
      name: 'download',
      summary: 'download a version, a folder, or single files, verified',
      load: async () => (await import('./download.ts')).downloadCommand(),
    },
    {
      name: 'ls',
      summary: 'list Dandisets, their files, and files on this machine',
      load: async () => (await import('./ls.ts')).lsCommand(),
    },
    {
      name: 'verify',
      summary: 'compare a folder with the version that was downloaded, and complete it',
      load: async () => (await import('./verify.ts')).verifyCommand(),
    },
    {
      name: 'digest',
      summary: 'compute digests of files and Zarrs on this machine',
      load: async () => (await import('./digest.ts')).digestCommand(),
    },
    {
      name: 'cite',
      summary: 'print the citation of a version',
      load: async () => (await import('./cite.ts')).citeCommand(),
    },
  ],
};

const GIVE_DATA: VerbGroup = {
  title: 'Give data:',
  verbs: [
    {
      name: 'submit',
      summary: 'submit a new Dandiset, or a change to a draft, as a pull request',
      load: async () => (await import('./submit.ts')).submitCommand(),
    },
    {
      name: 'publish',
      summary: 'ask for a draft to be published, after showing what that would freeze',
      load: async () => (await import('./publish.ts')).publishCommand(),
    },
  ],
};

const CHECK: VerbGroup = {
  title: 'Curate:',
  verbs: [
    {
      name: 'check',
      summary: 'validate the records of an archive, and that nothing published was changed',
      load: async () => (await import('./check.ts')).checkCommand(),
    },
  ],
};

const KEEP: VerbGroup = {
  title: 'Keep an archive:',
  verbs: [
    {
      name: 'storage',
      summary: 'check how a store answers readers and strangers',
      load: async () => (await import('./storage.ts')).storageCommand(),
    },
  ],
};

/** The verbs of the client, by purpose. */
export const CLIENT_VERBS: readonly VerbGroup[] = [USE_DATA, GIVE_DATA, CHECK, KEEP];
