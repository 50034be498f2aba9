import type { CampaignTimelineQuery, TimelineBucket } from '../../generated/graphql';

export type Point = CampaignTimelineQuery['campaign']['timeline'][number];

export const bucketMs: Record<TimelineBucket, number> = { MINUTE: 60_000, HOUR: 3_600_000, DAY: 86_400_000 };

/** So many buckets are shown: more could not be told apart. */
export const most = 240;

/** The bucket in which a length of time is told in some ten to two hundred steps. Pure. */
export function bucketFor(lengthMs: number): TimelineBucket {
  if (lengthMs <= 3 * bucketMs.HOUR) return 'MINUTE';
  return lengthMs <= 8 * bucketMs.DAY ? 'HOUR' : 'DAY';
}

/** Whether there are too few steps for a line to say more than their numbers; false without any. Pure. */
export function isShort(points: readonly Point[], bucket: TimelineBucket): boolean {
  const [first, last] = [points[0], points.at(-1)];
  return !!first && !!last && Date.parse(last.at) - Date.parse(first.at) < 2 * bucketMs[bucket];
}

/** Where things stand in the chart, from 0 to 1: times from left to right, numbers from the bottom. */
export interface Shape {
  from: number;
  to: number;
  highest: number;
  line: (series: 'sent' | 'delivered' | 'read') => { x: number; y: number }[];
  x: (at: string) => number;
}

/** Buckets in which nothing happened are 0: the API leaves them out. Undefined without any. Pure. */
export function shapeOf(points: readonly Point[], bucket: TimelineBucket): Shape | undefined {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return undefined;
  const step = bucketMs[bucket];
  // A bucket before and one after, so that every line begins and ends at 0.
  const from = Date.parse(first.at) - step;
  const to = Date.parse(last.at) + step;
  const highest = Math.max(1, ...points.map(({ sent, delivered, read }) => Math.max(sent, delivered, read)));
  const xOf = (ms: number) => Math.min(1, Math.max(0, (ms - from) / (to - from)));
  return {
    from,
    to,
    highest,
    // A point stands for its whole bucket, and is drawn where the bucket begins: half a bucket too early.
    x: (at) => xOf(Date.parse(at) - step / 2),
    line: (series) => {
      const known = new Map(points.map((point) => [Math.round((Date.parse(point.at) - from) / step), point]));
      const count = Math.round((to - from) / step);
      return Array.from({ length: count + 1 }, (_, index) => ({
        x: xOf(from + index * step),
        y: (known.get(index)?.[series] ?? 0) / highest,
      }));
    },
  };
}
