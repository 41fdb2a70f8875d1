// The content files of the demo, from its stories.

import {
  dandisetFolder,
  formatDandisetIdentifier,
  UNNUMBERED,
  type DandisetNumber,
} from '../src/core/identifiers/dandiset-id.ts';
import type { JsonObject } from '../src/core/json/json-text.ts';
import type { FrozenVersion } from '../src/core/publishing/freeze-version.ts';
import type { Archive } from '../src/core/records/archive.ts';
import {
  ASSETS_FILE,
  DANDISET_FILE,
  RELEASE_FILE,
  versionFolder,
} from '../src/core/records/layout.ts';
import { STATUS_FILE } from '../src/core/records/status.ts';
import { describeAsset } from './described-asset.ts';
import { draftTexts, freeze } from './freeze.ts';
import type { DemoArchive } from './stories/all-stories.ts';
import type { Contents, Story, SubmissionStory } from './story.ts';

type Files = Map<string, string>;

function recordText(value: JsonObject): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function writeDraft(files: Files, folder: string, identifier: string, contents: Contents): void {
  const { dandiset, assets } = draftTexts(identifier, contents);
  files.set(`${folder}/${ASSETS_FILE}`, assets);
  files.set(`${folder}/${DANDISET_FILE}`, dandiset);
}

function writeDandiset(files: Files, archive: Archive, story: Story): void {
  const { number } = story;
  const frozen: FrozenVersion[] = [];
  for (const release of story.releases) {
    const version = freeze({ archive, number, created: story.created, release, before: frozen });
    for (const [name, text] of version.files) {
      files.set(`${versionFolder(number, version.version)}/${name}`, text);
    }
    frozen.unshift(version);
  }
  writeDraft(files, versionFolder(number, 'draft'), identifierOf(archive, number), story.draft);
  if (story.status !== undefined) {
    files.set(
      `${dandisetFolder(number)}/${STATUS_FILE}`,
      recordText(story.status(frozen.map(({ version }) => version).reverse())),
    );
  }
}

function writeSubmission(files: Files, archive: Archive, story: SubmissionStory): void {
  const folder = `submissions/${story.slug}`;
  writeDraft(files, folder, identifierOf(archive, UNNUMBERED), story);
  files.set(`${folder}/${RELEASE_FILE}`, recordText({ releaseNotes: story.releaseNotes }));
}

function identifierOf(archive: Archive, number: DandisetNumber): string {
  return formatDandisetIdentifier({ prefix: archive.identifierPrefix, number });
}

/** Every content file of the demo except settings, vocabularies and pages: path → text. */
export function demoRecords(demo: DemoArchive, archive: Archive): Files {
  const files: Files = new Map();
  for (const story of demo.dandisets) writeDandiset(files, archive, story);
  for (const story of demo.submissions) writeSubmission(files, archive, story);
  return files;
}

/** Every object a store holds for the demo: key → bytes. */
export function demoObjects(demo: DemoArchive): Map<string, Uint8Array> {
  const contents = [
    ...demo.dandisets.flatMap(({ releases, draft }) => [...releases, draft]),
    ...demo.submissions,
  ];
  const objects = new Map<string, Uint8Array>();
  for (const asset of contents.flatMap(({ assets }) => assets)) {
    for (const [key, bytes] of describeAsset('', asset).objects) objects.set(key, bytes);
  }
  return objects;
}
