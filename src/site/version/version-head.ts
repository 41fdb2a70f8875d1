// The head of a Dandiset's or version's page: what search engines, dataset searches and harvesters read.

import { describingFiles, linksetFile } from '../../core/exports/index.ts';
import { subjectAddress } from '../../core/exports/export-input.ts';
import { schemaOrgDataset } from '../../core/exports/schema-org.ts';
import { scriptJson } from '../../core/exports/script-json.ts';
import { pageLinks, versionLinks, type TypedLink } from '../../core/exports/signposting.ts';
import type { Catalog, DandisetEntry, VersionEntry } from '../catalog/catalog.ts';
import { exportInput } from '../citation/export-input.ts';
import { absoluteVersionAddress, readMaterial } from '../catalog/version-material.ts';

export interface VersionHead {
  /** The version in schema.org terms, safe in a `<script>` element; absent for a draft, or if long. */
  jsonLd?: string;
  /** Signposting of the version's own page. */
  links: TypedLink[];
  /** What the page of the Dandiset, which shows this version, says about it. */
  dandisetLinks: TypedLink[];
}

// Real records stay below half of it. A longer description is read from the file next to the page.
const LONGEST_JSON_LD = 100_000;

/** The head of a draft: it may link to what can be cited, and has no machine-readable description. */
function draftHead(catalog: Catalog, dandiset: DandisetEntry): VersionHead {
  const { number, newest } = dandiset;
  const links = versionLinks({
    history: `${catalog.archive.site}dandiset/${number}/versions/`,
    ...(newest === undefined
      ? {}
      : { latest: { url: absoluteVersionAddress(catalog, number, newest.version) } }),
  });
  return { links, dandisetLinks: links };
}

/** Gathers it. */
export async function versionHead(
  catalog: Catalog,
  dandiset: DandisetEntry,
  entry: VersionEntry,
): Promise<VersionHead> {
  if (entry.status === 'draft') return draftHead(catalog, dandiset);
  const input = await exportInput(await readMaterial(catalog, dandiset, entry));
  const { url, version } = input.facts;
  const { latest, history } = input;
  const jsonLd = scriptJson(schemaOrgDataset(input));
  return {
    ...(jsonLd.length > LONGEST_JSON_LD ? {} : { jsonLd }),
    links: pageLinks(input, describingFiles(url, entry.number, version), linksetFile(url)),
    // The Dandiset is not a version: its page says what to cite, and where the versions are.
    dandisetLinks: [
      { rel: 'cite-as', href: subjectAddress(input) },
      ...versionLinks({ history, ...(latest === undefined ? {} : { latest }) }),
    ],
  };
}
