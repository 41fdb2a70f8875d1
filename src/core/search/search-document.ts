// What a search knows of one Dandiset. The index and the full text are made from these and from nothing else.

import type { SearchFacet } from './fields.ts';

/** A value of a facet as one Dandiset has it. */
export interface DocumentValue {
  facet: SearchFacet;
  /** What distinguishes values: a taxon, an ORCID, else the folded name. */
  id: string;
  label: string;
  /** The everyday name, or another short remark. */
  note?: string;
  /** Other names that people search for it by. */
  spellings?: readonly string[];
}

export interface SearchDocument {
  /** Six digits. */
  number: string;
  title: string;
  /** Of the version its page shows: a published one, or `draft`. */
  version: string;
  status: 'published' | 'draft' | 'withdrawn';
  /** The day it was published, or a draft last changed. */
  day?: string;
  bytes?: number;
  files?: number;
  subjects?: number;
  values: readonly DocumentValue[];
  /** The terms of the vocabularies it is about: the names of each, those people know best first. */
  named?: readonly (readonly string[])[];
  /** Text in lines; the first is identifier and title. */
  lines: readonly string[];
  /** How many of the lines, from the first, say what the Dandiset is about. */
  mainLines: number;
  /** How many of the lines, at the end, are lists of labels, in which no phrase is searched for. */
  looseLines: number;
  /** Words it is found by that are not in its text: other spellings, and labels beyond the first. */
  moreWords?: readonly string[];
}
