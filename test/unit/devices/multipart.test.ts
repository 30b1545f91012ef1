import fc from 'fast-check';
import { expect, it } from 'vitest';
import { endOf } from '../../../electron/station/devices/hikvision/alert-stream.ts';
import { JpegEnd } from '../../../electron/station/devices/jpeg-end.ts';
import { MultipartReader, readMultipart } from '../../../electron/station/devices/multipart.ts';
import { childOf, findNode, readXml, textOf } from '../../../electron/station/devices/xml.ts';
import { jpegOfSize, tinyJpeg } from '../../peers/jpeg.ts';

/** Parts as text, one character a byte, whatever pieces they came in. */
function read(pieces: readonly Uint8Array[], mostBytes?: number): string[] {
  const parts: string[] = [];
  const reader = new MultipartReader({
    ...{ endOf, part: ({ body }) => parts.push(Buffer.from(body).toString('latin1')) },
    ...(mostBytes !== undefined && { mostBytes }),
  });
  for (const piece of pieces) reader.push(piece);
  return parts;
}

function split(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const at = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...at].map((from, index) => bytes.subarray(from, at[index] ?? bytes.length));
}

const part = (boundary: string, type: string, body: Buffer, length: number | null, end = '\r\n'): Buffer =>
  Buffer.concat([
    Buffer.from(
      `--${boundary}\r\nContent-Type: ${type}\r\n${length === null ? '' : `Content-Length: ${length}\r\n`}\r\n`,
    ),
    body,
    Buffer.from(end),
  ]);

const XML = Buffer.from(
  '<?xml version="1.0"?><EventNotificationAlert a="b"><x>\r\n--y 粤</x></EventNotificationAlert>',
);
const body = fc.oneof(
  fc.constant({ type: 'application/xml; charset="UTF-8"', bytes: XML }),
  fc.constant({ type: 'image/jpeg', bytes: tinyJpeg() }),
  fc.integer({ min: 170, max: 3_000 }).map((size) => ({ type: 'image/jpeg', bytes: jpegOfSize(size) })),
  fc.constant({ type: 'text/plain', bytes: Buffer.from('Heartbeat\r\n') }),
  fc.constant({ type: 'text/plain', bytes: Buffer.alloc(0) }),
);
const boundary = fc.constantFrom('boundary', 'myboundary', '---------------------------7e13971310878');

it('any split of any parts, with their lengths or without, gives the same parts', () => {
  const story = fc.record({
    boundary,
    parts: fc.array(fc.record({ body, withLength: fc.boolean() }), { minLength: 1, maxLength: 5 }),
    noise: fc.constantFrom('', '\r\n', 'preamble\r\n', '\r\n\r\n'),
    cuts: fc.array(fc.nat(), { maxLength: 40 }),
  });
  fc.assert(
    fc.property(story, (told) => {
      const bytes = Buffer.concat([
        Buffer.from(told.noise),
        ...told.parts.map((each) =>
          part(told.boundary, each.body.type, each.body.bytes, each.withLength ? each.body.bytes.length : null),
        ),
        Buffer.from(`--${told.boundary}\r\n`),
      ]);
      const parts = read(split(bytes, told.cuts));
      expect(parts).toEqual(told.parts.map((each) => each.body.bytes.toString('latin1')));
    }),
    { numRuns: 150 },
  );
});

it('any bytes at all, however split, give the same parts and do no harm', () => {
  const token = fc.oneof(
    fc.constantFrom(
      '--b',
      '\r\n',
      '\n',
      '--b--',
      'Content-Length: 7',
      'Content-Length: 99999999',
      'Content-Type: image/jpeg',
    ),
    fc.constantFrom(
      '\xff\xd8\xff\xe0',
      '\xff\xd9',
      'Content-Type: text/xml',
      '</EventNotificationAlert>',
      'x'.repeat(300),
    ),
    fc.string({ maxLength: 6 }),
  );
  fc.assert(
    fc.property(fc.array(token, { maxLength: 40 }), fc.array(fc.nat(), { maxLength: 20 }), (tokens, cuts) => {
      const bytes = Buffer.from(tokens.join(''), 'latin1');
      expect(read(split(bytes, cuts), 200)).toEqual(read([bytes], 200));
    }),
    { numRuns: 400 },
  );
});

it('a part with its length is there with its last byte, one without at its own end', () => {
  expect(read([part('b', 'text/xml', XML, XML.length, '')])).toHaveLength(1);
  expect(read([part('b', 'text/xml', XML, null, '')])).toHaveLength(1);
  expect(read([part('b', 'image/jpeg', tinyJpeg(), null, '')])).toHaveLength(1);
  expect(read([part('b', 'text/plain', Buffer.from('abc'), null, '')])).toHaveLength(0);
});

it.each([3, 5_000])('a length of %i that is wrong costs no more than its part', (length) => {
  const bytes = Buffer.concat([
    part('b', 'text/plain', Buffer.from('first'), length),
    part('b', 'text/plain', Buffer.from('second'), 6),
    part('b', 'text/plain', Buffer.from('third'), 5),
  ]);
  expect(read([bytes]).slice(-2)).toEqual(['second', 'third']);
});

