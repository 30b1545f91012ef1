import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameEar } from '../../../electron/station/devices/vzenith-tcp/ear.ts';
import { FrameParser } from '../../../electron/station/devices/vzenith-tcp/parser.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const ANSWER = Buffer.concat([
  Buffer.from('565A00070000002F', 'hex'),
  Buffer.from('{"cmd":"ioctl_resp","id":"a1","state_code":200}'),
]);
const HEARTBEAT = Buffer.from('565A010000000000', 'hex');
/** Looks like the head of a frame of a megabyte, down to its brace. */
const FALSE_HEAD = Buffer.from('565A0005000FFFFF7B', 'hex');

class Ear {
  readonly clock = new FakeClock();
  readonly whole: { readonly at: number; readonly hex: string }[] = [];
  readonly #ear = new FrameEar(this.clock, (frames) => {
    for (const frame of frames)
      if (frame.type !== 'text')
        this.whole.push({ at: this.clock.monotonic(), hex: Buffer.from(frame.bytes).toString('hex') });
  });

  async hears(bytes: Uint8Array, thenMs: number): Promise<void> {
    this.#ear.push(bytes);
    await this.clock.advance(thenMs);
  }

  get frames(): string[] {
    return this.whole.map(({ hex }) => hex);
  }
}

describe('a head that is none', () => {
  it('holds up what comes behind it for ten seconds, however slowly and however often bytes come', async () => {
    const ear = new Ear();
    const since = ear.clock.monotonic();
    await ear.hears(FALSE_HEAD, 0);
    for (let second = 0; second < 60; second++) await ear.hears(HEARTBEAT, 1_000);
    const [first] = ear.whole;
    expect((first?.at ?? Number.POSITIVE_INFINITY) - since).toBeLessThanOrEqual(10_000);
    expect(ear.frames).toEqual(Array.from({ length: 60 }, () => HEARTBEAT.toString('hex')));
  });

  it('before, between and within noise loses none of the frames behind it', async () => {
    const noise = fc
      .uint8Array({ maxLength: 12 })
      .map((bytes) => Buffer.from(bytes.map((byte) => (byte === 0x56 ? 0 : byte))));
    const part = fc.record({
      before: noise,
      head: fc.constantFrom(Buffer.alloc(0), FALSE_HEAD),
      within: noise,
      frame: fc.constantFrom(ANSWER, HEARTBEAT),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(part, { minLength: 1, maxLength: 4 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 40 })),
        fc.infiniteStream(fc.integer({ min: 0, max: 4_900 })),
        async (parts, sizes, pauses) => {
          const ear = new Ear();
          const hears = async (bytes: Uint8Array, mostMs: number): Promise<void> => {
            for (let at = 0; at < bytes.length; ) {
              const size = sizes.next().value ?? 1;
              await ear.hears(bytes.subarray(at, at + size), Math.min(mostMs, pauses.next().value ?? 0));
              at += size;
            }
          };
          for (const { before, head, within, frame } of parts) {
            await hears(Buffer.concat([before, head, within]), 4_900);
            // What is a frame does not trickle in.
            await hears(frame, 100);
          }
          // Each false head has its ten seconds.
          await ear.clock.advance(10_000 * parts.length);
          expect(ear.frames).toEqual(parts.map(({ frame }) => frame.toString('hex')));
        },
      ),
      { numRuns: 60 },
    );
  });

  it.each([
    '565A0201000000047B',
    '565A0100000000097B',
    '565A0001001000017B',
    '565A00010000000401',
    '565A0001000000007B',
  ])('%s, of a kind or a length that no frame has, is passed over at once', async (hex) => {
    const ear = new Ear();
    await ear.hears(Buffer.concat([Buffer.from(hex, 'hex'), ANSWER]), 0);
    expect(ear.frames).toEqual([ANSWER.toString('hex')]);
  });
});

it('a frame that comes byte by byte is whole, and takes no longer for its length than it must', () => {
  const payload = Buffer.concat([Buffer.from('{"cmd":"ivs_result"}'), Buffer.alloc(300_000)]);
  const head = Buffer.from('565A000700000000', 'hex');
  head.writeUInt32BE(payload.length, 4);
  const parser = new FrameParser();
  // Copied anew with each byte this would be 45 GB.
  const told = [...head, ...payload].flatMap((byte) => parser.push(Uint8Array.of(byte)));
  expect(told.map(({ type }) => type)).toEqual(['text', 'data']);
});
