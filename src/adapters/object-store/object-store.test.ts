// Every store passes one suite.

import path from 'node:path';
import { objectStoreContract } from '../../../tests/support/stores/object-store-contract.ts';
import { startVersitygw, versitygw } from '../../../tests/support/stores/versitygw.ts';
import { describeWith } from '../../../tests/support/needed-part.ts';
import { publicBucket } from '../../../tests/support/stores/public-bucket.ts';
import { startS3 } from '../../../tests/support/stores/s3-double.ts';
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts';
import { folderStore } from './folder-store.ts';
import { httpStore } from './http-store.ts';
import { s3Credentials, s3PlaceIn } from './s3-client.ts';
import { keySigner } from './s3-signer.ts';
import { s3Store, type S3Store } from './s3-store.ts';

function storeAt(env: Record<string, string>, prefix = 'archive/'): S3Store {
  const place = s3PlaceIn({ bucket: 'lab', prefix }, env);
  return s3Store(place, keySigner(place, s3Credentials(env)!), { wait: async () => undefined });
}

objectStoreContract('a folder', async () => ({
  store: folderStore(path.join(temporaryFolder(), 'storage')),
  keepsHeaders: false,
}));

objectStoreContract('a public address', async () => {
  const folder = temporaryFolder();
  return {
    store: httpStore(await publicBucket(folder), 'It is public.'),
    writer: folderStore(folder),
    keepsHeaders: false,
  };
});

objectStoreContract('the S3 of the tests', async () => ({
  store: storeAt((await startS3()).environment),
  keepsHeaders: true,
}));

describeWith(versitygw, 'versitygw', () => {
  objectStoreContract('versitygw', async () => ({
    store: storeAt((await startVersitygw()).environment),
    keepsHeaders: true,
  }));
});
