// A rule about how DOIs are written.

import { doiAddress, isOrdinaryDoiForm, parseDoi } from '../identifiers/doi.ts';
import { listMember, textMember } from '../json/json-text.ts';
import { quote } from '../text/quote.ts';
import type { Rule } from './rule.ts';
import type { VersionSubject } from './subjects.ts';

/** Whether an address leads to its DOI as it is, by whichever name of the resolver. */
function resolves(url: string, doi: string): boolean {
  return (
    url.replace(/^https?:\/\/(?:dx\.|www\.)?doi\.org\//i, 'https://doi.org/') === doiAddress(doi)
  );
}

/** DOIs in a form that every program reads. */
export const DOI_FORM: Rule<VersionSubject> = {
  id: 'doi-form',
  severity: 'hint',
  title: 'DOIs as every program reads them',
  explanation:
    'Pages and exports here read a DOI in any form. Other programs know doi:10.… and https://doi.org/10.… alone, and leave out what they do not know.',
  hint: 'Write doi: and the DOI.',
  *check({ record, version }) {
    if (version !== 'draft') return;
    for (const [index, resource] of listMember(record, 'relatedResource').entries()) {
      for (const field of ['identifier', 'url']) {
        const text = (textMember(resource, field) ?? '').trim();
        const doi = parseDoi(text);
        if (doi === undefined) continue;
        if (field === 'url' ? resolves(text, doi) : isOrdinaryDoiForm(text)) continue;
        const form = field === 'url' ? doiAddress(doi) : `doi:${doi}`;
        yield {
          pointer: `/relatedResource/${index}/${field}`,
          message: `${quote(text)} is a DOI in a form that not every program reads.`,
          hint: `Write ${form}.`,
        };
      }
    }
  },
};
