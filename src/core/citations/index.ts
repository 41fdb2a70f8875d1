// Every form in which a version can be cited. To add one, add a file here and a line to the list.

import type { CitableRecord } from '../metadata/citable-record.ts';
import { apa } from './apa.ts';
import { bibtex } from './bibtex.ts';
import { chicago } from './chicago.ts';
import { citationCff } from './citation-cff.ts';
import { cslJson } from './csl-json.ts';
import { harvard } from './harvard.ts';
import { ieee } from './ieee.ts';
import { ris } from './ris.ts';
import { dataAvailability, methods } from './sentences.ts';
import { storedText } from './stored-text.ts';
import { vancouver } from './vancouver.ts';

export interface CitationFormat {
  /** The name on the command line: `apa`. */
  id: string;
  name: string;
  /** A line of a list of references, a sentence for a paper, or a file for a program. */
  kind: 'reference' | 'sentence' | 'file';
  /** Name of the file next to the version's page, if there is one. */
  file?: string;
  /** Never throws; files end in a line break, lines do not. */
  write: (facts: CitableRecord) => string;
}

/** All formats, the frozen citation first. Ids and file names are public and never renamed. */
export const CITATION_FORMATS: readonly CitationFormat[] = [
  { id: 'text', name: 'Plain text', kind: 'reference', file: 'citation.txt', write: storedText },
  { id: 'apa', name: 'APA', kind: 'reference', write: apa },
  { id: 'vancouver', name: 'Vancouver', kind: 'reference', write: vancouver },
  { id: 'chicago', name: 'Chicago', kind: 'reference', write: chicago },
  { id: 'harvard', name: 'Harvard', kind: 'reference', write: harvard },
  { id: 'ieee', name: 'IEEE', kind: 'reference', write: ieee },
  { id: 'availability', name: 'Data availability', kind: 'sentence', write: dataAvailability },
  { id: 'methods', name: 'Methods', kind: 'sentence', write: methods },
  { id: 'bibtex', name: 'BibTeX', kind: 'file', file: 'citation.bib', write: bibtex },
  { id: 'ris', name: 'RIS', kind: 'file', file: 'citation.ris', write: ris },
  { id: 'csl', name: 'CSL-JSON', kind: 'file', file: 'citation.csl.json', write: cslJson },
  { id: 'cff', name: 'CITATION.cff', kind: 'file', file: 'CITATION.cff', write: citationCff },
];

/** The format of an id, or undefined. */
export function citationFormat(id: string): CitationFormat | undefined {
  return CITATION_FORMATS.find((format) => format.id === id);
}
