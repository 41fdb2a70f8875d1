// The handbook's pages in their order. The texts are MDX in content/pages/ of the program; a text of the same
// name in content/pages/ of an archive replaces the program's.

export interface HandbookPage {
  slug: string;
  title: string;
}

/** How to use, fill and run the archive. */
export const GUIDE_PAGES: readonly HandbookPage[] = [
  { slug: 'using', title: 'Using this archive' },
  { slug: 'data', title: 'The archive as data' },
  { slug: 'offline', title: 'Without a network' },
  { slug: 'programs', title: 'For programs' },
  { slug: 'file-index', title: 'The index of a file' },
  { slug: 'view', title: 'Looking at data' },
  { slug: 'look-inside', title: 'Look inside a file' },
  { slug: 'download', title: 'Downloading' },
  { slug: 'upload', title: 'Organizing and uploading' },
  { slug: 'publish', title: 'Submitting and publishing' },
  { slug: 'commands', title: 'Commands' },
  { slug: 'validation', title: 'Files and validation' },
  { slug: 'rules', title: 'Rules of the check' },
  { slug: 'debugging', title: 'When something fails' },
  { slug: 'hub', title: 'The Hub and what replaces it' },
  { slug: 'identifiers', title: 'Identifiers and citing' },
  { slug: 'running', title: 'Running your own archive' },
  { slug: 'limits', title: 'Limits' },
];

/** What the archive promises. */
export const POLICY_PAGES: readonly HandbookPage[] = [
  { slug: 'preservation', title: 'Preservation' },
  { slug: 'removal', title: 'Withdrawal and removal' },
  { slug: 'privacy', title: 'Privacy' },
  { slug: 'accessibility', title: 'Accessibility' },
  { slug: 'trust', title: 'Trust' },
];

export const HANDBOOK: readonly HandbookPage[] = [...GUIDE_PAGES, ...POLICY_PAGES];

/** A text as MDX compiles it. */
export interface HandbookText {
  default: (props: Record<string, unknown>) => unknown;
}

/** The text of a page among modules by path: the archive's own, otherwise the program's. */
export function textOfPage(
  slug: string,
  ...sources: Record<string, HandbookText>[]
): HandbookText | undefined {
  return sources
    .map((texts) => Object.entries(texts).find(([path]) => path.endsWith(`/${slug}.mdx`))?.[1])
    .find((text) => text !== undefined);
}
