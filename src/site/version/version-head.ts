// The head of a Dandiset's or version's page: what search engines, dataset searches and harvesters read.

import { describingFiles, linksetFile } from '../../core/exports/index.ts';
import { schemaOrgDataset } from '../../core/exports/schema-org.ts';
import { scriptJson } from '../../core/exports/script-json.ts';
import { dandisetLinks, pageLinks, type TypedLink } from '../../core/exports/signposting.ts';
import type { Catalog, DandisetEntry, VersionEntry } from '../catalog/catalog.ts';
import { exportInput } from '../citation/export-input.ts';
import { readMaterial } from '../catalog/version-material.ts';

export interface VersionHead {
  /** The version in schema.org terms, safe in a `<script>` element; absent if long. */
  jsonLd?: string;
  /** Signposting of the version's own page. */
  links: TypedLink[];
  /** The same of the page of the Dandiset, which shows this version. */
  dandisetLinks: TypedLink[];
}

// Real records stay below half of it. A longer description is read from the file next to the page.
const LONGEST_JSON_LD = 100_000;

/** Gathers it. */
export async function versionHead(
  catalog: Catalog,
  dandiset: DandisetEntry,
  entry: VersionEntry,
): Promise<VersionHead> {
  const input = await exportInput(await readMaterial(catalog, dandiset, entry));
  const { url, version } = input.facts;
  const jsonLd = scriptJson(schemaOrgDataset(input));
  const siblings = describingFiles(url, entry.number, version);
  const page = `${catalog.archive.site}dandiset/${entry.number}/`;
  return {
    ...(jsonLd.length > LONGEST_JSON_LD ? {} : { jsonLd }),
    links: pageLinks(input, siblings, linksetFile(url)),
    dandisetLinks: dandisetLinks(pageLinks(input, siblings, linksetFile(page))),
  };
}
