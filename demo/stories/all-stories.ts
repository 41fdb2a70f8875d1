import type { Story, SubmissionStory } from '../story.ts';
import { ca1LinearTrack } from './ca1-linear-track.ts';
import { clearedHemisphere } from './cleared-hemisphere.ts';
import { cortexPatchClamp } from './cortex-patch-clamp.ts';
import { oddballEeg } from './oddball-eeg.ts';
import { openFieldVideo } from './open-field-video.ts';
import { optotaggedInterneurons } from './optotagged-interneurons.ts';
import { ratSleepSessions } from './rat-sleep-sessions.ts';
import { emptyDraft, flyProjectionNeurons, songbirdSubmission } from './unpublished.ts';
import { v1CalciumImaging } from './v1-calcium-imaging.ts';
import { wormTracks } from './worm-tracks.ts';

export interface DemoArchive {
  dandisets: Story[];
  submissions: SubmissionStory[];
}

/** Every story of the demo, with all bytes; the same on every machine. */
export async function tellAllStories(): Promise<DemoArchive> {
  return {
    dandisets: [
      await ca1LinearTrack(),
      await v1CalciumImaging(),
      await cortexPatchClamp(),
      await openFieldVideo(),
      oddballEeg(),
      clearedHemisphere(),
      await optotaggedInterneurons(),
      await ratSleepSessions(),
      wormTracks(),
      await flyProjectionNeurons(),
      emptyDraft(),
    ],
    submissions: [await songbirdSubmission()],
  };
}
