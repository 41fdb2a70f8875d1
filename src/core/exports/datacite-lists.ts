// Controlled lists of DataCite 4.7, as far as records can name their entries.

/** Kinds of relation. */
export const RELATION_TYPES: readonly string[] = [
  ...['IsCitedBy', 'Cites', 'IsCollectedBy', 'Collects', 'IsSupplementTo', 'IsSupplementedBy'],
  ...['IsContinuedBy', 'Continues', 'IsDescribedBy', 'Describes', 'HasMetadata', 'IsMetadataFor'],
  ...['HasVersion', 'IsVersionOf', 'IsNewVersionOf', 'IsPreviousVersionOf', 'IsPartOf', 'HasPart'],
  ...['IsPublishedIn', 'IsReferencedBy', 'References', 'IsDocumentedBy', 'Documents'],
  ...['IsCompiledBy', 'Compiles', 'IsVariantFormOf', 'IsOriginalFormOf', 'IsIdenticalTo'],
  ...['IsReviewedBy', 'Reviews', 'IsDerivedFrom', 'IsSourceOf', 'IsRequiredBy', 'Requires'],
  ...['IsObsoletedBy', 'Obsoletes', 'HasTranslation', 'IsTranslationOf', 'Other'],
];

/** General types of resource. */
export const DATACITE_RESOURCE_TYPES: readonly string[] = [
  ...['Audiovisual', 'Award', 'Book', 'BookChapter', 'Collection', 'ComputationalNotebook'],
  ...['ConferencePaper', 'ConferenceProceeding', 'DataPaper', 'Dataset', 'Dissertation', 'Event'],
  ...['Image', 'Instrument', 'InteractiveResource', 'Journal', 'JournalArticle', 'Model'],
  ...['OutputManagementPlan', 'PeerReview', 'PhysicalObject', 'Poster', 'Preprint'],
  ...['Presentation', 'Project', 'Report', 'Service', 'Software', 'Sound', 'Standard'],
  ...['StudyRegistration', 'Text', 'Workflow', 'Other'],
];
