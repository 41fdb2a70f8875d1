// E-mail addresses in prose. Pages, exports and indexes drop them (DESIGN section 9). Names of files and
// versions of programs contain an `@` too: `img@2x.png`, `kilosort@2.5.1`. Paths of assets are identifiers
// and never come here.

// A web address up to its query: it names a thing at its host. The user before the host, and what a query
// says, may be a person.
const IN_ADDRESS = /https?:\/\/[^\s/?#@<>"'()[\]{},;]{1,255}\/[^\s?#<>"'()[\]{},;|\\^`]{0,2000}/
  .source;
// The last label consists of letters, or the encoded form of non-ASCII letters.
const EMAIL =
  /[\p{L}\p{N}._%+'-]{1,64}@((?:[\p{L}\p{N}-]{1,63}\.){1,8})(xn--[\p{L}\p{N}-]{1,59}|\p{L}{2,63})(?![\p{L}\p{N}])/u
    .source;
const EITHER = new RegExp(`${IN_ADDRESS}|${EMAIL}`, 'giu');

/** File name extensions that no domain has. */
const FILE_ENDINGS = new Set(
  `abf avi bak bat bdf bib bin bmp bval bvec cdf cfg cff class conf continuous cpp css csv ctx
   dat dcm dll doc docx dta edf eeg emf eps exe fdt feather fif fig fits flac gif gii gz
   gzip hdf hdr hpp htm html hx ica ics imagej img imec ini ipynb iso jar java jpeg jpg js json jsonl
   jsonld jsx kwik lnk log lsm lzma mat mef mov mpg mpeg ncs ndpi nev nex nhdr nii nix npy npz nrrd
   nse ntt nvt nwb obj odp ods odt oebin ogg parquet pdf pickle pkl plx ply png ppt pptx psd raw rar
   rdata rds rhd rhs rst rtf sav sbx sess smr smrx sql sqlite stl svg svs swc tar tbk tdt tev tex tgz
   tif tiff tmp toml tsq ts tsv txt unv vhdr vmrk wav webm webp xcf xdf xls xlsx xml yaml yml zarr zip
   zst`.split(/\s+/),
);
/** File name extensions that are countries too. */
const COUNTRY_ENDINGS = new Set(['cc', 'md', 'mk', 'ml', 'nc', 'pl', 'ps', 'py', 'rs', 'sh', 'so']);
const VERSION = /^v?\d+(?:\.\d+)*x?$/i;

/** Whether what looks like an address is one; `goesOn` if letters or digits follow it. */
function isEmail(host: string, ending: string, goesOn: boolean): boolean {
  if (FILE_ENDINGS.has(ending.toLowerCase())) return false;
  if (!VERSION.test(host)) return true;
  return !goesOn && !host.includes('.') && !COUNTRY_ENDINGS.has(ending.toLowerCase());
}

/** The text with every e-mail address replaced by `[e-mail]`. */
export function withoutEmails(text: string): string {
  if (!text.includes('@')) return text;
  return text.replace(
    EITHER,
    (found: string, labels: string | undefined, ending: string | undefined, at: number) => {
      if (labels === undefined || ending === undefined) return found;
      const rest = text.slice(at + found.length, at + found.length + 2);
      return isEmail(labels.slice(0, -1), ending, /^[.-][\p{L}\p{N}]/u.test(rest))
        ? '[e-mail]'
        : found;
    },
  );
}
