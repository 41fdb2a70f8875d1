// The README of a new archive, for its curators.

import type { Archive } from '../../core/records/archive.ts';

/** The text of README.md, with questions that the curators answer in place. */
export function archiveReadme({ name, site, repository, identifierPrefix }: Archive): string {
  return `# ${name}

An archive of neurophysiology data, at ${site}. Its records are in \`content/\`, one folder for each
Dandiset; its site and its commands come from the package \`dandiset\`, which is kept in \`vendor/\`.

## Look at it

With Node 20.19 or newer, npm and git:

\`\`\`
npm install
npm start
\`\`\`

\`npx dandiset --help\` lists the commands. The handbook of the site explains them for contributors and
curators: ${site}handbook/

## Who keeps it

Answer these before the first Dandiset is published; visitors and contributors will ask. The site has pages
on preservation, removal, privacy, accessibility and trust; a file of the same name in \`content/pages/\`, such as
\`preservation.mdx\`, replaces one by your own.

- **Who curates?** Names, and how to reach them: …
- **How soon is a submission read?** …
- **How long are records and data kept, and who pays for the store?** …
- **What happens if the archive ends?** Records are a git repository that anybody may clone, and each
  version has a digest to check copies by. Who takes over the address and the data: …

## Put it online

1. Make a repository at ${repository} and push this folder to it.
2. Make the settings that the workflows in \`.github/workflows/\` need: ${site}handbook/running/#workflows
   (also shown by \`npm start\`, under Handbook).
3. Settings are in \`content/archive.json\`. The identifier prefix \`${identifierPrefix}\` and the address of
   the site are in every citation: change them before the first version is published, never after.

## Work of a curator

- Read pull requests: the check comments each with what it found. Merge what is right. The registrar then
  gives numbers, freezes the versions that were asked for and deploys the site.
- \`npx dandiset check\` checks everything; \`npx dandiset pulls\` lists what is open and what comes next.
- Published versions never change. \`npx dandiset withdraw --help\` says what to do about a mistake.

## Take a new release

In a clone of the program at the new release:

\`\`\`
npm ci
npx dandiset init --update PATH-OF-THIS-FOLDER
\`\`\`

It shows and writes what changes: the package in \`vendor/\`, \`package-lock.json\` and workflows. Records are
never touched. Then, here: \`npm ci\`, \`npx dandiset check\`, \`npm start\` to look, and commit.
`;
}
