// The closed lists of terms that DANDI metadata uses, each with its namespace.

const within = (namespace: string, names: string): readonly string[] =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => `${namespace}:${name}`);

/** Whether data are open. */
export const ACCESS_STATUSES = within('dandi', 'OpenAccess EmbargoedAccess');

/** Digests of a file or a Zarr. */
export const DIGEST_TYPES = within(
  'dandi',
  'md5 sha1 sha2-256 sha3-256 blake2b-256 blake3 dandi-etag dandi-zarr-checksum',
);

/** What a contributor did. */
export const ROLES = within(
  'dcite',
  `Author Conceptualization ContactPerson DataCollector DataCurator DataManager FormalAnalysis
   FundingAcquisition Investigation Maintainer Methodology Producer ProjectLeader ProjectManager
   ProjectMember ProjectAdministration Researcher Resources Software Supervision Validation
   Visualization Funder Sponsor StudyParticipant Affiliation EthicsApproval Other`,
);

/** How a Dandiset is related to another resource. */
export const RELATIONS = within(
  'dcite',
  `IsCitedBy Cites IsSupplementTo IsSupplementedBy IsContinuedBy Continues Describes IsDescribedBy
   HasMetadata IsMetadataFor HasVersion IsVersionOf IsNewVersionOf IsPreviousVersionOf IsPartOf
   HasPart IsReferencedBy References IsDocumentedBy Documents IsCompiledBy Compiles
   IsVariantFormOf IsOriginalFormOf IsIdenticalTo IsReviewedBy Reviews IsDerivedFrom IsSourceOf
   IsRequiredBy Requires Obsoletes IsObsoletedBy IsPublishedIn`,
);

/** What a related resource is. */
export const RESOURCE_TYPES = within(
  'dcite',
  `Audiovisual Book BookChapter Collection ComputationalNotebook ConferencePaper
   ConferenceProceeding DataPaper Dataset Dissertation Event Image Instrument InteractiveResource
   Journal JournalArticle Model OutputManagementPlan PeerReview PhysicalObject Preprint Report
   Service Software Sound Standard StudyRegistration Text Workflow Other`,
);

/** How a subject is related to another. */
export const PARTICIPANT_RELATIONS = within(
  'dandi',
  'isChildOf isParentOf isSiblingOf isMonozygoticTwinOf isDizygoticTwinOf',
);
