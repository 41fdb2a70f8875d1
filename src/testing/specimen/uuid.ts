export { derivedUuid as uuidOf } from '../../core/identifiers/derived-uuid.ts';
