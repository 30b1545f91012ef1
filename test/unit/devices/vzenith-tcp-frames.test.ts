import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeFrame } from '../../../electron/station/devices/vzenith-tcp/frame.ts';
import { encodeMessage, parseMessage } from '../../../electron/station/devices/vzenith-tcp/messages.ts';
import { FrameParser } from '../../../electron/station/devices/vzenith-tcp/parser.ts';
import { splitPictures } from '../../../electron/station/devices/vzenith-tcp/pictures.ts';

/** As the document has them. */
const ASK = Buffer.concat([
  Buffer.from('565A00070000003B', 'hex'),
  Buffer.from('{"cmd":"ioctl_resp","id":"a1","io":0,"value":2,"delay":500}'),
]);
const ANSWER = Buffer.concat([
  Buffer.from('565A00070000002F', 'hex'),
  Buffer.from('{"cmd":"ioctl_resp","id":"a1","state_code":200}'),
]);
const HEARTBEAT = Buffer.from('565A010000000000', 'hex');

const jpeg = (length: number, fill = 7): Buffer =>
  Buffer.concat([Buffer.from('FFD8FF', 'hex'), Buffer.alloc(length - 5, fill), Buffer.from('FFD9', 'hex')]);
const FULL = jpeg(60);
const CLIP = jpeg(20, 9);

describe('the frames of the document', () => {
  it('are what we send', () => {
    const payload = encodeMessage({ cmd: 'ioctl_resp', id: 'a1', io: 0, value: 2, delay: 500 });
    expect(Buffer.from(encodeFrame({ type: 'data', seq: 7, payload })).toString('hex')).toBe(ASK.toString('hex'));
    expect(Buffer.from(encodeFrame({ type: 'heartbeat' })).toString('hex')).toBe(HEARTBEAT.toString('hex'));
  });

  it('are read', () => {
    const [answer, heartbeat] = new FrameParser().push(Buffer.concat([ANSWER, HEARTBEAT]));
    expect(heartbeat?.type).toBe('heartbeat');
    expect(answer).toMatchObject({ type: 'data', seq: 7 });
    const message = answer?.type === 'data' ? parseMessage(answer.payload) : undefined;
    expect(message).toMatchObject({ kind: 'answer', cmd: 'ioctl_resp', id: 'a1', code: 200 });
  });
});

/** What a parser made of bytes that came in these pieces. */
function heard(parser: FrameParser, pieces: readonly Uint8Array[]): string[] {
  const whole = pieces
    .flatMap((piece) => parser.push(piece))
    .flatMap((frame) => (frame.type === 'text' ? [] : [frame]));
  return whole.map(({ bytes }) => Buffer.from(bytes).toString('hex'));
}

describe('a stream of frames', () => {
  const data = fc
    .record({ seq: fc.nat(255), text: fc.string({ maxLength: 40 }), picture: fc.uint8Array({ maxLength: 40 }) })
    .map(({ seq, text, picture }) => {
      const payload = Buffer.concat([Buffer.from(JSON.stringify({ cmd: 'x', text })), Buffer.of(0), picture]);
      const head = Buffer.from([0x56, 0x5a, 0, seq, 0, 0, payload.length >> 8, payload.length & 0xff]);
      return Buffer.concat([head, payload]);
    });
  const frame = fc.oneof(data, fc.constant(HEARTBEAT));
  // Whatever it is, no frame begins in it; its end may look like a beginning.
  const noise = fc
    .uint8Array({ maxLength: 30 })
    .map((bytes) => Buffer.from(bytes.map((byte) => (byte === 0x5a ? 0 : byte))));
  const heads = fc.constantFrom(
    Buffer.alloc(0),
    Buffer.from([0x56]),
    Buffer.from('565A0001001000017B', 'hex'),
    Buffer.from('565A0201', 'hex'),
    Buffer.from('565A0100000000097B', 'hex'),
    Buffer.from('565A000100000004AB', 'hex'),
  );

  it('is the same however it is split and whatever lies between', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ before: noise, head: heads, frame }), { maxLength: 6 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 25 })),
        (parts, sizes) => {
          const all = Buffer.concat(parts.flatMap(({ before, head, frame }) => [before, head, frame]));
          const pieces: Buffer[] = [];
          for (let at = 0; at < all.length; ) {
            const size = sizes.next().value ?? 1;
            pieces.push(all.subarray(at, at + size));
            at += size;
          }
          expect(heard(new FrameParser(), pieces)).toEqual(parts.map(({ frame }) => frame.toString('hex')));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('gives out the text of a frame before the pictures behind it are there, once', () => {
    const text = Buffer.from('{"cmd":"ivs_result"}');
    const payload = Buffer.concat([text, Buffer.alloc(300)]);
    const frame = Buffer.concat([
      Buffer.from([0x56, 0x5a, 0, 1, 0, 0, payload.length >> 8, payload.length & 0xff]),
      payload,
    ]);
    const parser = new FrameParser();
    const told = [...frame].flatMap((byte, at) =>
      parser.push(Uint8Array.of(byte)).map(({ type, ...rest }) => ({ at, type, rest })),
    );
    expect(told.map(({ at, type }) => [at, type])).toEqual([
      [8 + text.length, 'text'],
      [frame.length - 1, 'data'],
    ]);
    expect(told[0]?.rest).toMatchObject({ payload: text });
    // The next one has a text of its own; one that comes in one piece is told whole.
    expect(parser.push(frame.subarray(0, 40)).map(({ type }) => type)).toEqual(['text']);
    parser.reset();
    expect(parser.push(frame).map(({ type }) => type)).toEqual(['data']);
  });

  it('of a megabyte is read; one byte more is noise', () => {
    const big = (length: number): Buffer => {
      const head = Buffer.from([0x56, 0x5a, 0, 1, 0, 0, 0, 0]);
      head.writeUInt32BE(length, 4);
      return Buffer.concat([head, Buffer.alloc(length, 0x7b)]);
    };
    const parser = new FrameParser();
    const whole = big(1_048_576);
    expect(heard(parser, [whole.subarray(0, 500_000), whole.subarray(500_000)])).toHaveLength(1);
    expect(heard(parser, [big(1_048_577), HEARTBEAT])).toEqual([HEARTBEAT.toString('hex')]);
  });

  it('that ended in the middle of a frame begins anew on the next connection', () => {
    const parser = new FrameParser();
    expect(heard(parser, [ANSWER.subarray(0, 20)])).toEqual([]);
    parser.reset();
    expect(heard(parser, [HEARTBEAT])).toEqual([HEARTBEAT.toString('hex')]);
  });
});

