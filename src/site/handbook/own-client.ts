// The client that this site serves, as the handbook describes it.

import {
  CLIENT_FILE,
  clientCommand,
  clientInstallCommand,
} from '../../core/download/client-command.ts';
import { address, siteInCommands } from '../catalog/addresses.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { clientDigest } from '../hosting/client-files.ts';

export interface OwnClient {
  /** Lines to copy, each with what it does. */
  commands: { says: string; text: string }[];
  /** What a script replaces in them by the origin of the page. */
  replaced: string | undefined;
  /** Link to the package, and its SHA-256. */
  href: string;
  digest: string | undefined;
}

/** How to run the client of a site, with one of its Dandisets as the example. */
export function ownClient(
  catalog: Pick<Catalog, 'archive' | 'base' | 'client' | 'dandisets'>,
): OwnClient {
  const { site, replaced } = siteInCommands(catalog);
  const example = catalog.dandisets[0]?.number ?? '000001';
  return {
    commands: [
      {
        says: 'Run it without installing anything:',
        text: `${clientCommand(site)} download ${site}dandiset/${example} --output data`,
      },
      {
        says: 'Or install it; the same line updates it:',
        text: `${clientInstallCommand(site)}\ndandiset --version`,
      },
    ],
    replaced,
    href: address(catalog.base, CLIENT_FILE),
    digest: clientDigest(catalog),
  };
}
