import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Trace } from '../../../electron/station/devices/trace.ts';
import { withoutPassword } from '../../../electron/station/devices/vzenith-http/parser.ts';
import { maskWire } from '../../../electron/station/devices/wire-mask.ts';
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

describe('secrets by other names', () => {
  it.each([
    '<a:Host xmlns:a="x"><userName>admin</userName><a:password type="x">Abc12345</a:password></a:Host>',
    '<Host><adminPassword><![CDATA[Abc12345]]></adminPassword></Host>',
    '{"cmd":"x","pwd":"Abc12345"}',
    '{"psw": "Abc12345"}',
    'user=admin&pwd=Abc12345',
    'user=admin&user_psw=Abc12345',
    'mqtt://u:Abc12345@10.0.0.1:1883',
    '{"broker":"mqtt:\\/\\/u:Abc@12345@10.0.0.1:1883"}',
    '--b\r\nContent-Disposition: form-data; name="pass_wd"\r\nContent-Type: text/plain\r\n\r\nAbc12345\r\n--b--',
  ])('%s', (message) => {
    const { text } = kept(message);
    expect(text).not.toMatch(/Abc|12345/);
    expect(text).toContain('[已隐藏]');
  });

  it('leave what stands beside them', () => {
    expect(kept('<userName>admin</userName><password>Abc</password><id>7</id>').text).toBe(
      '<userName>admin</userName><password>[已隐藏]</password><id>7</id>',
    );
    expect(kept('see http://10.0.0.1:80/a@b and mqtt://u:Abc@h:1883/x').text).toBe(
      'see http://10.0.0.1:80/a@b and mqtt://u:[已隐藏]@h:1883/x',
    );
  });
});

describe('hostile messages', () => {
  /** Of a message of two hundred thousand characters. */
  const hostile = (piece: string, before = ''): Buffer => Buffer.from(before + piece.repeat(200_000 / piece.length));
  const cpuMs = (task: () => void): number => {
    const since = process.cpuUsage();
    task();
    const { user, system } = process.cpuUsage(since);
    return (user + system) / 1000;
  };

  it.each([
    ['heads without an end', 'name=pass_w\n'],
    ['names in forms', ' pass_ pass_'],
    ['names side by side', 'pass_'],
    ['blanks and names', ' pass_ '],
    ['names in JSON', '"pass_w":'],
    ['names in a name', '"pass_pass_pass_pass_pass_pass_'],
    ['names of pictures', '"imageimageimageimageimage'],
    ['quotes', '"'],
    ['escapes', '\\a'],
    ['elements', '<password '],
    ['names in elements', '<password_password_password'],
    ['CDATA without an end', '<password><![CDATA['],
    ['addresses', '://a:b'],
    ['slashes', '://'],
    ['colons and words', 'a:'],
    ['empty lines', '\n'],
    ['heads and empty lines', 'name="pass_wd"\r\n\r\n'],
  ])('take no more time than their length: %s', (_, piece) => {
    expect(cpuMs(() => maskWire(hostile(piece)))).toBeLessThan(600);
    expect(cpuMs(() => maskWire(hostile(piece, '{"imageFile":"')))).toBeLessThan(600);
    expect(cpuMs(() => withoutPassword(hostile(piece)))).toBeLessThan(600);
  });

  it('nothing is shown of what was not looked at', () => {
    const long = `${'a b\n'.repeat(20_000)}pwd=Abc12345`;
    const masked = maskWire(Buffer.from(long)).toString();
    expect(masked).not.toContain('Abc12345');
    expect(masked).toContain('14476 个字符');
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
