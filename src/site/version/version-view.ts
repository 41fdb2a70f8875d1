// Everything a Dandiset or version page shows, as text and addresses ready for output. The components only
// lay it out; malformed records are dealt with here.

import { formatsOf } from '../../core/exports/index.ts';
import { textMember } from '../../core/json/json-text.ts';
import { doiAddress } from '../../core/identifiers/doi.ts';
import { accessStatements, accessWords } from '../../core/metadata/access.ts';
import { licences, type Licence } from '../../core/metadata/licences.ts';
import {
  ethicsApprovals,
  projects,
  protocols,
  subjectMatter,
  type Named,
} from '../../core/metadata/named-things.ts';
import {
  relatedLink,
  relatedResources,
  type RelatedLink,
} from '../../core/metadata/related-resources.ts';
import { textList } from '../../core/metadata/terms.ts';
import { missingParts, type MissingPart } from '../../core/metadata/missing-parts.ts';
import { alsoAvailableAt } from '../../core/metadata/other-archives.ts';
import { contributors } from '../../core/metadata/people.ts';
import { renderMarkdown } from '../../core/text/markdown.ts';
import { shownLine, shownText } from '../../core/text/shown-text.ts';
import { address } from '../catalog/addresses.ts';
import { compareAddress } from '../compare/compare-pairs.ts';
import { draftState } from '../compare/compare-source.ts';
import {
  readRecord,
  type Catalog,
  type DandisetEntry,
  type VersionEntry,
} from '../catalog/catalog.ts';
import { countOf, formatBytes, formatCount } from '../../core/text/format.ts';
import { editAddress, editedVersion } from '../edit/edit-settings.ts';
import { checkableFiles, DATA_SUMS, FROZEN_SUMS } from './fixity-files.ts';
import { fixityView, type FixityView } from './fixity-view.ts';
import { downloadView, type DownloadView } from '../download/download-view.ts';
import { versionPython, type VersionPython } from '../python/version-python.ts';
import { citationView, type CitationView } from '../citation/citation-view.ts';
import { facetLinks, type FacetLink } from '../browse/facet-view.ts';
import { linkedHere } from './linked-here.ts';
import { peopleView, type PeopleView } from './people-view.ts';
import { readmeView, type ReadmeView } from './readme-view.ts';
import type { SummaryView } from './summary-view.ts';
import { registeredDandisetDoi } from '../../core/records/registered-doi.ts';
import { citableRecordOf, registeredVersionDoi } from '../catalog/version-material.ts';
import { versionHead, type VersionHead } from './version-head.ts';
import { versionNotices, type Notice } from './version-notices.ts';
import { versionRows, type VersionRow } from './version-rows.ts';

export interface CardRow {
  label: string;
  text: string;
  href?: string;
  /** A remark in smaller type. */
  note?: string;
}

export interface VersionView {
  identifier: string;
  number: string;
  version: string;
  status: VersionEntry['status'];
  name: string;
  /** For `<title>` and `<meta name="description">`. */
  title: string;
  excerpt: string;
  /** Permanent address of this page. */
  canonical: string;
  /** Its machine-readable metadata. */
  head: VersionHead;
  notices: Notice[];
  /** Absent for a draft. */
  citation: CitationView | undefined;
  doi: { text: string; href: string } | undefined;
  descriptionHtml: string;
  readme: ReadmeView | undefined;
  card: CardRow[];
  licences: Licence[];
  keywords: string[];
  people: PeopleView;
  related: RelatedLink[];
  /** The same Dandiset in other archives. */
  alsoAt: Named[];
  subjects: Named[];
  studyTargets: string[];
  protocols: Named[];
  ethics: Named[];
  projects: Named[];
  acknowledgement: string;
  access: string[];
  summary: SummaryView;
  facets: Record<'species' | 'approach' | 'technique' | 'standard' | 'licence', FacetLink[]>;
  releaseNotesHtml: string;
  versions: VersionRow[];
  missing: MissingPart[];
  files: { href: string; label: string } | undefined;
  /** The records this page is made of, byte for byte. */
  records: { name: string; href: string }[];
  /** The same in formats that other programs know. */
  exports: { name: string; href: string }[];
  digest: string | undefined;
  /** The ways to download it; undefined where there is nothing to download. */
  download: DownloadView | undefined;
  /** Its files in Python. */
  python: VersionPython | undefined;
  /** How to check it; undefined where there is nothing to check. */
  fixity: FixityView | undefined;
  /** Where the differences to the previous version are shown. */
  changesHref: string | undefined;
  /** Who may change this Dandiset: logins at the forge. */
  owners: { name: string; href: string }[];
  /** Where to ask the contact person in public: the archive's issue tracker. */
  questionHref: string;
  /** Where the metadata is edited; undefined where nothing can be edited any more. */
  editHref: string | undefined;
  /** Where publication of this draft is requested; undefined where there is nothing to publish. */
  publishHref: string | undefined;
}

