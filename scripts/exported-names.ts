// Names that files export, so that no name has two meanings.

import type { SourceFile } from './import-arrows.ts';

const DECLARED =
  /^(export )?(?:declare |abstract |async )*(?:function\*?|const|let|class|interface|type|enum) (\w+)/gm;
const LISTED = /^export (?:type )?\{([^}]*)\};/gm;

/** The names a file exports of its own declarations; re-exports belong to another file. */
function exportedNames(text: string): Set<string> {
  const declared = [...text.matchAll(DECLARED)];
  const own = new Set(declared.map(([, , name = '']) => name));
  const listed = [...text.matchAll(LISTED)]
    .flatMap(([, list = '']) => [...list.matchAll(/(\w+)(?: as (\w+))?\s*(?:,|$)/g)])
    .filter(([, local = '']) => own.has(local))
    .map(([, local = '', name = local]) => name);
  const exported = declared.filter(([, isExported]) => isExported !== undefined);
  return new Set([...exported.map(([, , name = '']) => name), ...listed]);
}

/** Each name that more than one of the files exports, with the files. */
export function namesExportedTwice(files: readonly SourceFile[]): string[] {
  const places = new Map<string, string[]>();
  for (const { path: file, text } of files) {
    for (const name of exportedNames(text)) {
      places.set(name, [...(places.get(name) ?? []), file]);
    }
  }
  return [...places]
    .filter(([, found]) => found.length > 1)
    .map(([name, found]) => `${name} is exported from ${found.join(' and ')}`)
    .sort();
}
