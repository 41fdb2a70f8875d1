// Names of files and folders, the parts of a path, that programs act on or that Windows cannot hold. The rules about
// records and the downloads refuse the same ones.

// Programs read these without being asked, and run what they say.
const RESERVED = new Set(['.git', '.gitmodules', '.gitattributes', '.datalad', '.dandiset']);
/** The short names that Windows gives them. */
const SHORT_NAME = /^(?:git|gitmod|gitatt|datala|dandis)~\d$/;

/**
 * A name as macOS and Windows read it: without invisible characters, streams, and trailing blanks and dots.
 */
function asRead(part: string): string {
  const seen = part.replace(/\p{Default_Ignorable_Code_Point}/gu, '').replace(/:.*$/s, '');
  // From the end, since a pattern would retry at each run of dots.
  let end = seen.length;
  while (end > 0 && /[.\s]/.test(seen[end - 1] ?? '')) end -= 1;
  return seen.slice(0, end).toLowerCase();
}

/** Whether programs act on a file or folder of this name, in any letter case or short form. */
export function isReservedName(part: string): boolean {
  const name = asRead(part);
  return RESERVED.has(name) || SHORT_NAME.test(name);
}

const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d\u00b9\u00b2\u00b3])(?:\.|$)/i;

/** Why Windows cannot store a name; undefined if it can. */
export function problemOnWindows(part: string): string | undefined {
  const sign = /[:?*<>|"]/.exec(part)?.[0];
  if (sign !== undefined) return `a name with ${sign} in it`;
  // Trailing blanks are an error already, and so are dots that point elsewhere.
  if (/[^.]\.+$/.test(part.slice(-260))) return 'a name that ends in a dot';
  return DEVICE.test(part) ? 'the name of a device' : undefined;
}

/** Whether a folder of this name is taken for a Zarr, where no record says what it is. */
export function isZarrName(name: string): boolean {
  return /\.(?:zarr|ngff)$/i.test(name);
}

const NOT_IN_ZARR = new Set(['.dandi', '.datalad', '.git', '.gitattributes', '.gitmodules']);

/** Whether a file or folder of this name is no part of a Zarr, at any depth. */
export function isOutsideZarr(name: string): boolean {
  return NOT_IN_ZARR.has(name);
}

/** Whether a file of this name is taken for HDF5: NWB is. */
export function isHdf5Name(name: string): boolean {
  return /\.(?:nwb|h5|hdf5|hdf)$/i.test(name);
}
