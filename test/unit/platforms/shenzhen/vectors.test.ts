import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { readAnswer } from '../../../../electron/station/platforms/shenzhen/answer.ts';
import { isUpName } from '../../../../electron/station/platforms/shenzhen/config-wire.ts';
import type { WireValue } from '../../../../electron/station/platforms/shenzhen/context.ts';
import { allMessages, downMessages } from '../../../../electron/station/platforms/shenzhen/messages.ts';
import { signatureOf } from '../../../../electron/station/platforms/shenzhen/signature.ts';
import { Uplink } from '../../../../electron/station/platforms/shenzhen/uplink.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { serveForms } from '../form-server.ts';
import { settings } from './up-support.ts';
import { examples, SECRET, vectors } from './vectors.ts';

const wireValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.record(z.string(), z.unknown()))]);
/** Null is absent. */
const wireOf = (params: Readonly<Record<string, unknown>>): Record<string, WireValue> =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, value === null ? undefined : wireValue.parse(value)]),
  );

describe('signatures', () => {
  const computed = vectors.filter(({ params }) => params !== undefined);

  test('there are the fifteen that were computed, and the printed one', () => {
    expect(computed.length).toBe(15);
    expect(vectors.length).toBe(16);
  });

  test.each(computed)('$name', ({ params = {}, secret, unsigned, expected }) => {
    const left = unsigned.filter((name) => name === 'image');
    expect(signatureOf(wireOf(params), secret, left)).toBe(expected);
  });

  it('is the written rule and not the printed example', () => {
    const printed = vectors.find(({ reproduces }) => !reproduces);
    const fields = Object.fromEntries(
      (printed?.plain ?? '')
        .slice(0, -(printed?.secret.length ?? 0))
        .split('&')
        .map((pair) => pair.split('=')),
    );
    expect(signatureOf(fields, printed?.secret ?? '')).toBe(printed?.computedByRule);
    const bare = { ...fields, plateNumber: fields['plateNumber'].replace(' ', '') };
    expect(signatureOf(bare, printed?.secret ?? '')).toBe(printed?.computedByRuleWithoutSpace);
  });
});

describe('examples', () => {
  let server: Awaited<ReturnType<typeof serveForms<string>>> | undefined;
  afterEach(() => server?.close());

  async function sent(name: string, request: Readonly<Record<string, unknown>>, wire: object = {}) {
    server = await serveForms<string>(
      (text) => text,
      (_request, response) => response.end('{"code":0}'),
    );
    const { accessKey } = z.looseObject({ accessKey: z.string() }).parse(request);
    const chosen = settings({ baseUrl: server.baseUrl, accessKey, accessSecret: SECRET, wire });
    const clock = new FakeClock();
    const uplink = new Uplink(chosen, clock, undefined);
    const { accessKey: _key, signature: _signature, ...fields } = request;
    if (!isUpName(name)) throw new Error(`no interface ${name}`);
    const { answer } = await uplink.send(name, wireOf(fields), AbortSignal.timeout(5000));
    await uplink.close();
    expect(answer).toEqual({ kind: 'answered', code: 0, message: '' });
    const [received] = server.received;
    if (!received) throw new Error('nothing came');
    return received;
  }
  const pairs = (form: string): string[] => form.split('&').sort();

  test.each(examples.filter(({ form }) => form !== undefined))(
    'the form of $id',
    async ({ id, request, form = '' }) => {
      const { text, path, contentType } = await sent(id, request);
      expect(pairs(text)).toEqual(pairs(form));
      expect(path).toBe(`/api/${id}`);
      expect(contentType).toBe('application/x-www-form-urlencoded;charset=utf-8');
    },
  );

  it('are signed as texts, numbers and lists stand, in JSON and in an envelope, too', async () => {
    const [{ request } = { request: {} }] = examples.filter(({ id }) => id === 'berthInfo');
    const json = await sent('berthInfo', request, { body: 'json' });
    expect(JSON.parse(json.text)).toEqual(request);
    await server?.close();
    const envelope = JSON.parse((await sent('berthInfo', request, { body: 'envelope' })).text);
    expect(envelope).toEqual({ timestamp: expect.any(Number), sign: expect.any(String), data: [request] });
    const inner = JSON.stringify(envelope.data);
    const plain = `data=${inner}&timestamp=${envelope.timestamp}${SECRET}`;
    expect(envelope.sign).toBe(createHash('sha1').update(plain).digest('hex').toUpperCase());
  });

  it('of more than 10 MB do not leave', async () => {
    server = await serveForms<string>(
      (text) => text,
      (_request, response) => response.end('{"code":0}'),
    );
    const uplink = new Uplink(settings({ baseUrl: server.baseUrl }), new FakeClock(), undefined);
    const { answer } = await uplink.send('park', { description: 'x'.repeat(10_000_000) }, AbortSignal.timeout(5000));
    await uplink.close();
    expect(answer).toMatchObject({ kind: 'failed', maybeArrived: false });
    expect(server.received).toEqual([]);
  });

  test.each(examples.filter(({ request }) => 'method' in request))(
    '$id of the city is understood',
    ({ id, request }) => {
      const message = downMessages.find(({ name }) => name === id);
      expect(message?.schema.safeParse(request['data']).error?.issues ?? []).toEqual([]);
    },
  );

  test.each(examples.filter(({ form }) => form !== undefined))('the answer to $id is read', ({ response }) => {
    const result = { kind: 'answered', status: 200, text: JSON.stringify(response), date: null } as const;
    expect(readAnswer(result)).toMatchObject({ kind: 'answered', code: 0 });
  });
});

test('all twenty interfaces are there, under the sections of the document', () => {
  expect(Object.fromEntries(allMessages.map(({ name, section }) => [name, section]))).toEqual(
    Object.fromEntries(examples.map(({ id }, index) => [id, `6.3.${index + 2}`])),
  );
});
