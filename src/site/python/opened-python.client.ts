// What the lines of a version's page need once they are opened. Every page has the buttons that copy.

import '../browser/own-address.client.ts';

export { saveButtons } from './save-python.client.ts';
