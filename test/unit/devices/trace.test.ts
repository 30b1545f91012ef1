import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Trace } from '../../../electron/station/devices/trace.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const clock = new FakeClock();
const kept = (message: string | Uint8Array, head = 'POST /') => {
  const trace = new Trace(clock);
  trace.exchanged('in', head, message);
  const [exchange] = trace.after(0);
  if (!exchange) throw new Error('nothing was kept');
  return { ...exchange, text: Buffer.from(exchange.bytes).toString('utf8') };
};

/** What a camera may have been given as a password: anything but the characters that end a value. */
const password = fc.stringMatching(/^[A-Za-z0-9!#$%*+,.:;?@^_~-]{6,20}$/);

describe('secrets', () => {
  it('leave no trace, whatever they travel in', () => {
    fc.assert(
      fc.property(
        password,
        fc.constantFrom('pass_wd', 'password', 'Passwd', 'user_password', 'token'),
        (secret, name) => {
          const form = `device_name=IN1&${name}=${encodeURIComponent(secret)}&serialno=1`;
          const part = `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${secret}\r\n--b--\r\n`;
          for (const message of [form, part, JSON.stringify({ a: { [name]: secret }, serialno: '1' })]) {
            const { text } = kept(message);
            expect(text).not.toContain(secret);
            expect(text).not.toContain(encodeURIComponent(secret));
            expect(text).toContain(name);
          }
          expect(kept('', `GET /?${name}=${encodeURIComponent(secret)}&x=1`).head).not.toContain(
            encodeURIComponent(secret),
          );
        },
      ),
    );
  });

  it('are hidden in a value with escaped quotes, and in one that was cut off', () => {
    expect(kept('{"pass_wd":"a\\"bcd","x":1}').text).not.toContain('bcd');
    expect(kept('{"pass_wd":"abcd').text).not.toContain('abcd');
  });
});

describe('pictures', () => {
  const picture = Buffer.alloc(30_000, 7).toString('base64');

  it('are replaced by how long they were, and the rest is shown', () => {
    const body = JSON.stringify({ license: '鲁B12345', imageFile: picture, imageFileLen: 40_000, triggerType: 1 });
    const exchange = kept(body);
    expect(exchange.text).toContain('鲁B12345');
    expect(exchange.text).toContain('40000 个字符');
    expect(exchange.text).toContain('"imageFileLen":40000');
    expect(exchange.text).toContain('triggerType');
    expect(exchange.bytes.byteLength).toBeLessThan(300);
    expect(exchange.size).toBe(Buffer.byteLength(body));
  });

  it('are found under a name that says nothing, and as bytes in the middle of a form', () => {
    expect(kept(JSON.stringify({ data: picture })).bytes.byteLength).toBeLessThan(200);
    const jpeg = Buffer.concat([
      Buffer.from([0xff, 0xd8, 0xff, 0xe0]),
      Buffer.alloc(500, 1),
      Buffer.from([0xff, 0xd9]),
    ]);
    const form = Buffer.concat([Buffer.from('--b\r\nname="x"\r\n\r\n'), jpeg, Buffer.from('\r\n--b--')]);
    expect(kept(form).text).toBe('--b\r\nname="x"\r\n\r\n[JPEG，506 字节]\r\n--b--');
  });

  it('leave a short text for a display readable', () => {
    const text = JSON.stringify({ serialData: [{ serialChannel: 0, data: 'qrvM3e7/AAECAw==', dataLen: 11 }] });
    expect(kept(text).text).toBe(text);
  });
});

describe('what is kept', () => {
  it('is the last two hundred messages, in order, each bounded', () => {
    const trace = new Trace(clock);
    // All of them longer than what is kept; the oldest that is left very much so.
    for (let index = 1; index <= 250; index += 1)
      trace.exchanged('out', 'x', 'y '.repeat(index === 51 ? 10_000 : 2_500));
    const all = trace.after(0);
    expect(all.map(({ seq }) => seq)).toEqual(Array.from({ length: 200 }, (_, index) => index + 51));
    expect(Math.max(...all.map(({ bytes }) => bytes.buffer.byteLength))).toBeLessThanOrEqual(4096);
    expect(all[0]).toMatchObject({ cut: true, size: 20_000 });
    expect(trace.after(248).map(({ seq }) => seq)).toEqual([249, 250]);
  });

  it('is not worked on while the message is being handled', async () => {
    const trace = new Trace(clock);
    const body = Buffer.from('{"pass_wd":"abcd"}');
    trace.exchanged('in', 'x', body);
    // Were it masked at once, what the buffer holds later would not matter.
    body.fill(0x20);
    await clock.advance(100);
    body.fill(0x21);
    await clock.advance(1000);
    body.fill(0x22);
    expect(Buffer.from(trace.after(0)[0]?.bytes ?? []).toString()).toBe('!'.repeat(18));
  });

  it('is worked on one message a turn, so that whatever comes in between has its turn', async () => {
    const trace = new Trace(clock);
    const bodies = ['1', '2', '3'].map((text) => Buffer.from(text));
    for (const body of bodies) trace.exchanged('in', 'x', body);
    clock.after(250, () => {
      for (const body of bodies) body.fill(0x20);
    });
    await clock.advance(1000);
    expect(trace.after(0).map(({ bytes }) => Buffer.from(bytes).toString())).toEqual(['1', ' ', ' ']);
  });

  it('is only counted when more waits than there is room for', () => {
    const trace = new Trace(clock);
    for (let index = 0; index < 6; index += 1) trace.exchanged('in', 'x', Buffer.alloc(2 * 1024 * 1024, 0x41));
    const all = trace.after(0);
    expect(all.map(({ size }) => size)).toEqual(Array(6).fill(2 * 1024 * 1024));
    expect(all.at(-1)).toMatchObject({ cut: true, bytes: new Uint8Array() });
  });
});