/** The page of a version; also what a Dandiset's own page shows of its newest version. */
export function versionAddress(
  catalog: Pick<Catalog, 'base'>,
  number: string,
  version: string,
): string {
  return address(catalog.base, `dandiset/${number}/${version}/`);
}

function cardOf(dandiset: DandisetEntry, entry: VersionEntry, doi: string | undefined): CardRow[] {
  const { summary } = entry;
  const claimed = summary.countsAreClaimed
    ? 'as the record claims; the list of files is not held here'
    : undefined;
  const list: CardRow[] = [{ label: 'Identifier', text: dandiset.identifier }];
  list.push({
    label: 'Version',
    text: entry.version === 'draft' ? 'draft (not citable)' : entry.version,
  });
  if (doi !== undefined) list.push({ label: 'DOI', text: doi, href: doiAddress(doi) });
  const ofAll = registeredDandisetDoi(dandiset.records);
  if (ofAll !== undefined)
    list.push({ label: 'DOI of all versions', text: ofAll, href: doiAddress(ofAll) });
  if (entry.version !== 'draft' && summary.day !== undefined)
    list.push({ label: 'Published', text: summary.day });
  if (entry.version === 'draft' && summary.day !== undefined)
    list.push({ label: 'Last changed', text: summary.day });
  if (summary.created !== undefined) list.push({ label: 'Created', text: summary.created });
  const files: CardRow = {
    label: 'Files',
    text: summary.files === undefined ? 'not known' : formatCount(summary.files),
  };
  const size: CardRow = {
    label: 'Size',
    text: summary.bytes === undefined ? 'not known' : `${formatBytes(summary.bytes)}`,
  };
  if (claimed !== undefined) {
    files.note = claimed;
    size.note = claimed;
  }
  list.push(files, size);
  if (summary.bytes !== undefined && summary.bytes >= 1000 && claimed === undefined) {
    size.note = countOf(summary.bytes, 'byte');
  }
  return list;
}

function questionAddress(
  catalog: Catalog,
  identifier: string,
  version: string,
  name: string,
): string {
  const body = `About ${identifier}/${version}\n${catalog.archive.site}dandiset/${identifier.split(':')[1]}/${version}/\n\n`;
  const query = new URLSearchParams({
    title: `${identifier}: question about "${name.slice(0, 120)}"`,
    body,
  });
  return `${catalog.archive.repository}/issues/new?${query}`;
}

function ownerLinks(catalog: Catalog, dandiset: DandisetEntry): VersionView['owners'] {
  const forge = new URL(catalog.archive.repository).origin;
  return dandiset.records.owners
    .map(({ login }) => login)
    .filter((login) => /^[A-Za-z0-9-]{1,60}$/.test(login))
    .map((login) => ({ name: login, href: `${forge}/${login}` }));
}

function recordFiles(catalog: Catalog, entry: VersionEntry): VersionView['records'] {
  const folder = versionAddress(catalog, entry.number, entry.version);
  const names = ['dandiset.json'];
  if (entry.list === 'record') names.push('assets.jsonl');
  if (entry.list === 'store') names.push('assets.ref.json');
  if (entry.digest !== undefined) names.push('manifest.json', FROZEN_SUMS);
  if (checkableFiles(entry) > 0) names.push(DATA_SUMS);
  return names.map((name) => ({ name, href: folder + name }));
}

