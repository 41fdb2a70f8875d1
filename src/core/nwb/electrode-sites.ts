// Where electrodes are, and on which device: from the table of electrodes, their groups and references to rows.

import type { ElectrodesSummary } from './file-contents.ts';
import {
  finiteNumber,
  nameInTree,
  sizesOf,
  type ReadObject,
  type TreeReader,
} from './tree-reader.ts';
import { shownLine } from '../text/shown-text.ts';

/** Regions and devices of something, without repetition, in the order of the table. */
export interface Sites {
  readonly regions: readonly string[];
  readonly devices: readonly string[];
  /** Set if only some of the places are known: there may be more. */
  readonly regionsAreIncomplete?: true;
}

const MOST_REGIONS = 100;
/** What files say where they don't know a region. */
const NO_REGION =
  /^(?:|-+|\?|n\/?a|nan|none|null|unknown|undefined|unspecified|not specified|void|root)$/i;

/** The regions among some values: texts that name something, each once. */
export function regionsAmong(values: Iterable<unknown>): string[] {
  const found = new Set<string>();
  for (const value of values) {
    if (found.size === MOST_REGIONS) break;
    const text = typeof value === 'string' ? shownLine(value, 100) : '';
    if (!NO_REGION.test(text)) found.add(text);
  }
  return [...found];
}

/** Both without repetition. */
export function joinedSites(sites: readonly Sites[]): Sites {
  return {
    regions: regionsAmong(sites.flatMap(({ regions }) => regions)),
    devices: [...new Set(sites.flatMap(({ devices }) => devices))].slice(0, MOST_REGIONS),
    ...(sites.some((site) => site.regionsAreIncomplete === true)
      ? { regionsAreIncomplete: true as const }
      : {}),
  };
}

const NOWHERE: Sites = { regions: [], devices: [] };
const LOCATION_COLUMNS = ['location', 'brain_area', 'brain_region', 'region'];

export class ElectrodeSites {
  private readonly reader: TreeReader;
  private readonly table: ReadObject | undefined;
  private readonly locations: readonly unknown[];
  /** Whether all locations of the table are known. */
  private readonly isWhole: boolean;
  private readonly groups: readonly unknown[];
  private readonly groupSites = new Map<string, Sites>();
  private readonly columnSites = new Map<string, Sites>();

  constructor(reader: TreeReader) {
    this.reader = reader;
    this.table = reader.at('/general/extracellular_ephys/electrodes');
    const { values, isWhole } = reader.column(reader.member(this.table, 'location'));
    this.locations = values;
    this.isWhole = isWhole;
    this.groups = reader.column(reader.member(this.table, 'group')).values;
  }

  /** Rows of the table; undefined if there is none. */
  get count(): number | undefined {
    return sizesOf(this.reader.member(this.table, 'id'))?.[0];
  }

  summary(): ElectrodesSummary | undefined {
    const { count } = this;
    if (count === undefined) return undefined;
    const names = this.reader.column(this.reader.member(this.table, 'group_name')).values;
    const groups = names.length > 0 ? names : this.groups.map((value) => this.groupName(value));
    return {
      count,
      regions: regionsAmong(this.locations),
      groups: regionsAmong(groups),
      ...(this.isWhole ? {} : { regionsAreIncomplete: true }),
    };
  }

  private groupName(reference: unknown): string | undefined {
    const group = this.reader.referenced(reference);
    return group === undefined ? undefined : nameInTree(group.path);
  }

  /** The location and the device of an object that has a `location` and a link `device`. */
  siteOf(object: ReadObject | undefined): Sites {
    if (object === undefined) return NOWHERE;
    const known = this.groupSites.get(object.path);
    if (known !== undefined) return known;
    const { reader } = this;
    const location = reader.attributeText(object, 'location') ?? reader.text(object, 'location');
    const device = reader.member(object, 'device');
    const site: Sites = {
      regions: regionsAmong([location]),
      devices: device === undefined ? [] : [nameInTree(device.path)],
    };
    this.groupSites.set(object.path, site);
    return site;
  }

  /** The same for each of some references, or paths. */
  sitesOfReferences(references: Iterable<unknown>): Sites {
    const objects = new Map<string, ReadObject>();
    for (const reference of references) {
      const object = this.reader.referenced(reference);
      if (object !== undefined && objects.size < MOST_REGIONS) objects.set(object.path, object);
    }
    return joinedSites([...objects.values()].map((object) => this.siteOf(object)));
  }

  /**
   * The regions and devices of what a column of rows of the table points to. Where the tree has only the first
   * of its values, these; where it has none and the column is as long as the table, all.
   */
  ofRegion(column: ReadObject | undefined): Sites {
    if (column === undefined || this.table === undefined) return NOWHERE;
    const known = this.columnSites.get(column.path);
    if (known !== undefined) return known;
    const sites = this.sitesOfColumn(column);
    this.columnSites.set(column.path, sites);
    return sites;
  }

  private sitesOfColumn(column: ReadObject): Sites {
    const { values, isWhole } = this.reader.column(column);
    const isAll = values.length === 0 && sizesOf(column)?.[0] === this.count;
    const rows = isAll
      ? this.locations.map((_, row) => row)
      : [...new Set(values.flatMap((value) => finiteNumber(value) ?? []))];
    const groups = rows.map((row) => this.groups[row]);
    const fromGroups = this.sitesOfReferences(groups);
    const regions = regionsAmong(rows.map((row) => this.locations[row]));
    const isComplete =
      (isWhole || isAll) && (this.isWhole || rows.every((row) => row < this.locations.length));
    return {
      regions: regions.length > 0 ? regions : fromGroups.regions,
      devices: fromGroups.devices.length > 0 ? fromGroups.devices : this.devicesByName(rows),
      ...(isComplete ? {} : { regionsAreIncomplete: true as const }),
    };
  }

  /** Where references to groups can't be read, the groups' names lead to them. */
  private devicesByName(rows: readonly number[]): readonly string[] {
    const { reader } = this;
    const names = reader.column(reader.member(this.table, 'group_name')).values;
    const distinct = regionsAmong(rows.map((row) => names[row]));
    const ephys = reader.at('/general/extracellular_ephys');
    return joinedSites(distinct.map((name) => this.siteOf(reader.member(ephys, name)))).devices;
  }

  /** From the columns that tables of units or cells give their regions in themselves; undefined without one. */
  ofOwnColumns(table: ReadObject): Omit<Sites, 'devices'> | undefined {
    for (const name of LOCATION_COLUMNS) {
      const { values, isWhole } = this.reader.column(this.reader.member(table, name));
      const regions = regionsAmong(values);
      if (regions.length > 0)
        return { regions, ...(isWhole ? {} : { regionsAreIncomplete: true as const }) };
    }
    return undefined;
  }
}
