// The website endpoint of an S3 bucket: keys are paths, decoded; routing rules replace the beginning of a
// key; a key without an object, but with an index document below it, is redirected to the folder, and the
// query is lost on the way.

import { readFileSync } from 'node:fs';
import {
  fileOf,
  keyOf,
  notFound,
  redirect,
  sendFile,
  splitTarget,
  type Host,
  type Upload,
} from './host.ts';

interface Rule {
  Condition: { KeyPrefixEquals: string };
  Redirect: { HostName?: string; ReplaceKeyPrefixWith: string; HttpRedirectCode: string };
}

interface Settings {
  IndexDocument: { Suffix: string };
  RoutingRules: Rule[];
}

const encodeKey = (key: string): string => key.split('/').map(encodeURIComponent).join('/');

/** `ownHost` is the public host name of the bucket's site: redirects to it stay here. */
export function s3Website(upload: Upload, ownHost: string): Host {
  const file = fileOf(upload, 'hosting/s3-website.json');
  const { IndexDocument, RoutingRules } = JSON.parse(readFileSync(file ?? '', 'utf8')) as Settings;
  if (RoutingRules.length > 50) throw new Error('S3 takes 50 routing rules.');
  return (target) => {
    const key = keyOf(splitTarget(target).path);
    if (key === undefined) return { status: 400, headers: {} };
    for (const { Condition, Redirect } of RoutingRules) {
      if (!key.startsWith(Condition.KeyPrefixEquals)) continue;
      const rest = key.slice(Condition.KeyPrefixEquals.length);
      const { HostName = ownHost, ReplaceKeyPrefixWith, HttpRedirectCode } = Redirect;
      const path = `/${encodeKey(ReplaceKeyPrefixWith + rest)}`;
      const origin = HostName === ownHost ? '' : `https://${HostName}`;
      return redirect(Number(HttpRedirectCode), origin + path);
    }
    const isFolder = key === '' || key.endsWith('/');
    const found = fileOf(upload, isFolder ? key + IndexDocument.Suffix : key);
    if (found !== undefined) return sendFile(found);
    if (isFolder) return notFound(upload);
    const index = fileOf(upload, `${key}/${IndexDocument.Suffix}`);
    return index === undefined ? notFound(upload) : redirect(302, `/${encodeKey(key)}/`);
  };
}
