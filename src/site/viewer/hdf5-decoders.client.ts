// Where the site has the decoders that the HDF5 library lacks. Each is loaded when a file needs it. That of bzip2 is left
// out: it fails for some data, and it holds an e-mail address, which no file of a site does.

import blosc from 'h5wasm-plugins/plugins/libH5Zblosc.so?url';
import blosc2 from 'h5wasm-plugins/plugins/libH5Zblosc2.so?url';
import bshuf from 'h5wasm-plugins/plugins/libH5Zbshuf.so?url';
import lz4 from 'h5wasm-plugins/plugins/libH5Zlz4.so?url';
import lzf from 'h5wasm-plugins/plugins/libH5Zlzf.so?url';
import zfp from 'h5wasm-plugins/plugins/libH5Zzfp.so?url';
import zstd from 'h5wasm-plugins/plugins/libH5Zzstd.so?url';

const ADDRESSES: ReadonlyMap<string, string> = new Map(
  Object.entries({ blosc, blosc2, bshuf, lz4, lzf, zfp, zstd }).map(([name, address]) => [
    `libH5Z${name}.so`,
    address,
  ]),
);

/** The bytes of a decoder by its file's name, requested while the worker waits. Throws where it cannot be loaded. */
export function hdf5Decoder(file: string): Uint8Array {
  const address = ADDRESSES.get(file);
  if (address === undefined) throw new Error(`There is no decoder ${file}.`);
  const request = new XMLHttpRequest();
  request.open('GET', address, false);
  request.responseType = 'arraybuffer';
  request.send();
  if (request.status !== 200) throw new Error(`${address} answered ${request.status}.`);
  return new Uint8Array(request.response as ArrayBuffer);
}
