// Each kind's view, loaded when a file of that kind is opened.

import type { View } from './viewed-file.ts';
import type { ViewKind } from './view-kinds.ts';

const LOADERS: Readonly<Record<Exclude<ViewKind, 'none'>, () => Promise<View>>> = {
  text: async () => (await import('./views/text-view.client.ts')).textView,
  table: async () => (await import('./views/table-view.client.ts')).tableView,
  json: async () => (await import('./views/json-view.client.ts')).jsonView,
  markdown: async () => (await import('./views/markdown-view.client.ts')).markdownView,
  image: async () => (await import('./views/image-view.client.ts')).imageView,
  video: async () => (await import('./views/video-view.client.ts')).videoView,
  avi: async () => (await import('./views/avi-view.client.ts')).aviView,
  hdf5: async () => (await import('./views/hdf5-view.client.ts')).hdf5View,
  zarr: async () => (await import('./views/zarr-view.client.ts')).zarrView,
};

/** The view of a kind; undefined where there is none. Adding a kind is a line above and a file in `views/`. */
export function loadView(kind: ViewKind): Promise<View> | undefined {
  return kind === 'none' ? undefined : LOADERS[kind]();
}
