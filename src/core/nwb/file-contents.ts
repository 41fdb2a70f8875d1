// What a file holds, in the words of neurophysiology: read from its tree, shown by pages and searched.

export interface SubjectSummary {
  readonly id?: string;
  readonly species?: string;
  readonly sex?: string;
  /** As the file gives it: `P90D`, or words. */
  readonly age?: string;
  readonly genotype?: string;
  readonly strain?: string;
  readonly description?: string;
}

export interface SessionSummary {
  readonly identifier?: string;
  readonly description?: string;
  readonly start?: string;
  readonly experimenters: readonly string[];
  readonly lab?: string;
  readonly institution?: string;
  readonly keywords: readonly string[];
}

export interface DeviceSummary {
  readonly name: string;
  readonly path: string;
  readonly description?: string;
  readonly manufacturer?: string;
}

/** One axis of a picture. */
export interface AxisSummary {
  readonly name: string;
  /** `space`, `time`, `channel`. */
  readonly type?: string;
  readonly unit?: string;
  /** From one value to the next, in `unit`. */
  readonly step?: number;
}

/** The extracellular electrodes of a file. */
export interface ElectrodesSummary {
  readonly count: number;
  readonly regions: readonly string[];
  readonly groups: readonly string[];
  /** Set if the tree has only the first of them. */
  readonly regionsAreIncomplete?: true;
}

/** Something a file recorded or holds as a result: a time series, the units, a segmentation, a table. */
export interface RecordedObject {
  readonly path: string;
  readonly name: string;
  /** Its neurodata type; for a plain HDF5 dataset or Zarr array, absent. */
  readonly type?: string;
  /** The types it extends, the nearest first. */
  readonly extends: readonly string[];
  readonly description?: string;
  /** Of the values: `volts`, `pixels`. */
  readonly unit?: string;
  /** Of the values: time first. */
  readonly shape?: readonly number[];
  /** In Hz: as stated, or from the time stamps if they are in the tree. */
  readonly rate?: number;
  /** Whether the time base is a rate, a list of time stamps, or not there. */
  readonly timeBase?: 'rate' | 'timestamps';
  /** In seconds from the session's reference time. */
  readonly start?: number;
  /** In seconds. */
  readonly duration?: number;
  readonly channels?: number;
  readonly units?: number;
  readonly rois?: number;
  /** Rows, of a table. */
  readonly rows?: number;
  /** How many series of this type and unit this entry stands for, if the file has them by the hundred (sweeps). */
  readonly sweeps?: number;
  /** Events or spikes with a time of their own. */
  readonly events?: number;
  /** Pictures, of a container of pictures. */
  readonly images?: number;
  /** The names of a table's columns. */
  readonly columns?: readonly string[];
  /** By which the stored values are multiplied to be in `unit`; absent if it is 1 or not stated. */
  readonly conversion?: number;
  /** The types of the containers that it is in, the nearest first: `LFP`, `ProcessingModule`. */
  readonly containers?: readonly string[];
  /** Of a picture with named axes, in the order of `shape`. */
  readonly axes?: readonly AxisSummary[];
  /** Of a picture in several resolutions. */
  readonly levels?: number;
  readonly regions: readonly string[];
  /** Set if the tree shows only some of the places: there may be more regions. */
  readonly regionsAreIncomplete?: true;
  readonly devices: readonly string[];
  /** Paths of media files outside this file, as it gives them. */
  readonly externalFiles: readonly string[];
}

export interface FileContents {
  /** `NWB 2.8.0`, `OME-Zarr 0.5`; absent for a plain file. */
  readonly standard?: string;
  readonly subject?: SubjectSummary;
  readonly session?: SessionSummary;
  readonly devices: readonly DeviceSummary[];
  readonly electrodes?: ElectrodesSummary;
  readonly recorded: readonly RecordedObject[];
  /** Sentences for a reader: what is in the file, the most telling first. */
  readonly sentences: readonly string[];
  /** Set if objects of the tree were left out, or not listed here: counts of objects are then lower bounds. */
  readonly isIncomplete?: true;
}