it('what is too long is dropped, and the next part is read', () => {
  const long = part('b', 'text/plain', Buffer.alloc(5_000, 'a\n'), null);
  const claimed = part('b', 'text/plain', Buffer.from('short'), 999_999);
  const bytes = Buffer.concat([long, claimed, part('b', 'text/plain', Buffer.from('fine'), 4)]);
  expect(read([bytes], 1_000)).toEqual(['fine']);
});

it('reads a form whose delimiter begins with dashes, whatever its header says, and nothing that is cut off', () => {
  const form = Buffer.from(
    '--------7e1\r\nContent-Type: text/xml\r\n\r\n<a/>\r\n--------7e1\r\n\r\nb\n--------7e1--\r\n',
  );
  expect(readMultipart(form).map(({ body: bytes }) => Buffer.from(bytes).toString())).toEqual(['<a/>', 'b']);
  expect(readMultipart(form.subarray(0, 46))).toEqual([]);
});

it('finds the end of a picture, not that of the preview within it', () => {
  const whole = tinyJpeg();
  const preview = Buffer.concat([Buffer.from([0xff, 0xe1, 0, whole.length + 2]), whole]);
  const picture = Buffer.concat([whole.subarray(0, 2), preview, whole.subarray(2)]);
  expect(new JpegEnd().find(Buffer.concat([picture, Buffer.from('\r\n--b')]))).toBe(picture.length);
  const end = new JpegEnd();
  for (let length = 0; length < picture.length; length += 1) expect(end.find(picture.subarray(0, length))).toBeNull();
  expect(end.find(picture)).toBe(picture.length);
  expect(() => new JpegEnd().find(Buffer.from('GIF89a'))).toThrow(RangeError);
});

it('reads XML by local names, with the five entities and no others', () => {
  const root = readXml(
    '\ufeff<?xml version="1.0"?><!-- a --><h:A xmlns:h="x>y"><h:B c=\'<\'>1 &lt; 2 &#20; &#x7ca4; &amp;lt; &boom;</h:B><h:C/><h:D><![CDATA[<&>]]></h:D></h:A>\0',
  );
  expect(root?.name).toBe('A');
  expect(root && textOf(root, 'B')).toBe('1 < 2 \u0014 粤 &lt; &boom;');
  expect(root && textOf(root, 'C')).toBeNull();
  expect(root && childOf(root, 'D')?.text).toBe('<&>');
  expect(root && findNode(root, 'D')?.name).toBe('D');
});

it.each([
  ['cut off', '<a><b>1</b>'],
  ['crossed', '<a><b></a></b>'],
  ['with a document type', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
  ['too deep', '<a>'.repeat(40) + '</a>'.repeat(40)],
  ['a stray sign', '<a>1 < 2</a>'],
  ['no XML', 'Heartbeat'],
  ['empty', ''],
  ['long and hostile', `<a ${' '.repeat(200_000)}`],
])('XML that is %s is none', (_, text) => {
  expect(readXml(text)).toBeNull();
});

it.each([
  ['with its length', 'application/octet-stream', '\r\nContent-Length: 4000000', 4_000_000, 1],
  ['without', 'application/octet-stream', '', 4_000_000, 0],
  ['of text without its length', 'application/xml', '', 500_000, 0],
  ['of text that is too long', 'application/xml', '', 4_000_000, 0],
])('a long part %s in small pieces takes no more time than its length', (_, type, length, total, parts) => {
  let count = 0;
  const reader = new MultipartReader({ endOf, part: () => (count += 1) });
  reader.push(Buffer.from(`--b\r\nContent-Type: ${type}${length}\r\n\r\n`));
  const [whole, rest] = [Buffer.alloc(500, '</a'), total % 500];
  const since = process.cpuUsage();
  for (let sent = 0; sent < total; sent += 500) reader.push(whole);
  const { user, system } = process.cpuUsage(since);
  expect(rest).toBe(0);
  expect((user + system) / 1000).toBeLessThan(500);
  reader.push(part('b', 'text/plain', Buffer.from('fine'), 4));
  reader.push(part('b', 'text/plain', Buffer.from('fine'), 4));
  expect(count).toBeGreaterThanOrEqual(parts + 1);
});

it('a text of more than half a megabyte is none', () => {
  const long = part('b', 'text/xml', Buffer.alloc(600_000, 'a'), 600_000);
  const picture = part('b', 'image/jpeg', jpegOfSize(600_000), null);
  const parts = read([Buffer.concat([long, picture, part('b', 'text/plain', Buffer.from('fine'), 4)])]);
  expect(parts.map(({ length }) => length)).toEqual([600_000, 4]);
});

it('an end that is cut between two pieces is found', () => {
  const bytes = Buffer.from(`<x:EventNotificationAlert>${'粤'.repeat(300)}</x:EventNotificationAlert >`);
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    const find = endOf(new Map([['content-type', 'text/xml']]));
    const early = cut < bytes.length ? find?.(bytes.subarray(0, cut)) : null;
    expect([early, find?.(bytes)]).toEqual([null, bytes.length]);
  }
});

it('takes no longer for its length than it must, whatever lies between the lines of its delimiter', () => {
  // Each of these delimiters has eight kilobytes behind it in which no head ends: looked through for each, that is half a gigabyte.
  const lines = Buffer.from('--x\n'.repeat(262_144));
  const began = process.cpuUsage().user;
  expect(read([lines, Buffer.from('a: b\n\nend\n--x--\n')])).toEqual(['end']);
  expect(process.cpuUsage().user - began).toBeLessThan(4_000_000);
});
