import { bucketFor, isShort, shapeOf } from '../../web/src/campaigns/one/timeline-shape';
import type { Point } from '../../web/src/campaigns/one/timeline-shape';

const at = (minute: number, sent = 1): Point => ({
  at: new Date(Date.UTC(2026, 9, 24, 10, minute)).toISOString(),
  sent,
  delivered: 0,
  read: 0,
  failed: 0,
  clicked: 0,
});

test.each([
  [[], false],
  [[at(0)], true],
  [[at(0), at(1)], true],
  [[at(0), at(2)], false],
  [[at(0), at(1), at(2)], false],
])('%j in minutes: too short for a line: %s', (points, expected) => {
  expect(isShort(points, 'MINUTE')).toBe(expected);
});

test('a line begins and ends at nothing, and minutes in which nothing happened are 0', () => {
  const shape = shapeOf([at(0, 4), at(2, 8)], 'MINUTE');
  expect(shape?.highest).toBe(8);
  expect(shape?.line('sent')).toEqual([
    { x: 0, y: 0 },
    { x: 0.25, y: 0.5 },
    { x: 0.5, y: 0 },
    { x: 0.75, y: 1 },
    { x: 1, y: 0 },
  ]);
});

test.each([
  [60_000, 'MINUTE'],
  [4 * 3_600_000, 'HOUR'],
  [9 * 86_400_000, 'DAY'],
])('%d ms are told by the %s', (lengthMs, bucket) => {
  expect(bucketFor(lengthMs)).toBe(bucket);
});
