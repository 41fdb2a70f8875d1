// The neurodata types of NWB itself and of a few extensions that many files use, for files that carry no
// specification of their own.

/** Each type after the one that it extends; the roots `Container` and `Data` extend nothing. */
const CHILDREN: readonly (readonly [parent: string, children: string])[] = [
  ['Container', 'NWBContainer DynamicTable CSRMatrix SimpleMultiContainer HERD'],
  ['Data', 'NWBData VectorData ElementIdentifiers'],
  [
    'NWBContainer',
    'NWBDataInterface NWBFile Subject Device DeviceModel LabMetaData ProcessingModule ElectrodeGroup ' +
      'IntracellularElectrode ImagingPlane OpticalChannel OptogeneticStimulusSite',
  ],
  [
    'NWBDataInterface',
    'TimeSeries Images ImageSegmentation Fluorescence DfOverF MotionCorrection CorrectedImageStack ' +
      'ImagingRetinotopy LFP FilteredEphys FeatureExtraction EventDetection EventWaveform Clustering ' +
      'ClusterWaveforms Position CompassDirection EyeTracking PupilTracking BehavioralTimeSeries ' +
      'BehavioralEvents BehavioralEpochs Events PoseEstimation Skeleton Skeletons',
  ],
  [
    'TimeSeries',
    'ElectricalSeries SpatialSeries ImageSeries PatchClampSeries RoiResponseSeries OptogeneticSeries ' +
      'IntervalSeries AnnotationSeries AbstractFeatureSeries DecompositionSeries IndexSeries',
  ],
  ['ElectricalSeries', 'SpikeEventSeries'],
  ['SpatialSeries', 'PoseEstimationSeries'],
  ['ImageSeries', 'TwoPhotonSeries OnePhotonSeries OpticalSeries ImageMaskSeries'],
  [
    'PatchClampSeries',
    'CurrentClampSeries CurrentClampStimulusSeries VoltageClampSeries VoltageClampStimulusSeries',
  ],
  ['CurrentClampSeries', 'IZeroClampSeries'],
  ['Events', 'LabeledEvents TTLs'],
  [
    'DynamicTable',
    'AlignedDynamicTable Units TimeIntervals PlaneSegmentation ElectrodesTable EventsTable ' +
      'AnnotatedEventsTable FrequencyBandsTable MeaningsTable SweepTable IntracellularElectrodesTable ' +
      'IntracellularStimuliTable IntracellularResponsesTable SimultaneousRecordingsTable ' +
      'SequentialRecordingsTable RepetitionsTable ExperimentalConditionsTable',
  ],
  ['AlignedDynamicTable', 'IntracellularRecordingsTable'],
  [
    'VectorData',
    'VectorIndex DynamicTableRegion EnumData TimeSeriesReferenceVectorData TimestampVectorData ' +
      'DurationVectorData',
  ],
  ['NWBData', 'BaseImage ImageReferences ScratchData'],
  ['BaseImage', 'Image ExternalImage'],
  ['Image', 'GrayscaleImage RGBImage RGBAImage'],
];

/** The type that each of these types extends. */
export const PARENT_OF_TYPE: ReadonlyMap<string, string> = new Map(
  CHILDREN.flatMap(([parent, children]) => children.split(' ').map((child) => [child, parent])),
);