/** The title of a page, feed or bookmark: name and identifier. */
function titleOf(identifier: string, entry: VersionEntry): string {
  return `${entry.summary.name} · ${identifier}${entry.version === 'draft' ? ' (draft)' : `/${entry.version}`}`;
}

function filesLink(catalog: Catalog, entry: VersionEntry): VersionView['files'] {
  if (entry.status === 'withdrawn') return undefined;
  const href = `${versionAddress(catalog, entry.number, entry.version)}files/`;
  const count = entry.summary.files;
  if (entry.list === 'absent') return { href, label: 'About the files' };
  if (count === 0) return { href, label: 'No files yet' };
  const label = count === undefined ? 'Look at the files' : `Look at ${countOf(count, 'file')}`;
  return { href, label };
}

/** Reads a version's records and returns everything its page shows. */
export async function versionView(
  catalog: Catalog,
  dandiset: DandisetEntry,
  entry: VersionEntry,
): Promise<VersionView> {
  const record = await readRecord(catalog, entry.number, entry.version);
  const doi = registeredVersionDoi(dandiset, entry, record);
  const all = contributors(record);
  const description = textMember(record, 'description') ?? '';
  const { identifier } = dandiset;
  const { summary } = entry;
  const ownLink = <T extends Named>(thing: T): T => linkedHere(catalog, thing);
  const state = entry === dandiset.draft ? await draftState(catalog, dandiset) : undefined;
  return {
    identifier,
    number: entry.number,
    version: entry.version,
    status: entry.status,
    name: summary.name,
    title: titleOf(identifier, entry),
    excerpt:
      summary.excerpt === '' ? shownLine(`${identifier}: ${summary.name}`, 300) : summary.excerpt,
    canonical: versionAddress(catalog, entry.number, entry.version),
    head: await versionHead(catalog, dandiset, entry),
    notices: versionNotices(catalog, dandiset, entry, state),
    citation: citationView(
      citableRecordOf(catalog, dandiset, entry, record),
      versionAddress(catalog, entry.number, entry.version),
    ),
    doi: doi === undefined ? undefined : { text: doiAddress(doi), href: doiAddress(doi) },
    descriptionHtml: renderMarkdown(description),
    readme: await readmeView(catalog, entry),
    card: cardOf(dandiset, entry, doi),
    licences: licences(record),
    keywords: textList(record, 'keywords', 60),
    people: peopleView(catalog, all),
    related: relatedResources(record).slice(0, 300).map(relatedLink).map(ownLink),
    alsoAt: alsoAvailableAt(record).slice(0, 100),
    subjects: subjectMatter(record).slice(0, 100),
    studyTargets: textList(record, 'studyTarget', 30, 2000),
    protocols: protocols(record).slice(0, 100).map(ownLink),
    ethics: ethicsApprovals(record).slice(0, 100),
    projects: projects(record).slice(0, 100).map(ownLink),
    acknowledgement: shownText(textMember(record, 'acknowledgement') ?? '', 5000),
    access: accessStatements(record).map(accessWords),
    summary: summary.summary,
    facets: facetLinks(catalog, summary.facets),
    releaseNotesHtml: renderMarkdown(textMember(record, 'releaseNotes') ?? ''),
    versions: versionRows(catalog, dandiset),
    missing: missingParts(record, all, {
      hasSpecies: summary.facets.some(({ kind }) => kind === 'species'),
      files: summary.files,
    }),
    files: filesLink(catalog, entry),
    records: recordFiles(catalog, entry),
    exports: formatsOf(entry.version).map(({ name, file }) => ({
      name,
      href:
        versionAddress(catalog, entry.number, entry.version) + file(entry.number, entry.version),
    })),
    digest: entry.digest,
    download: downloadView(catalog, entry, record),
    python: versionPython(catalog, entry),
    fixity: fixityView(catalog, dandiset, entry),
    changesHref: compareAddress(catalog, dandiset, entry),
    owners: ownerLinks(catalog, dandiset),
    questionHref: questionAddress(catalog, identifier, entry.version, summary.name),
    editHref: editedVersion(dandiset) && editAddress(catalog, entry.number),
    publishHref:
      // What was published already would be refused.
      entry.status === 'draft' && state?.isSame !== true
        ? `${editAddress(catalog, entry.number)}&publish`
        : undefined,
  };
}
