// GitHub Pages: files only. A folder without a slash is redirected to the one with it, `/x` may name
// `x.html`, everything else is 404.html. Rule files are not read.

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

const OPEN = { 'Access-Control-Allow-Origin': '*' };

export function githubPages(upload: Upload): Host {
  return (target) => {
    const { path, query } = splitTarget(target);
    const key = keyOf(path);
    if (key === undefined) return { status: 400, headers: {} };
    const isFolder = key === '' || key.endsWith('/');
    const file = fileOf(upload, isFolder ? `${key}index.html` : key);
    if (file !== undefined) return sendFile(file, 200, OPEN);
    if (isFolder) return notFound(upload);
    const page = fileOf(upload, `${key}.html`);
    if (page !== undefined) return sendFile(page, 200, OPEN);
    const folder = fileOf(upload, `${key}/index.html`);
    return folder === undefined ? notFound(upload) : redirect(301, `${path}/${query}`);
  };
}
