/** `node scripts/make-icon.mjs`: draws resources/icon.png (512) and resources/icon.ico (256): a barrier whose arm goes up. */
import { writeFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';
import { inRoot } from './lib/paths.mjs';

const size = 512;

/** Distance to a rounded rectangle around (cx, cy), turned by `angle`; negative inside. Also the place along its length. */
function box(x, y, { cx, cy, halfWidth, halfHeight, radius, angle = 0 }) {
  const along = (x - cx) * Math.cos(angle) + (y - cy) * Math.sin(angle);
  const across = (y - cy) * Math.cos(angle) - (x - cx) * Math.sin(angle);
  const dx = Math.max(Math.abs(along) - halfWidth + radius, 0);
  const dy = Math.max(Math.abs(across) - halfHeight + radius, 0);
  return { distance: Math.hypot(dx, dy) - radius, along };
}

const ground = { cx: 256, cy: 256, halfWidth: 256, halfHeight: 256, radius: 112 };
const arm = { cx: 296, cy: 204, halfWidth: 182, halfHeight: 27, radius: 27, angle: -0.42 };
const post = { cx: 150, cy: 322, halfWidth: 43, halfHeight: 106, radius: 18 };
const road = { cx: 256, cy: 436, halfWidth: 176, halfHeight: 11, radius: 11 };
const lamp = { cx: 150, cy: 268, halfWidth: 17, halfHeight: 17, radius: 17 };

const white = [255, 255, 255];
const red = [232, 58, 52];

/** Colour at a point, the topmost shape first; `undefined` outside the icon. */
function colourAt(x, y) {
  if (box(x, y, lamp).distance < 0) return [62, 190, 102];
  if (box(x, y, post).distance < 0) return white;
  const onArm = box(x, y, arm);
  if (onArm.distance < 0) return Math.floor((onArm.along + 1000) / 52) % 2 === 0 ? red : white;
  if (box(x, y, road).distance < 0) return [150, 190, 240];
  if (box(x, y, ground).distance < 0) return [18 + y * 0.01, 82 + y * 0.02, 190 - y * 0.07];
  return undefined;
}

/** RGBA rows, each pixel the mean of 16 samples. */
function draw(edge) {
  const scale = size / edge;
  const pixels = Buffer.alloc(edge * (edge * 4 + 1));
  for (let y = 0; y < edge; y += 1) {
    for (let x = 0; x < edge; x += 1) {
      const sum = [0, 0, 0];
      let hits = 0;
      for (let sample = 0; sample < 16; sample += 1) {
        const colour = colourAt(
          (x + ((sample % 4) + 0.5) / 4) * scale,
          (y + (Math.floor(sample / 4) + 0.5) / 4) * scale,
        );
        if (!colour) continue;
        hits += 1;
        for (const channel of [0, 1, 2]) sum[channel] += colour[channel];
      }
      const at = y * (edge * 4 + 1) + 1 + x * 4;
      for (const channel of [0, 1, 2]) pixels[at + channel] = hits === 0 ? 0 : Math.round(sum[channel] / hits);
      pixels[at + 3] = Math.round((hits / 16) * 255);
    }
  }
  return pixels;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

function png(edge) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(edge, 0);
  header.writeUInt32BE(edge, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(draw(edge), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Windows' icon file: a directory of PNG pictures. */
function ico(edges) {
  const pictures = edges.map(png);
  const directory = Buffer.alloc(6 + 16 * edges.length);
  directory.writeUInt16LE(1, 2);
  directory.writeUInt16LE(edges.length, 4);
  let offset = directory.length;
  for (const [index, edge] of edges.entries()) {
    const at = 6 + 16 * index;
    directory.set([edge % 256, edge % 256, 0, 0, 1, 0, 32, 0], at);
    directory.writeUInt32LE(pictures[index].length, at + 8);
    directory.writeUInt32LE(offset, at + 12);
    offset += pictures[index].length;
  }
  return Buffer.concat([directory, ...pictures]);
}

writeFileSync(inRoot('resources', 'icon.png'), png(size));
writeFileSync(inRoot('resources', 'icon.ico'), ico([16, 32, 48, 256]));
