// External viewers that open a file by its public address. Which file goes to which viewer follows DANDI's
// conditions; viewers that query DANDI's own API are left out, since they would not find the files of another
// archive there.

/** A viewer as data: to add a viewer, add an entry. */
export interface Viewer {
  name: string;
  /** Tested on the asset's path, without regard to case. */
  pattern: RegExp;
  /** Larger files are not offered. */
  maxBytes?: number;
  /** `{url}` becomes the encoded address; `{layers}` the state that Neuroglancer stores in its address. */
  template: string;
}

export const VIEWERS: readonly Viewer[] = [
  {
    name: 'Neurosift',
    pattern: /\.nwb$/i,
    template: 'https://neurosift.app/nwb?url={url}',
  },
  {
    name: 'Neurosift',
    pattern: /\.nwb\.lindi\.(json|tar)$/i,
    template: 'https://neurosift.app/nwb?url={url}&st=lindi',
  },
  {
    name: 'Neurosift (version 1)',
    pattern: /\.avi$/i,
    template: 'https://v1.neurosift.app/?p=/avi&url={url}',
  },
  {
    name: 'NWB Explorer',
    pattern: /\.nwb$/i,
    maxBytes: 1e9,
    template: 'http://nwbexplorer.opensourcebrain.org/nwbfile={url}',
  },
  {
    name: 'BioImage Suite',
    pattern: /\.nii(\.gz)?$/i,
    maxBytes: 1e9,
    template: 'https://bioimagesuiteweb.github.io/unstableapp/viewer.html?image={url}',
  },
  {
    name: 'ITK/VTK Viewer',
    pattern: /\.ome\.zarr$/i,
    template: 'https://kitware.github.io/itk-vtk-viewer/app/?gradientOpacity=0.3&image={url}',
  },
  {
    name: 'OME-Zarr validator',
    pattern: /\.(ome|nii)\.zarr$/i,
    template: 'https://ome.github.io/ome-ngff-validator/?source={url}',
  },
  {
    name: 'Neuroglancer',
    pattern: /(\.nii(\.gz)?|\.zarr)$/i,
    template: 'https://neuroglancer-demo.appspot.com/#!{layers}',
  },
];

export interface ViewerLink {
  name: string;
  href: string;
}

export interface ViewableAsset {
  path: string;
  /** Bytes. */
  size: number;
  /** Where its bytes are. */
  url: string;
}

function neuroglancerState(source: string): string {
  return JSON.stringify({
    layers: [{ type: 'image', source, tab: 'rendering', name: 'image' }],
    selectedLayer: { visible: true, layer: 'image' },
    layout: '4panel',
  });
}

/** Whether an address can be passed to an external viewer: absolute, http or https. */
export function isPublicAddress(url: string): boolean {
  return /^https?:\/\/[^/]/i.test(url);
}

/** Whether some viewer would open a file like this if it could reach it. */
export function hasViewer({ path, size }: Omit<ViewableAsset, 'url'>): boolean {
  return VIEWERS.some((viewer) => takes(viewer, path, size));
}

function takes(viewer: Viewer, path: string, size: number): boolean {
  return viewer.pattern.test(path) && size <= (viewer.maxBytes ?? Infinity);
}

/** Links that open an asset in each viewer that supports it; none if its address is not public. */
export function viewerLinks({ path, size, url }: ViewableAsset): ViewerLink[] {
  if (!isPublicAddress(url)) return [];
  const plain = url.replace(/\/+$/, '');
  const values = new Map([
    ['url', plain],
    ['layers', neuroglancerState(plain)],
  ]);
  return VIEWERS.filter((viewer) => takes(viewer, path, size)).map(({ name, template }) => ({
    name,
    href: template.replace(/\{(\w+)\}/g, (_, key: string) =>
      encodeURIComponent(values.get(key) ?? ''),
    ),
  }));
}
