// A Zarr from its own metadata, and a small picture of an OME-Zarr.

import { openZarrFiles, type ZarrFiles } from '../../../adapters/zarr/zarr-files.ts';
import { omeThumbnail } from '../../../adapters/zarr/ome-thumbnail.ts';
import { readZarrTree } from '../../../adapters/zarr/read-zarr-tree.ts';
import type { Bytes } from '../../../adapters/bytes/bytes.ts';
import { fetchWhole, openBrowserBytes } from '../../../adapters/bytes/open-browser-bytes.ts';
import { parseZarrList } from '../../../core/digests/zarr-list.ts';
import { encodePath } from '../../../core/identifiers/asset-path.ts';
import { describeContents } from '../../../core/nwb/describe-contents.ts';
import { omeImagesIn } from '../../../core/nwb/ome-images.ts';
import { shownLine } from '../../../core/text/shown-text.ts';
import { decodeUtf8 } from '../../../core/text/utf8.ts';
import { element } from '../../browser/dom.client.ts';
import { contentsView } from '../contents/contents-view.client.ts';
import type { ViewedFile } from '../viewed-file.ts';
import { statement } from './first-text.client.ts';

/** A longer list of files is not read, in bytes: the metadata that name all arrays do without it. */
const LONGEST_LIST = 2_000_000;
/** Sides of the picture, in pixels. */
const PICTURE = 320;

/** The files below an address, by the list that the store has next to them. */
async function filesAt(address: string): Promise<ZarrFiles> {
  const list = await fetchWhole(`${address.replace(/\/$/, '')}.json`, LONGEST_LIST).catch(
    () => undefined,
  );
  const listed = list === undefined ? undefined : parseZarrList(decodeUtf8(list) ?? '');
  const sizes = listed && new Map(listed.map(({ path, size }) => [path, size]));
  const open = (path: string): Promise<Bytes> => {
    const size = sizes?.get(path);
    return openBrowserBytes(address + encodePath(path), size === undefined ? {} : { size }, {
      attempts: 2,
    });
  };
  return openZarrFiles(address, open, sizes && [...sizes.keys()]);
}

async function picture(files: ZarrFiles, group: string, name: string): Promise<HTMLElement> {
  const made = await omeThumbnail(files, group, PICTURE);
  if (typeof made === 'string') return element('p', { class: 'small muted' }, made);
  const { width, height, pixels, channels } = made;
  const canvas = element('canvas', {
    width: String(width),
    height: String(height),
    role: 'img',
    'aria-label': `Picture of ${shownLine(name, 100)}`,
  });
  canvas.getContext('2d')?.putImageData(new ImageData(pixels, width, height), 0, 0);
  const names = channels.flatMap(({ label }) => (label === undefined ? [] : [label]));
  const words = [
    `One plane of ${shownLine(made.path, 200)}${channels.length > 1 ? `, ${channels.length} channels` : ''}.`,
    ...(names.length === 0 ? [] : [`${names.map((one) => shownLine(one, 60)).join(', ')}.`]),
  ];
  return element(
    'figure',
    { class: 'thumbnail' },
    canvas,
    element('figcaption', { class: 'small muted' }, words.join(' ')),
  );
}

/** Shows what is in a Zarr. */
export async function zarrView(_: Bytes, file: ViewedFile): Promise<Node> {
  if (typeof file.source !== 'string')
    return statement('A Zarr is a folder of many files; this page opens single files of your own.');
  const files = await filesAt(file.source);
  const tree = await readZarrTree(files);
  const contents = describeContents(tree);
  const box = element('div', { class: 'zarr' }, contentsView(tree, contents, file));
  const [image] = omeImagesIn(tree);
  if (image === undefined) return box;
  const place = element('div', { class: 'thumbnail-place' });
  const status = element('p', { class: 'small muted', role: 'status' }, 'Loading a picture …');
  place.append(status);
  box.prepend(place);
  picture(files, image.group, image.name).then(
    (shown) => place.replaceChildren(shown),
    () => (status.textContent = 'The picture could not be loaded.'),
  );
  return box;
}
