// The handbook's pages in their order. The texts are MDX in content/pages/.

export interface HandbookPage {
  slug: string;
  title: string;
}

export const HANDBOOK: readonly HandbookPage[] = [
  { slug: 'using', title: 'Using this archive' },
  { slug: 'data', title: 'The archive as data' },
  { slug: 'offline', title: 'Without a network' },
  { slug: 'programs', title: 'For programs' },
  { slug: 'view', title: 'Looking at data' },
  { slug: 'download', title: 'Downloading' },
  { slug: 'upload', title: 'Organizing and uploading' },
  { slug: 'publish', title: 'Submitting and publishing' },
  { slug: 'validation', title: 'Files and validation' },
  { slug: 'rules', title: 'Rules of the check' },
  { slug: 'debugging', title: 'When something fails' },
  { slug: 'hub', title: 'The Hub and what replaces it' },
  { slug: 'identifiers', title: 'Identifiers and citing' },
  { slug: 'running', title: 'Running your own archive' },
  { slug: 'limits', title: 'Limits' },
];
