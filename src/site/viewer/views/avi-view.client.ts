// AVI, which no browser plays: the command that makes a copy that they do.

import type { Bytes } from '../../../adapters/bytes/bytes.ts';
import { baseName } from '../../../core/identifiers/asset-path.ts';
import { shellWord } from '../../../core/text/shell-word.ts';
import { copyButton, element } from '../../browser/dom.client.ts';
import type { ViewedFile } from '../viewed-file.ts';

/** A name that no program takes for an option. */
const plainWord = (name: string): string => shellWord(name.startsWith('-') ? `./${name}` : name);

/** Says why it is not played, and how to convert it. */
export function aviView(_: Bytes, { path }: ViewedFile): Node {
  const name = baseName(path);
  const line = `ffmpeg -i ${plainWord(name)} -c:v libx264 -pix_fmt yuv420p -movflags +faststart ${plainWord(name.replace(/\.avi$/i, '.mp4'))}`;
  return element(
    'div',
    { class: 'view-avi' },
    element(
      'p',
      {},
      'Browsers cannot play AVI files. Download it and play it with a program such as VLC, or convert it to MP4:',
    ),
    element('pre', {}, line),
    element('p', {}, copyButton(line, 'the ffmpeg command')),
  );
}
