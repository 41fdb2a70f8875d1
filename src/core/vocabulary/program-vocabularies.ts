// The vocabularies that come with the program. An archive uses them without storing them, so that it gets new
// terms with each release; a file of the same name in its vocabularies/ replaces one.

import anatomy from '../../../content/vocabularies/anatomy.json' with { type: 'json' };
import animals from '../../../content/vocabularies/animals.json' with { type: 'json' };
import approaches from '../../../content/vocabularies/approaches.json' with { type: 'json' };
import methods from '../../../content/vocabularies/methods.json' with { type: 'json' };
import species from '../../../content/vocabularies/species.json' with { type: 'json' };
import standards from '../../../content/vocabularies/standards.json' with { type: 'json' };
import techniques from '../../../content/vocabularies/techniques.json' with { type: 'json' };
import type { JsonValue } from '../json/json-text.ts';

/** The values of the program's vocabularies, by the name of their file without `.json`. */
export const PROGRAM_VOCABULARIES: ReadonlyMap<string, JsonValue> = new Map(
  Object.entries({ anatomy, animals, approaches, methods, species, standards, techniques }),
);
