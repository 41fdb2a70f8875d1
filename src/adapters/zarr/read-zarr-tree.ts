// The tree of a Zarr: plain, of hdmf-zarr, or of OME-Zarr; versions 2 and 3.

import type {
  DataTree,
  TreeDataset,
  TreeObject,
  TreeValue,
} from '../../core/data-tree/data-tree.ts';
import { specifiedTypes, type KeptNamespace } from '../../core/data-tree/specified-types.ts';
import { compareUtf8 } from '../../core/identifiers/asset-path.ts';
import { member, textMember, type JsonObject } from '../../core/json/json-text.ts';
import { isArchiveError } from '../../core/error.ts';
import { saysRate, saysWhere } from '../../core/nwb/wanted-values.ts';
import { readArrayMetadata, type ArrayMetadata } from './array-metadata.ts';
import { isScalar, hdmfLinks, treeAttributes } from './hdmf-attributes.ts';
import type { ZarrFiles } from './zarr-files.ts';
import { readZarrNodes, type ZarrNode } from './zarr-nodes.ts';
import { problemOfValues, readBox, treeValueOf } from './zarr-values.ts';

/** What is read of values: by far the most requests of a reading. */
const MOST_READS = 1000;
const AT_ONCE = 6;
/** Elements of a value that is read whole, and what a chunk may hold to be read for it. */
const MOST_ELEMENTS = 4096;
const MOST_CHUNK_ELEMENTS = 256 * 1024;
const MOST_CHUNKS = 4;
const MOST_VALUE_BYTES = 256 * 1024;
const HEAD = 20;

const product = (sizes: readonly number[]): number => sizes.reduce((all, size) => all * size, 1);

/** Whether the beginning of an array is shown: of columns, and of time stamps, which say the rate. */
function hasHead(path: string, tables: ReadonlySet<string>): boolean {
  const end = path.lastIndexOf('/');
  return tables.has(path.slice(0, end)) || saysRate(path);
}

/** The rows that are read of an array: all, the first, or none. */
function rowsToRead(
  path: string,
  array: ArrayMetadata,
  attributes: JsonObject,
  tables: ReadonlySet<string>,
): 'all' | 'head' | 'none' {
  const { shape, chunkShape, elementBytes = 16 } = array;
  if (problemOfValues(array) !== undefined || product(shape) === 0) return 'none';
  if (product(chunkShape) > MOST_CHUNK_ELEMENTS) return 'none';
  const chunks = product(shape.map((size, axis) => Math.ceil(size / (chunkShape[axis] ?? 1))));
  const bytes = product(shape) * elementBytes;
  const most = saysWhere(path, attributes) ? 4 * MOST_ELEMENTS : MOST_ELEMENTS;
  if (product(shape) <= most && bytes <= MOST_VALUE_BYTES && chunks <= MOST_CHUNKS) return 'all';
  const rowElements = product(shape.slice(1));
  return hasHead(path, tables) && rowElements <= MOST_ELEMENTS / HEAD ? 'head' : 'none';
}

/** Whether an object describes the session: what is below `/general`, and texts next to it. */
function isTelling(path: string): boolean {
  return path.startsWith('/general/') || path.indexOf('/', 1) < 0;
}

class TreeReading {
  readonly omitted: string[];
  private readonly files: ZarrFiles;
  private readonly nodes: ReadonlyMap<string, ZarrNode>;
  private readonly signal: AbortSignal | undefined;
  private readonly tables = new Set<string>();
  private reads = 0;

  constructor(
    files: ZarrFiles,
    nodes: ReadonlyMap<string, ZarrNode>,
    omitted: readonly string[],
    signal: AbortSignal | undefined,
  ) {
    this.files = files;
    this.nodes = nodes;
    this.omitted = [...omitted];
    this.signal = signal;
    for (const { path, attributes } of nodes.values())
      if (Array.isArray(member(attributes, 'colnames'))) this.tables.add(path);
  }

  private async values(
    { path, attributes }: ZarrNode,
    array: ArrayMetadata,
    shape: readonly number[],
  ): Promise<Pick<TreeDataset, 'value' | 'head' | 'problem'>> {
    const unreadable = problemOfValues(array);
    if (unreadable !== undefined && product(array.shape) > 0) return { problem: unreadable };
    const rows = rowsToRead(path, array, attributes, this.tables);
    if (rows === 'none') return {};
    this.reads += 1;
    if (this.reads > MOST_READS) {
      if (this.reads === MOST_READS + 1)
        this.omitted.push('Small values are left out after the first 1,000.');
      return {};
    }
    const from = array.shape.map(() => 0);
    const to =
      rows === 'all' ? array.shape : [Math.min(HEAD, array.shape[0] ?? 0), ...array.shape.slice(1)];
    try {
      const box = await readBox(this.files, path, array, { from, to }, this.signal);
      const value = treeValueOf({ values: box.values, shape: rows === 'all' ? shape : box.shape });
      return rows === 'all' ? { value } : { head: value as readonly TreeValue[] };
    } catch (error) {
      if (!isArchiveError(error)) throw error;
      return { problem: `Its values could not be read: ${error.message}` };
    }
  }

