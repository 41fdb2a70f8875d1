// The texts of the form: what fields and kinds of things are called, and what to write.

/** What a field is called, and what to write into it. */
export interface FormFieldWords {
  label: string;
  help?: string;
  /** Whether it takes more than one line. */
  isLong?: boolean;
  /** The list of identifiers it takes one of, which people paste in several forms. */
  list?: 'ORCID' | 'ROR';
}

const ORCID_HELP = 'ORCID iD of the person, such as 0000-0002-1825-0097';
const ROR_HELP = 'Address at ror.org, such as https://ror.org/042nb2s44';
const TERM_HELP = 'Address or compact identifier of the term, such as UBERON:0000955';
const PUBLIC_EMAIL = 'Is public, in the record and in the history of the repository';

/** By `Model.field`, else by `field`. */
const WORDS = new Map<string, FormFieldWords>(
  Object.entries({
    name: { label: 'Name' },
    'Dandiset.name': { label: 'Title', help: 'At most 150 characters' },
    'Dandiset.description': {
      label: 'Description',
      help: 'What was recorded, from what, how and why. Markdown; at most 10,000 characters',
      isLong: true,
    },
    description: { label: 'Description', isLong: true },
    keywords: { label: 'Keywords', help: 'One in each field; Enter begins the next' },
    studyTarget: { label: 'Study targets', help: 'What the study is about: questions, objectives' },
    contributor: {
      label: 'Contributors',
      help: 'People and organizations in the order of the citation. One is the contact person, with an e-mail address',
    },
    license: { label: 'Licence', help: 'Under which anybody may use the data' },
    access: { label: 'Access' },
    about: {
      label: 'Subject matter',
      help: 'Brain regions, disorders and other terms that the data are about',
    },
    relatedResource: {
      label: 'Related resources',
      help: 'Papers, code, other data. An identifier (doi:10.…) or an address is needed',
    },
    protocol: { label: 'Protocols', help: 'Addresses of protocols, such as at protocols.io' },
    ethicsApproval: { label: 'Ethics approvals' },
    wasGeneratedBy: { label: 'Projects', help: 'Projects in which the data came about' },
    sameAs: {
      label: 'Also available at',
      help: 'The same Dandiset in another archive: dandi://DANDI/000004',
    },
    acknowledgement: { label: 'Acknowledgement', isLong: true },
    identifier: { label: 'Identifier' },
    'Dandiset.identifier': { label: 'Identifier', help: 'Given by the archive' },
    schemaVersion: { label: 'Release of the schema' },
    'Person.name': { label: 'Name', help: 'Last, First Middle' },
    'Person.identifier': { label: 'ORCID', help: ORCID_HELP, list: 'ORCID' },
    'Organization.identifier': { label: 'ROR', help: ROR_HELP, list: 'ROR' },
    'Affiliation.identifier': { label: 'ROR', help: ROR_HELP, list: 'ROR' },
    'EthicsApproval.identifier': { label: 'Approval', help: 'As the committee named it' },
    'Software.identifier': { label: 'RRID', help: 'Begins with RRID:' },
    'Resource.identifier': { label: 'Identifier', help: 'Such as doi:10.1000/182' },
    'Anatomy.identifier': { label: 'Identifier', help: TERM_HELP },
    'Disorder.identifier': { label: 'Identifier', help: TERM_HELP },
    'GenericType.identifier': { label: 'Identifier', help: TERM_HELP },
    email: { label: 'E-mail', help: PUBLIC_EMAIL },
    url: { label: 'Web address', help: 'https://…' },
    roleName: { label: 'Roles' },
    includeInCitation: { label: 'Is cited as an author' },
    awardNumber: { label: 'Award number' },
    affiliation: { label: 'Affiliations' },
    contactPoint: { label: 'Contact' },
    relation: { label: 'Relation', help: 'This Dandiset … the resource' },
    resourceType: { label: 'Type' },
    repository: { label: 'Repository', help: 'Where it lies' },
    status: { label: 'Status' },
    embargoedUntil: { label: 'Embargoed until', help: 'A day: 2027-03-31' },
    startDate: { label: 'Start', help: 'With time zone: 2024-03-31T09:30:00Z' },
    endDate: { label: 'End', help: 'With time zone: 2024-03-31T09:30:00Z' },
    wasAssociatedWith: { label: 'People and programs' },
    used: { label: 'Equipment' },
    dxdate: { label: 'Dates of diagnosis' },
    version: { label: 'Version' },
  } satisfies Record<string, FormFieldWords>),
);

/** `wasAssociatedWith` → `Was associated with`. */
function spoken(name: string): string {
  const words = name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The texts of a field; one that is not in the list is called by its name. */
export function formFieldWords(model: string, field: string): FormFieldWords {
  return WORDS.get(`${model}.${field}`) ?? WORDS.get(field) ?? { label: spoken(field) };
}

const MODELS = new Map(
  Object.entries({
    Person: 'person',
    Organization: 'organization',
    Affiliation: 'affiliation',
    ContactPoint: 'contact',
    Anatomy: 'brain region',
    Disorder: 'disorder',
    GenericType: 'other term',
    Resource: 'resource',
    EthicsApproval: 'approval',
    AccessRequirements: 'access statement',
    Project: 'project',
    Equipment: 'equipment',
    Software: 'software',
    Agent: 'other agent',
  }),
);

/** What a thing of a model is called: `brain region`. */
export function modelWords(model: string): string {
  return MODELS.get(model) ?? spoken(model).toLowerCase();
}

/** A term without its scheme, as words: `dcite:IsDescribedBy` → `is described by`. */
export function termWords(term: string): string {
  if (term.startsWith('spdx:')) return term.slice('spdx:'.length);
  return spoken(term.replace(/^\w+:/, '')).toLowerCase();
}

/** Fields of a Dandiset that belong together. */
export interface FormGroup {
  id: string;
  title: string;
  fields: readonly string[];
}

/** The groups of the form, in their order. A field that is in none is in the last. */
export const FORM_GROUPS: readonly FormGroup[] = [
  {
    id: 'about',
    title: 'Title and description',
    fields: ['name', 'description', 'keywords', 'studyTarget', 'about'],
  },
  { id: 'people', title: 'Contributors and funding', fields: ['contributor'] },
  { id: 'terms', title: 'Licence and access', fields: ['license', 'access'] },
  { id: 'related', title: 'Related resources', fields: ['relatedResource', 'sameAs'] },
  {
    id: 'methods',
    title: 'Methods and approval',
    fields: ['protocol', 'ethicsApproval', 'wasGeneratedBy'],
  },
  { id: 'thanks', title: 'Acknowledgement and more', fields: ['acknowledgement'] },
];
