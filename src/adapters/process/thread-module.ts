// Where the modules of threads are: beside the module that starts them, as a source and once bundled.

/**
 * The module of a thread, to be given to `Worker`. `here` is the `import.meta.url` of who starts it, `name` that of
 * a source beside it, without its extension. Both builds of the command line (scripts/build-cli.mjs) bundle each
 * thread that scripts/thread-modules.mjs lists, and put it beside what starts it.
 */
export function threadModule(here: string, name: string): URL {
  return new URL(`./${name}${here.endsWith('.ts') ? '.ts' : '.mjs'}`, here);
}
