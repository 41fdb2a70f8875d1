// Every rule of the check command in one list: what the command can report, what the handbook explains. To
// add a rule, write it next to those that look at the same thing, add it to that file's list, and give it a
// broken fixture in tests/support/broken/.

import { LINE_RULES, VERSION_RULES } from './check-version.ts';
import { SHAPE_RULES } from './content-shape.ts';
import { DERIVED_SHAPE } from './derived-shape.ts';
import { STATUS_RULES } from './dandiset-status.ts';
import { FROZEN_RULES, MANIFEST_CHAIN } from './frozen-versions.ts';
import { HOLDING_RULES } from './assets/list-holding.ts';
import { RELEASE_RULES } from '../publishing/release-rules.ts';
import { PULL_REQUEST_RULES } from '../submission/pull-request-rules.ts';
import { CHANGE_RULES } from './published-changes.ts';
import { FILE_RULES } from './record-files.ts';
import type { RuleWords } from './rule.ts';
import { ARCHIVE_SETTINGS, VOCABULARY } from './settings.ts';
import { FOLDER_RULES } from './version-folder.ts';

/** Rules that look at the same thing. */
export interface RuleGroup {
  title: string;
  rules: readonly RuleWords[];
}

function group(title: string, rules: readonly RuleWords[]): RuleGroup {
  return {
    title,
    rules: rules.map(({ id, severity, title: name, explanation, hint, alwaysStrict }) => ({
      id,
      severity,
      title: name,
      explanation,
      hint,
      ...(alwaysStrict === undefined ? {} : { alwaysStrict }),
    })),
  };
}

const versionIds = new Set(VERSION_RULES.map(({ id }) => id));

/** Every rule once, by what it looks at. */
export const RULE_GROUPS: readonly RuleGroup[] = [
  group('The content folder', SHAPE_RULES),
  group('Settings and vocabularies', [ARCHIVE_SETTINGS, VOCABULARY]),
  group('Files of records', [...FILE_RULES, ...FOLDER_RULES]),
  group('Metadata of a Dandiset', VERSION_RULES),
  // A rule that looks at Dandisets and assets is listed with the Dandisets.
  group('Assets', [...LINE_RULES.filter(({ id }) => !versionIds.has(id)), ...HOLDING_RULES]),
  group('Published versions', [...FROZEN_RULES, MANIFEST_CHAIN, ...CHANGE_RULES]),
  group('The status of a Dandiset', STATUS_RULES),
  group('What was read from the bytes', [DERIVED_SHAPE]),
];

/** Rules that need a base: about a pull request, and where it requests publication. */
export const PULL_REQUEST_GROUPS: readonly RuleGroup[] = [
  group('Pull requests', PULL_REQUEST_RULES),
  group('Requests for publication', RELEASE_RULES),
];

/** Every rule over an archive by itself, once. */
export const RULES: readonly RuleWords[] = RULE_GROUPS.flatMap(({ rules }) => rules);
