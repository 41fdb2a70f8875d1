export { derivedUuid as uuidOf } from '../src/core/identifiers/derived-uuid.ts';
