// The modules that run in threads of their own, by name: a bundle has each as a file of its own, because a
// thread begins with a file.

/** Those of the client that sites serve, which has no packages beside it. */
export const clientThreadModules = {
  'hash-thread': 'src/adapters/digests/hash-thread.ts',
  'place-thread': 'src/adapters/download-folder/place-thread.ts',
};

export const threadModules = {
  ...clientThreadModules,
  // Needs the packages h5wasm and h5wasm-plugins.
  'hdf5-thread': 'src/adapters/hdf5/hdf5-thread.ts',
};