describe('the pictures behind a result', () => {
  it.each([
    ['the whole one first', [FULL, CLIP], { full: 60, clip: 20 }],
    ['the plate first', [CLIP, FULL], { full: 60, clip: 20 }],
    ['the whole one first, sizes that are none', [FULL, CLIP], { full: 0, clip: 0 }],
    ['the plate first, sizes that are wrong', [CLIP, FULL], { full: 999, clip: 3 }],
  ])('are told apart: %s', (_how, pictures, sizes) => {
    expect(splitPictures(Buffer.concat(pictures), sizes)).toEqual({ full: FULL, clip: CLIP });
  });

  it('may be one alone, or none', () => {
    expect(splitPictures(FULL, { full: 60, clip: 0 })).toEqual({ full: FULL, clip: null });
    expect(splitPictures(CLIP, { full: 0, clip: 20 })).toEqual({ full: null, clip: CLIP });
    expect(splitPictures(Buffer.from('BM..'), { full: 4, clip: 0 })).toEqual({ full: null, clip: null });
    expect(splitPictures(new Uint8Array(), { full: 0, clip: 0 })).toEqual({ full: null, clip: null });
  });
});

describe('a message', () => {
  it('is GBK, whose second bytes may look like a backslash', () => {
    // 俓 is 82 5C.
    const payload = Buffer.concat([
      Buffer.from('{"cmd":"ivs_result","id":9,"PlateResult":{"license":"', 'ascii'),
      Buffer.from('D4C1423132333435', 'hex'),
      Buffer.from('","place":"', 'ascii'),
      Buffer.from('825C', 'hex'),
      Buffer.from('","colorType":1}}', 'ascii'),
    ]);
    expect(parseMessage(payload)).toMatchObject({ kind: 'result', result: { license: '粤B12345', plateid: '9' } });
    expect(Buffer.from(encodeMessage({ text: '俓' })).toString('hex')).toContain('825c');
  });

  it.each([
    ['gpio_trigger', { gpio: 1, value: 1 }, { kind: 'input', source: 1, on: true }],
    ['gpio_trigger', { source: 0, value: 0 }, { kind: 'input', source: 0, on: false }],
    [
      'ttransmission',
      { subcmd: 'send', comm: 'rs485-2', datalen: 2, data: 'AQI=' },
      { kind: 'serial', port: 'rs485-2' },
    ],
    ['ttransmission', { subcmd: 'init', state_code: 200 }, { kind: 'answer', code: 200 }],
    ['ioctl_resp', { id: 'x' }, { kind: 'answer', id: 'x', code: null }],
  ])('%s %j', (cmd, fields, message) => {
    expect(parseMessage(encodeMessage({ cmd, ...fields }))).toMatchObject(message);
  });

  it.each(['{"cmd":"ivs_result"}', '{"cmd": "ivs_result","PlateResult":{'])(
    '%s is a plate that cannot be read',
    (text) => expect(parseMessage(Buffer.from(text))).toEqual({ kind: 'unread' }),
  );

  it.each(['{', '[]', '{"id":1}', '{"cmd":"gpio_trigger","value":1}', '{"cmd":7}'])('%s is none', (text) =>
    expect(parseMessage(Buffer.from(text))).toBeUndefined(),
  );
});
