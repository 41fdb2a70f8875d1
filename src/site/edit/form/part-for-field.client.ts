// Which part of the form shows which field. Parts that contain others get this through their context, so that
// none of them has to import it.

import { TERM_MODELS } from '../../../core/schema/models.ts';
import { ChoicePart, ChoicesPart, YesNoPart } from './choice-parts.client.ts';
import type { PartMaker } from './form-part.client.ts';
import { NestedPart } from './nested-part.client.ts';
import { ObjectsPart } from './objects-part.client.ts';
import { TermPart } from './term-part.client.ts';
import { TextPart } from './text-part.client.ts';
import { TextsPart } from './texts-part.client.ts';

const isTerm = (model: string): boolean => (TERM_MODELS as readonly string[]).includes(model);

/** Makes the part of one field of a model. */
export const partForField: PartMaker = (field, model, context, set, own) => {
  const { control } = field;
  switch (control.kind) {
    case 'choice':
      return new ChoicePart(field, control.options, set);
    case 'choices':
      return new ChoicesPart(field, control.options, set);
    case 'yes-no':
      // As the schema has it: persons are cited unless the record says no.
      return new YesNoPart(field, field.name === 'includeInCitation' && model === 'Person', set);
    case 'texts':
      return new TextsPart(field, context, set);
    case 'object':
      return new NestedPart(field, control.model, context, set);
    case 'objects':
      return new ObjectsPart(field, control.models, context, set);
    default:
      return isTerm(model) && field.name === 'name'
        ? new TermPart(field, context, set, (term) => own.setFields(term))
        : new TextPart(field, set);
  }
};
