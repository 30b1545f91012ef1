import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { compose } from '../../../peers/shenzhen/down/compose.ts';
import { isDownName } from '../../../peers/shenzhen/down/tables.ts';
import { signed } from '../../../peers/shenzhen/down/write-json.ts';
import { signatureOf, stringToSign } from '../../../peers/shenzhen/index.ts';
import { isObject, readJson, signedText } from '../../../peers/shenzhen/json.ts';
import { KEYS } from './wire.ts';

const load = (name: string): unknown => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
const object = z.record(z.string(), z.unknown());
const vectors = z
  .array(
    z.object({
      ...{ name: z.string(), secret: z.string(), params: object, notSigned: z.array(z.string()) },
      ...{ text: z.string(), expected: z.string() },
    }),
  )
  .parse(load('./vectors.json'));
/** The requests that the document's companion has as examples, by interface. */
const examples = z.record(z.string(), object).parse(load('./examples.json'));

const membersOf = (params: object): [string, string][] =>
  Object.entries(params).flatMap(([name, value]): [string, string][] => {
    const text = signed(value);
    return text === undefined ? [] : [[name, text]];
  });

describe('the signature', () => {
  test.each(vectors)('$name', ({ params, secret, notSigned, text, expected }) => {
    expect(stringToSign(membersOf(params), secret, notSigned)).toBe(text);
    expect(signatureOf(membersOf(params), secret, notSigned)).toBe(expected);
  });

  test('covers what was written, not what it means', () => {
    const read = readJson('{ "b" : 8.00, "a":\n[ 1.50, {"x" : "\\u7ca4"} ], "c":"\\u7ca4B" }');
    if (!('node' in read)) throw new Error(read.fault);
    const texts = read.node.members.map(([name, node]) => `${name}=${signedText(node)}`);
    expect(texts).toEqual(['b=8.00', 'a=[1.50,{"x":"粤"}]', 'c=粤B']);
  });

  test.each(['{"a":1,"a":2}', '{"a":01}', '{"a":1,}', '\ufeff{}', '{"a":1} x', '["\u0001"]', '', '[['])(
    'no JSON: %s',
    (text) => {
      expect(readJson(text)).toHaveProperty('fault');
    },
  );
});

describe('a call that is written like its example', () => {
  const context = {
    ...{ keys: KEYS, framing: 'line' as const, now: 1_506_496_739_000, windowMs: 300_000 },
    ...{ methods: new Map<string, string>(), signHeader: false },
  };
  const down = Object.entries(examples).filter(([, example]) => example['type'] === 'request');
  test.each(down)('%s', (name, example) => {
    if (!isDownName(name)) throw new Error('no down interface');
    const { data, requestId } = example;
    if (!isObject(data)) throw new Error('no data');
    const { signature: _, ...fields } = data;
    const { frame, legal } = compose(name, fields, {}, String(requestId), context);
    expect(frame.toString('utf8')).toBe(`${JSON.stringify(example)}\n`);
    expect(legal).toBe(true);
  });
});