  private async dataset(node: ZarrNode): Promise<TreeObject> {
    const { path, attributes, array: json, problem } = node;
    const array = json === undefined ? undefined : readArrayMetadata(json);
    if (array === undefined)
      return {
        path,
        kind: 'unreadable',
        problem: 'Its metadata describe no array that can be read.',
      };
    const shape = isScalar(attributes, array.shape) ? [] : array.shape;
    const isReference =
      textMember(attributes, 'zarr_dtype') === 'object' && array.type === 'opaque';
    const own = treeAttributes(attributes);
    return {
      path,
      kind: 'dataset',
      type: isReference ? 'reference' : array.type,
      shape,
      storage: { layout: 'chunked', chunkShape: array.chunkShape, filters: array.filters },
      ...(Object.keys(own).length === 0 ? {} : { attributes: own }),
      ...(await this.values(node, array, shape)),
      ...(problem === undefined ? {} : { problem }),
    };
  }

  private group({ path, attributes, problem }: ZarrNode): TreeObject[] {
    const own = treeAttributes(attributes);
    const links = hdmfLinks(path, attributes).filter((link) => !this.nodes.has(link.path));
    const group: TreeObject = {
      path,
      kind: 'group',
      ...(Object.keys(own).length === 0 ? {} : { attributes: own }),
      ...(problem === undefined ? {} : { problem }),
    };
    return [group, ...links];
  }

  async objects(paths: readonly string[]): Promise<TreeObject[]> {
    const found = new Map<string, TreeObject[]>();
    // There may be more values than are read: who was recorded with what comes before sweeps by the hundred.
    const first = paths.filter(isTelling);
    const waiting = [...first, ...paths.filter((path) => !isTelling(path))].reverse();
    const work = async (): Promise<void> => {
      for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
        const node = this.nodes.get(path);
        if (node === undefined) continue;
        found.set(path, node.array === undefined ? this.group(node) : [await this.dataset(node)]);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return paths.flatMap((path) => found.get(path) ?? []);
  }

  /** The types of the specification that the file keeps, whose texts are arrays of one value. */
  async specifications(folder: string): Promise<Pick<DataTree, 'namespaces' | 'types'>> {
    const kept = new Map<string, KeptNamespace & { texts: Map<string, string> }>();
    const texts = [...this.nodes.values()].filter(
      ({ path, array }) => array !== undefined && path.startsWith(`${folder}/`),
    );
    for (const { path, array: json } of texts.slice(0, MOST_READS)) {
      const [namespace, version, name] = path.slice(folder.length + 1).split('/');
      const array = json === undefined ? undefined : readArrayMetadata(json);
      if (
        namespace === undefined ||
        version === undefined ||
        name === undefined ||
        array === undefined
      )
        continue;
      if (array.type !== 'string' || product(array.shape) !== 1) continue;
      const key = `${namespace}/${version}`;
      const one = kept.get(key) ?? { namespace, version, texts: new Map<string, string>() };
      kept.set(key, one);
      // The list of a namespace's sources defines no type.
      if (name === 'namespace') continue;
      const text = await this.textOf(path, array);
      if (text !== undefined) one.texts.set(name, text);
    }
    return specifiedTypes([...kept.values()]);
  }

  private async textOf(path: string, array: ArrayMetadata): Promise<string | undefined> {
    const box = { from: array.shape.map(() => 0), to: array.shape };
    try {
      const { values } = await readBox(this.files, path, array, box, this.signal);
      return typeof values[0] === 'string' ? values[0] : undefined;
    } catch (error) {
      if (!isArchiveError(error)) throw error;
      return undefined;
    }
  }
}

/** Where a file of hdmf keeps its specifications, as its root says. */
function specificationsOf(root: ZarrNode | undefined): string | undefined {
  const named = textMember(root?.attributes, '.specloc');
  return named === undefined || named === '' ? undefined : `/${named.replace(/^\/+|\/+$/g, '')}`;
}

const isWithin = (path: string, folder: string | undefined): boolean =>
  folder !== undefined && (path === folder || path.startsWith(`${folder}/`));

/** By components, so that a group comes right before what is in it. */
function comparePaths(a: string, b: string): number {
  const [one, other] = [a.split('/'), b.split('/')];
  for (let at = 0; at < Math.min(one.length, other.length); at += 1) {
    const order = compareUtf8(one[at] ?? '', other[at] ?? '');
    if (order !== 0) return order;
  }
  return one.length - other.length;
}

/**
 * All that is known of a Zarr without reading its data. What can't be listed or read is part of the tree, as a
 * sentence.
 *
 * @throws ArchiveError if it is no Zarr, or its files cannot be reached
 */
export async function readZarrTree(files: ZarrFiles, signal?: AbortSignal): Promise<DataTree> {
  const { nodes, omitted } = await readZarrNodes(files, signal);
  const reading = new TreeReading(files, nodes, omitted, signal);
  const root = nodes.get('/');
  const folder = specificationsOf(root);
  const paths = [...nodes.keys()].filter((path) => !isWithin(path, folder)).sort(comparePaths);
  const objects = await reading.objects(paths);
  const specified =
    folder === undefined ? { namespaces: {}, types: {} } : await reading.specifications(folder);
  return {
    format: 'zarr',
    objects: objects.sort((a, b) => comparePaths(a.path, b.path)),
    ...specified,
    omitted: reading.omitted,
  };
}
