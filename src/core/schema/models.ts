// The objects inside a record, as of the current release. Differences of older releases are in
// differences.ts, not here.

import {
  schemaAddress,
  anyModel,
  date,
  dateTime,
  email,
  integer,
  listOf,
  number,
  oneOfTexts,
  ref,
  shortName,
  text,
  written,
  yesOrNo,
  type JsonSchema,
  type Model,
  type Models,
} from './json-schema.ts';
import {
  ACCESS_STATUSES,
  PARTICIPANT_RELATIONS,
  RELATIONS,
  RESOURCE_TYPES,
  ROLES,
} from './terms.ts';

const ror = {
  ...written('^https://ror.org/[a-z0-9]+$', 'a ROR address, such as https://ror.org/042nb2s44'),
  format: 'uri',
  maxLength: 1000,
} as const satisfies JsonSchema;

const orcid = written(
  '^\\d{4}-\\d{4}-\\d{4}-(\\d{3}X|\\d{4})$',
  'an ORCID without its address, such as 0000-0002-1825-0097',
);

const rrid = written('^RRID:.*', 'a research resource identifier that begins with RRID:');

/** The names of the models that are a term of a vocabulary: a name, an identifier, or both. */
export const TERM_MODELS = [
  'Anatomy',
  'ApproachType',
  'AssayType',
  'Disorder',
  'GenericType',
  'MeasurementTechniqueType',
  'SampleType',
  'SexType',
  'SpeciesType',
  'StandardsType',
  'StrainType',
] as const;

const term: Record<string, JsonSchema> = { identifier: schemaAddress, name: shortName };

const contributor: Record<string, JsonSchema> = {
  email,
  url: schemaAddress,
  roleName: listOf(oneOfTexts(ROLES)),
  includeInCitation: yesOrNo,
  awardNumber: text(),
};

const activity: Record<string, JsonSchema> = {
  identifier: text(),
  name: shortName,
  description: text(),
  startDate: dateTime,
  endDate: dateTime,
  wasAssociatedWith: listOf(anyModel('Person', 'Organization', 'Software', 'Agent')),
  used: listOf(ref('Equipment')),
};

const oneOrMoreTexts: JsonSchema = { anyOf: [text(), listOf(text())] };

/** An object that may have an `id` and whose `schemaKey` says what it is. */
export function named(
  schemaKey: string,
  fields: Record<string, JsonSchema>,
  required: readonly string[] = [],
): Model {
  return {
    fields: { id: text(), schemaKey: { const: schemaKey }, ...fields },
    required: [...required, 'schemaKey'],
  };
}

const MODEL_FIELDS: Record<string, [fields: Record<string, JsonSchema>, required?: string[]]> = {
  AccessRequirements: [
    {
      status: oneOfTexts(ACCESS_STATUSES),
      contactPoint: ref('ContactPoint'),
      description: text(),
      embargoedUntil: date,
    },
    ['status'],
  ],
  Activity: [activity, ['name']],
  Affiliation: [{ identifier: ror, name: text() }, ['name']],
  Agent: [{ identifier: text(), name: text(), url: schemaAddress }, ['name']],
  Allele: [
    { identifier: oneOrMoreTexts, alleleSymbol: text(), alleleType: text() },
    ['identifier'],
  ],
  AssetsSummary: [
    {
      numberOfBytes: integer,
      numberOfFiles: integer,
      numberOfSubjects: integer,
      numberOfSamples: integer,
      numberOfCells: integer,
      dataStandard: listOf(ref('StandardsType')),
      approach: listOf(ref('ApproachType')),
      measurementTechnique: listOf(ref('MeasurementTechniqueType')),
      variableMeasured: listOf(text()),
      species: listOf(ref('SpeciesType')),
    },
    ['numberOfBytes', 'numberOfFiles'],
  ],
  BioSample: [
    {
      identifier: text(),
      sampleType: ref('SampleType'),
      assayType: listOf(ref('AssayType')),
      anatomy: listOf(ref('Anatomy')),
      wasDerivedFrom: listOf(ref('BioSample')),
      wasAttributedTo: listOf(ref('Participant')),
      sameAs: listOf(text()),
      hasMember: listOf(text()),
    },
    ['identifier', 'sampleType'],
  ],
  ContactPoint: [{ email, url: schemaAddress }],
  Equipment: [{ identifier: text(), name: shortName, description: text() }, ['name']],
  EthicsApproval: [{ identifier: text(), contactPoint: ref('ContactPoint') }, ['identifier']],
  GenotypeInfo: [
    {
      locus: ref('Locus'),
      alleles: listOf(ref('Allele')),
      wasGeneratedBy: listOf(ref('Session')),
    },
    ['locus', 'alleles'],
  ],
  Locus: [{ identifier: oneOrMoreTexts, locusType: text() }, ['identifier']],
  Organization: [
    { ...contributor, identifier: ror, name: text(), contactPoint: listOf(ref('ContactPoint')) },
  ],
  Participant: [
    {
      identifier: text(),
      altName: listOf(text()),
      strain: ref('StrainType'),
      cellLine: text(),
      vendor: ref('Organization'),
      age: ref('PropertyValue'),
      sex: ref('SexType'),
      genotype: { anyOf: [listOf(ref('GenotypeInfo')), text()] },
      species: ref('SpeciesType'),
      disorder: listOf(ref('Disorder')),
      relatedParticipant: listOf(ref('RelatedParticipant')),
      sameAs: listOf(text()),
    },
    ['identifier'],
  ],
  Person: [
    { ...contributor, identifier: orcid, name: text(), affiliation: listOf(ref('Affiliation')) },
    ['name'],
  ],
  Project: [activity, ['name']],
  PropertyValue: [
    {
      maxValue: number,
      minValue: number,
      unitText: text(),
      value: {},
      valueReference: ref('PropertyValue'),
      // DANDI's schema requires an object and a text here at once, so no value is valid.
      propertyID: { not: {}, description: 'left out' },
    },
    ['value'],
  ],
  PublishActivity: [activity, ['name']],
  RelatedParticipant: [
    {
      identifier: text(),
      name: text(),
      url: schemaAddress,
      relation: oneOfTexts(PARTICIPANT_RELATIONS),
    },
    ['relation'],
  ],
  Resource: [
    {
      identifier: text(),
      name: text(),
      url: schemaAddress,
      repository: text(),
      relation: oneOfTexts(RELATIONS),
      resourceType: oneOfTexts(RESOURCE_TYPES),
    },
    ['relation'],
  ],
  Session: [activity, ['name']],
  Software: [
    { identifier: rrid, name: text(), version: text(), url: schemaAddress },
    ['name', 'version'],
  ],
};

/** Every object that a record may contain, as of the current release. */
export function currentModels(): Models {
  const models: Models = {};
  for (const name of TERM_MODELS) {
    const dates = { dxdate: listOf({ anyOf: [date, dateTime] }) };
    models[name] = named(name, name === 'Disorder' ? { ...term, ...dates } : term);
  }
  for (const [name, [fields, required]] of Object.entries(MODEL_FIELDS)) {
    models[name] = named(name, fields, required);
  }
  return models;
}
