// Commands that pages print for copying: the programs' names are written here and nowhere else.

/** How a reader starts this program. */
const OWN_PROGRAM = 'dandiset';
/** DANDI's Python client. */
const DANDI_PROGRAM = 'dandi';

/** A text as one word of a shell. */
export function shellWord(text: string): string {
  return /^[\w.,:/@+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** Who runs a download: this program, or DANDI's Python client. */
export type CommandProgram = 'own' | 'dandi';

/** The command that downloads what an identifier or an address names. */
export function downloadLine(program: CommandProgram, resource: string): string {
  const name = program === 'own' ? OWN_PROGRAM : DANDI_PROGRAM;
  return `${name} download ${shellWord(resource)}`;
}
