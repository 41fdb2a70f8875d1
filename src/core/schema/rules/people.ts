// Rules about people and how to reach them.

import { listMember, textMember } from '../../json/json-text.ts';
import { placeWords, whatIsThere } from '../problem-message.ts';
import { defineRule } from './rule.ts';

const CONTACT = 'dcite:ContactPerson';

// Letters of any script. One blank after the comma, more are part of what may follow: the same
// names as with `,\s+`, in time that grows with the length and not with its square.
const NAME_CHARACTER = "[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}\\s.'-]";
const PERSON_NAME = new RegExp(`^${NAME_CHARACTER}+,\\s${NAME_CHARACTER}+$`, 'u');

/** Whether a text is a person's name as the archive writes it: `Lovelace, Augusta Ada`. */
export function isPersonName(name: string): boolean {
  return PERSON_NAME.test(name);
}

// A text without such a form at all is a problem of the schema already.
const EMAIL_FORM = /^[^\s@]+@[^\s@]+$/;
const RESERVED_DOMAINS = new Set(['arpa', 'invalid', 'local', 'localhost', 'onion', 'test']);

/** Whether an address of the right form can also receive mail: lengths, and a public domain. */
export function canReceiveMail(email: string): boolean {
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  const labels = domain.split('.');
  const last = labels.at(-1) ?? '';
  return (
    email.length <= 254 &&
    domain.length <= 253 &&
    labels.every(
      (label) => label.length <= 63 && (!/^..--/.test(label) || label.startsWith('xn--')),
    ) &&
    /[a-z]$/.test(last) &&
    !RESERVED_DOMAINS.has(last)
  );
}

/** A Dandiset names a contact person. */
export const contactPerson = defineRule({
  id: 'contact-person',
  title: 'A Dandiset names a contact person',
  explanation: 'Readers of the data need somebody to ask, also in years from now.',
  hint: 'Give one contributor the role dcite:ContactPerson and an e-mail address.',
  appliesTo: ['dandiset'],
  *find(record) {
    const contributors = listMember(record, 'contributor');
    const named = contributors.some((entry) => listMember(entry, 'roleName').includes(CONTACT));
    if (!named) yield { pointer: '/contributor', message: 'No contributor is the contact person.' };
  },
});

/** A contact person has an e-mail address. */
export const contactPersonEmail = defineRule({
  id: 'contact-person-email',
  title: 'A contact person has an e-mail address',
  explanation: 'A contact who cannot be reached is none. Pages never show the address.',
  hint: 'Add an e-mail address, or take the role dcite:ContactPerson away.',
  appliesTo: ['dandiset', 'asset'],
  *find(_record, _context, { objects }) {
    for (const { model, pointer, value } of objects) {
      if (model !== 'Person' && model !== 'Organization') continue;
      if (!listMember(value, 'roleName').includes(CONTACT)) continue;
      if (value['email'] !== undefined && value['email'] !== null) continue;
      yield {
        pointer,
        message: `${placeWords(pointer)} is a contact person without an e-mail address.`,
      };
    }
  },
});

/** A person’s name is written family name, comma, given names. */
export const personName = defineRule({
  id: 'person-name',
  title: 'A person’s name is written family name, comma, given names',
  explanation: 'Citations and reference managers take names apart at the comma.',
  hint: 'Write it as Lovelace, Augusta Ada: letters, digits, blanks, points, hyphens, apostrophes.',
  appliesTo: ['dandiset', 'asset'],
  *find(_record, _context, { objects }) {
    for (const { model, pointer, value } of objects) {
      const name = model === 'Person' ? textMember(value, 'name') : undefined;
      if (name === undefined || isPersonName(name)) continue;
      const at = `${pointer}/name`;
      yield {
        pointer: at,
        message: `${placeWords(at)} is not "family name, given names": ${whatIsThere(name)}.`,
      };
    }
  },
});

/** An e-mail address can receive mail. */
export const emailForm = defineRule({
  id: 'email-form',
  title: 'An e-mail address can receive mail',
  explanation: 'Domains such as .local or .test are reserved and reach nobody.',
  hint: 'Give an address at a public domain.',
  appliesTo: ['dandiset', 'asset'],
  *find(_record, _context, { texts }) {
    for (const { format, pointer, value } of texts) {
      if (format !== 'email' || !EMAIL_FORM.test(value) || canReceiveMail(value)) continue;
      yield { pointer, message: `${placeWords(pointer)} is an address that cannot receive mail.` };
    }
  },
});
