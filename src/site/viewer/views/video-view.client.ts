// Videos by the browser's own player, which reads what it plays by ranges once it is started.

import type { Bytes } from '../../../adapters/bytes/bytes.ts';
import { baseName } from '../../../core/identifiers/asset-path.ts';
import { formatBytes } from '../../../core/text/format.ts';
import { shownPath } from '../../../core/text/shown-path.ts';
import { element } from '../../browser/dom.client.ts';
import type { ViewedFile } from '../viewed-file.ts';

/** Shows a video; nothing of it is read before the click. */
export function videoView(bytes: Bytes, { path, source }: ViewedFile): Node {
  const box = element('div', { class: 'view-video' });
  const begin = element('button', { type: 'button' }, 'Play the video');
  const status = element('p', { class: 'small muted', role: 'status' });
  status.textContent = `Reads as it plays; the whole video has ${formatBytes(bytes.size)}.`;
  begin.addEventListener('click', () => {
    const address = typeof source === 'string' ? source : URL.createObjectURL(source);
    const video = element('video', {
      controls: '',
      preload: 'none',
      playsinline: '',
      src: address,
      'aria-label': shownPath(baseName(path)),
    });
    video.addEventListener('error', () => {
      box.replaceChildren(begin, status);
      status.textContent =
        'This browser cannot play it: the network failed, or it does not know how the video is encoded. Download it to play it elsewhere.';
    });
    box.replaceChildren(video);
    video.focus();
    // A browser may want another click; then the controls are there.
    video.play().catch(() => undefined);
  });
  box.append(begin, status);
  return box;
}
