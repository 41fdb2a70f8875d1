// What a page of a built site costs to load: itself and every file it names, compressed as hosts do.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { tagsOf } from './html.ts';

export interface PageWeight {
  /** Everything transferred, compressed with brotli at quality 5. */
  bytes: number;
  html: number;
  scripts: number;
  requests: number;
}

const IMPORT = /(?:\bfrom|\bimport)\s*["'](\.{1,2}\/[^"']+)["']/g;
const LOADED_LINKS = new Set(['stylesheet', 'icon', 'modulepreload']);

/** Weighs pages of one site built for the base path `/`; a file that many pages share is weighed once. */
export class PageScale {
  private readonly dist: string;
  private readonly weights = new Map<string, number>();

  constructor(dist: string) {
    this.dist = dist;
  }

  private weightOf(file: string): number {
    let weight = this.weights.get(file);
    if (weight === undefined) {
      const contents = readFileSync(path.join(this.dist, file));
      weight = brotliCompressSync(contents, {
        params: { [constants.BROTLI_PARAM_QUALITY]: 5 },
      }).length;
      this.weights.set(file, weight);
    }
    return weight;
  }

  /** A script and all it imports before it runs. */
  private withImports(script: string, into: Set<string>): void {
    if (into.has(script)) return;
    into.add(script);
    const code = readFileSync(path.join(this.dist, script), 'utf8');
    for (const [, imported = ''] of code.matchAll(IMPORT))
      this.withImports(path.posix.join(path.posix.dirname(script), imported), into);
  }

  /** The weight of a page by its file below the site's root. */
  weigh(file: string): PageWeight {
    const scripts = new Set<string>();
    const others = new Set<string>();
    for (const { name, attributes } of tagsOf(readFileSync(path.join(this.dist, file), 'utf8'))) {
      const source = attributes.get(name === 'link' ? 'href' : 'src');
      if (source === undefined || !source.startsWith('/')) continue;
      if (name === 'script') this.withImports(source, scripts);
      else if (name === 'img' || LOADED_LINKS.has(attributes.get('rel') ?? '')) others.add(source);
    }
    const sum = (files: Iterable<string>): number =>
      [...files].reduce((total, one) => total + this.weightOf(one), 0);
    const [html, scriptBytes] = [this.weightOf(file), sum(scripts)];
    return {
      bytes: html + scriptBytes + sum([...others].filter((one) => !scripts.has(one))),
      html,
      scripts: scriptBytes,
      requests: 1 + new Set([...scripts, ...others]).size,
    };
  }
}
