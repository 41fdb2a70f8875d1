// Campaigns try hundreds of points: places to stop at, seeds, racers. Each test run tries some of them,
// always the same ones; `npm run campaign` tries all.

/** Whether all points are tried. */
export const isCampaign = process.env['CAMPAIGN'] === '1';

/** How many of something are tried: `all` in a campaign. */
export function pointCount(some: number, all: number): number {
  return isCampaign ? all : some;
}

/** Some of the points, spread evenly over them with both ends; all of them in a campaign. */
export function pointsOf<Point>(points: readonly Point[], some = 20): Point[] {
  if (isCampaign || points.length <= some) return [...points];
  const last = points.length - 1;
  const places = Array.from({ length: some }, (_, at) => Math.round((at * last) / (some - 1)));
  return points.filter((_, at) => places.includes(at));
}

/** Pseudo-random numbers from 0 to 1, the same for each seed. */
export function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
