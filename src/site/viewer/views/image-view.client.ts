// Images. They are only ever shown by <img>, where an SVG runs nothing and loads nothing.

import type { Bytes } from '../../../adapters/bytes/bytes.ts';
import { mediaTypeOf } from '../../../core/hosting/media-type.ts';
import { formatBytes, formatCount } from '../../../core/text/format.ts';
import { baseName } from '../../../core/identifiers/asset-path.ts';
import { shownPath } from '../../../core/text/shown-path.ts';
import { element } from '../../browser/dom.client.ts';
import { FIRST_BYTES, type ViewedFile } from '../viewed-file.ts';
import { noteLine, statement } from './first-text.client.ts';

/** In bytes; larger ones are not read into a page. */
const LARGEST = 50_000_000;
/** A picture of more pixels is not drawn: a small file can hold a billion. */
const MOST_PIXELS = 60_000_000;

async function drawn(bytes: Bytes, path: string): Promise<Node> {
  const type = mediaTypeOf(path);
  const whole = await bytes.range(0, bytes.size);
  const address = URL.createObjectURL(new Blob([whole], { type }));
  // Its size is known before it is in the page, and only there it is decoded.
  const image = element('img', { alt: `Picture of ${shownPath(baseName(path))}`, src: address });
  try {
    await new Promise((resolve, reject) => {
      image.addEventListener('load', resolve);
      image.addEventListener('error', reject);
    });
  } catch {
    URL.revokeObjectURL(address);
    return statement('This image is damaged, or this browser does not know its format.');
  }
  const { naturalWidth: width, naturalHeight: height } = image;
  if (width * height > MOST_PIXELS) {
    URL.revokeObjectURL(address);
    return statement(
      `This image has ${formatCount(width)} × ${formatCount(height)} pixels, too many for this page. Download it to open it.`,
    );
  }
  const size = width === 0 ? [] : [`${formatCount(width)} × ${formatCount(height)} pixels.`];
  return element('div', { class: 'view-image' }, noteLine(size), image);
}

/** Shows an image; one over 1 MB is read when the reader asks for it. */
export async function imageView(bytes: Bytes, { path }: ViewedFile): Promise<Node> {
  if (bytes.size <= FIRST_BYTES) return drawn(bytes, path);
  const size = formatBytes(bytes.size);
  if (bytes.size > LARGEST)
    return statement(`This image has ${size}, too much for this page. Download it to open it.`);
  const box = element('div', { class: 'view-image' });
  const load = element('button', { type: 'button' }, `Load the image · ${size}`);
  const status = element('p', { class: 'small muted', role: 'status' });
  load.addEventListener('click', () => {
    load.disabled = true;
    status.textContent = 'Loading …';
    drawn(bytes, path).then(
      (node) => box.replaceChildren(node),
      (error: unknown) => {
        load.disabled = false;
        status.textContent = error instanceof Error ? error.message : String(error);
      },
    );
  });
  box.append(load, status);
  return box;
}
