import { describe, expect, it } from 'vitest';
import { hasViewer, isPublicAddress, VIEWERS, viewerLinks } from './open-with.ts';

const url = 'https://bytes.example/blobs/a b?c&d#e';

function names(path: string, size = 1): string[] {
  return viewerLinks({ path, size, url }).map((link) => link.name);
}

describe('viewerLinks', () => {
  it.each([
    ['sub-1/x.nwb', ['Neurosift', 'NWB Explorer']],
    ['x.NWB', ['Neurosift', 'NWB Explorer']],
    ['x.nwb.lindi.json', ['Neurosift']],
    ['x.avi', ['Neurosift (version 1)']],
    ['x.nii.gz', ['BioImage Suite', 'Neuroglancer']],
    ['x.ome.zarr', ['ITK/VTK Viewer', 'OME-Zarr validator', 'Neuroglancer']],
    ['x.nii.zarr', ['OME-Zarr validator', 'Neuroglancer']],
    ['x.zarr', ['Neuroglancer']],
    ['x.nwb.txt', []],
    ['nwb', []],
  ])('%s is offered to %j', (path, expected) => {
    expect(names(path)).toEqual(expected);
    expect(hasViewer({ path, size: 1 })).toBe(expected.length > 0);
  });

  it('does not offer a file to a viewer it is too large for', () => {
    expect(names('x.nwb', 1e9)).toContain('NWB Explorer');
    expect(names('x.nwb', 1e9 + 1)).not.toContain('NWB Explorer');
  });

  it('encodes the address, so that nothing in it can become part of the viewer address', () => {
    const [link] = viewerLinks({ path: 'x.nwb', size: 1, url });
    const parsed = new URL(link!.href);
    expect(parsed.searchParams.get('url')).toBe(url);
    expect([...parsed.searchParams.keys()]).toEqual(['url']);
    expect(parsed.hash).toBe('');
  });

  it('gives a Zarr by the address of its folder, without the slash', () => {
    const links = viewerLinks({ path: 'x.zarr', size: 1, url: 'https://b.example/zarr/1/' });
    expect(decodeURIComponent(links[0]!.href)).toContain('"source":"https://b.example/zarr/1"');
  });

  it.each(['/storage/blobs/x', '//host/x', 'javascript:alert(1)//https://x.y', 'https:///x'])(
    'offers nothing for the address %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(false);
      expect(viewerLinks({ path: 'x.nwb', size: 1, url: address })).toEqual([]);
    },
  );

  it('names no Dandiset: that would point the viewer back at another archive', () => {
    for (const viewer of VIEWERS) {
      expect(viewer.template).toMatch(/^https?:\/\/[a-z0-9.-]+\//);
      expect(viewer.template).not.toMatch(/dandiset|dandiarchive/i);
    }
  });
});
