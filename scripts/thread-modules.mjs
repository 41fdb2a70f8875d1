// The modules that run in threads of their own, by name: a bundle has each as a file of its own, because a
// thread begins with a file.
export const threadModules = {
  'hash-thread': 'src/adapters/digests/hash-thread.ts',
  'place-thread': 'src/adapters/download-folder/place-thread.ts',
};
