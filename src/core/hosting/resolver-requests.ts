// What an archive sends to the resolvers that others run, so that its identifiers lead to its pages: the
// fields of a request to identifiers.org, and the rules of a namespace at w3id.org. Made from the settings.

import type { Archive } from '../records/archive.ts';

type Settings = Pick<Archive, 'identifierPrefix' | 'name' | 'description' | 'site' | 'repository'>;

/** A number and perhaps a version: what follows the colon. Drafts are no identifiers. */
const LOCAL_PATTERN = String.raw`^\d{6}(/\d+\.\d+\.\d+)?$`;

/** DANDI's own prefix is registered already; a copy of its records can only be another provider. */
export function isRegisteredPrefix({
  identifierPrefix,
}: Pick<Archive, 'identifierPrefix'>): boolean {
  return identifierPrefix === 'DANDI';
}

/** The text of a request to identifiers.org for the prefix of this archive, field by field. */
export function identifiersOrgRequest(archive: Settings, sample: string): string {
  const { identifierPrefix, name, description, site, repository } = archive;
  const prefix = identifierPrefix.toLowerCase();
  const fields: [field: string, value: string][] = [
    ['Name', name],
    [
      'Description',
      description ??
        'An archive of cellular neurophysiology. Its identifiers name Dandisets, which are versioned datasets, and their published versions.',
    ],
    ['Prefix', prefix],
    ['Pattern of local identifiers', LOCAL_PATTERN],
    ['Sample identifier', sample],
    ['Prefix embedded in local identifiers', 'no'],
    ['Provider name', name],
    ['Provider code', prefix.replace(/[^a-z0-9]/g, '')],
    ['Provider home page', site],
    ['URL pattern', `${site}dandiset/{$id}`],
    ['Support', `${repository}/issues`],
    ['Institution and country', ''],
    ['Your name and e-mail address', ''],
  ];
  return fields.map(([field, value]) => `${field}: ${value}`.trimEnd()).join('\n');
}

/** A site as the target of a rule of Apache, which gives a meaning to `%` and `$`. */
function inRule(site: string): string {
  return site.replace(/[%$\\]/g, (sign) => `\\${sign}`);
}

/** The `.htaccess` of the archive's folder at w3id.org: pages for people, schema.org for programs. */
export function w3idRules({ site }: Pick<Archive, 'site'>): string {
  const page = `${inRule(site)}dandiset`;
  const version = String.raw`(\d+\.\d+\.\d+)`;
  return [
    'RewriteEngine on',
    String.raw`RewriteCond %{HTTP_ACCEPT} application/ld\+json`,
    String.raw`RewriteRule ^(\d{6})/${version}/?$ ${page}/$1/$2/schema.jsonld [R=303,L]`,
    String.raw`RewriteRule ^(\d{6})/(${version}|draft)/?$ ${page}/$1/$2/ [R=302,L]`,
    String.raw`RewriteRule ^(\d{6})/?$ ${page}/$1/ [R=302,L]`,
    `RewriteRule ^$ ${inRule(site)} [R=302,L]`,
  ].join('\n');
}
