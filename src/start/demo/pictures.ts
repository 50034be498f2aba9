import { crc32, deflateSync } from 'node:zlib';

/** Pictures of the demo's products, drawn here so that no image files are needed. */

/** A filled shape, in a picture of 100 × 100, and its colour. */
type Shape = [colour: string, inside: (x: number, y: number) => boolean];

const size = 480;
/** Each pixel is the mean of so many points squared, which makes smooth edges. */
const points = 2;

const ellipse = (cx: number, cy: number, rx: number, ry: number) => (x: number, y: number) =>
  ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 <= 1;
const box = (left: number, top: number, right: number, bottom: number) => (x: number, y: number) =>
  x >= left && x <= right && y >= top && y <= bottom;
/** Upright, as wide as `top` at the upper edge and as `bottom` at the lower. */
const cone =
  (centre: number, from: number, to: number, top: number, bottom: number) => (x: number, y: number) =>
    y >= from && y <= to && Math.abs(x - centre) <= (top + ((bottom - top) * (y - from)) / (to - from)) / 2;

const shapes: Readonly<Record<string, readonly Shape[]>> = {
  saree: [
    ['#f6dfe6', box(0, 0, 100, 100)],
    ['#a3124a', box(22, 18, 78, 82)],
    ['#d9a441', (x, y) => box(22, 18, 78, 82)(x, y) && (y < 26 || y > 74)],
    ['#7c0d38', (x, y) => box(22, 26, 78, 74)(x, y) && x % 14 < 2],
    ['#f1c75b', (x, y) => box(22, 28, 78, 72)(x, y) && ellipse(7, 6, 1.6, 1.6)((x - 22) % 14, (y - 28) % 12)],
  ],
  kurta: [
    ['#e3eef6', box(0, 0, 100, 100)],
    ['#2f6f9f', cone(50, 26, 86, 30, 50)],
    ['#2f6f9f', (x, y) => Math.abs(Math.abs(x - 50) - (y - 20) * 0.72 - 8) < 8 && y > 26 && y < 56],
    ['#e3eef6', cone(50, 25, 42, 12, 0)],
    ['#f4f0e4', (x, y) => cone(50, 46, 86, 26, 44)(x, y) && ellipse(5, 5, 2, 2)(x % 10, y % 10)],
  ],
  diya: [
    ['#2b1b3d', box(0, 0, 100, 100)],
    ['#5b3a57', ellipse(50, 46, 34, 36)],
    ['#f59f22', ellipse(50, 44, 8, 18)],
    ['#fff0b3', ellipse(50, 49, 4, 10)],
    ['#b5762a', (x, y) => ellipse(50, 58, 32, 24)(x, y) && y > 60],
    ['#8c571b', (x, y) => ellipse(50, 61, 32, 4)(x, y)],
  ],
  chai: [
    ['#f5ead8', box(0, 0, 100, 100)],
    ['#b5602a', ellipse(72, 56, 13, 12)],
    ['#f5ead8', ellipse(72, 56, 8, 7)],
    ['#c8713a', cone(48, 38, 80, 50, 34)],
    ['#8a4a20', ellipse(48, 38, 25, 5)],
    [
      '#d9c3a3',
      (x, y) =>
        y > 12 && y < 31 && Math.abs(((x - 32) % 14) - 3 - Math.sin(y / 3) * 2) < 1.2 && x > 32 && x < 66,
    ],
  ],
  chappal: [
    ['#eef2e3', box(0, 0, 100, 100)],
    ['#7a4a22', ellipse(34, 52, 14, 34)],
    ['#7a4a22', ellipse(66, 52, 14, 34)],
    [
      '#c08a4a',
      (x, y) =>
        Math.abs(y - 40 - Math.abs(Math.abs(x - 50) - 16) * 0.9) < 4 && Math.abs(Math.abs(x - 50) - 16) < 14,
    ],
    ['#c0392b', (x, y) => ellipse(16, 38, 4, 4)(Math.abs(x - 50), y)],
  ],
  hamper: [
    ['#e9e4f4', box(0, 0, 100, 100)],
    ['#8a5a2b', (x, y) => ellipse(50, 44, 30, 30)(x, y) && !ellipse(50, 44, 26, 26)(x, y)],
    ['#c2447d', ellipse(38, 46, 9, 9)],
    ['#e08e2b', ellipse(55, 43, 11, 11)],
    ['#6a9b3c', ellipse(67, 48, 7, 7)],
    ['#b9803f', cone(50, 50, 82, 66, 48)],
    [
      '#976428',
      (x, y) => cone(50, 50, 82, 66, 48)(x, y) && (Math.floor(x / 5) + Math.floor(y / 4)) % 2 === 0,
    ],
  ],
};

/** @returns the picture as a PNG file */
export function pictureOf(name: string): Buffer {
  const layers = (shapes[name] ?? []).map(([colour, inside]) => ({ rgb: rgbOf(colour), inside }));
  const rowBytes = 1 + size * 3; // a row begins with its filter: 0, none
  const pixels = Buffer.alloc(rowBytes * size);
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      const sum = [0, 0, 0];
      for (let point = 0; point < points * points; point++) {
        const x = ((column + ((point % points) + 0.5) / points) * 100) / size;
        const y = ((row + (Math.floor(point / points) + 0.5) / points) * 100) / size;
        const rgb = layers.findLast(({ inside }) => inside(x, y))?.rgb ?? [255, 255, 255];
        rgb.forEach((value, i) => (sum[i] = (sum[i] ?? 0) + value));
      }
      sum.forEach((value, i) => (pixels[row * rowBytes + 1 + column * 3 + i] = value / points ** 2));
    }
  return png(pixels);
}

function rgbOf(colour: string): number[] {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
}

function png(pixels: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 2], 8); // 8 bits, RGB
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const around = Buffer.alloc(8);
  around.writeUInt32BE(content.length, 0);
  around.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)]);
}
