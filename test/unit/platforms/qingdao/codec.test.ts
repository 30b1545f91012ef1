import { describe, expect, it } from 'vitest';
import { stringifyLossless } from '../../../../electron/station/platforms/lossless-json.ts';
import { QingdaoCodec } from '../../../../electron/station/platforms/qingdao/codec.ts';
import { nodeEngine } from '../../../../electron/station/platforms/qingdao/crypto.ts';
import { makeKey, platformKey, platformOpens, platformSeals, settings, userKey } from './support.ts';

const keys = { publicKey: platformKey.publicKey, privateKey: userKey.privateKey };
const codec = (changes: Readonly<Record<string, unknown>> = {}): QingdaoCodec =>
  new QingdaoCodec(settings(changes), keys, nodeEngine(keys));
/** The same protocol seen from the platform: it holds the other two keys. */
const mirror = (changes: Readonly<Record<string, unknown>> = {}): QingdaoCodec => {
  const theirs = { publicKey: userKey.publicKey, privateKey: platformKey.privateKey };
  return new QingdaoCodec(settings(changes), theirs, nodeEngine(theirs));
};

const state = {
  parkingCode: '1001',
  totalBerthNum: 150,
  openBerthNum: 130,
  freeBerthNum: 10,
  uploadTime: '2015-09-01 09:10:11',
};

describe('uplink', () => {
  it('makes of the worked example 123 bytes, 344 characters of cipher and 172 of signature', () => {
    const plain = codec().plain({ data: state });
    expect(Buffer.byteLength(plain)).toBe(123);
    const { cipher, sign } = codec().seal(plain);
    expect(cipher).toHaveLength(344);
    expect(sign).toHaveLength(172);
  });

  it('is opened by an independent implementation', () => {
    const plain = codec().plain({ data: { plateNo: '鲁B01C01', n: 1 } });
    const { cipher, sign } = codec().seal(plain);
    expect(platformOpens(cipher, sign)).toEqual({ verified: true, plain: '{"data":{"plateNo":"鲁B01C01","n":1}}' });
  });

  it.each([115, 116, 117])('survives a Chinese character cut by the end of a block (%i bytes before it)', (before) => {
    const text = `${'x'.repeat(before)}岗亭${'y'.repeat(130)}`;
    const { cipher, sign } = codec().seal(text);
    expect(platformOpens(cipher, sign).plain).toBe(text);
  });

  it('gives another cipher each time', () => {
    expect(codec().seal('x').cipher).not.toBe(codec().seal('x').cipher);
  });

  it('percent-encodes what Base64 is made of, and sends the file beside the cipher', () => {
    const body = codec().form({ data: state, file: '+/8=' });
    expect(body.endsWith('&file=%2B%2F8%3D')).toBe(true);
    const form = new URLSearchParams(body);
    expect([...form.keys()]).toEqual(['accessID', 'cipher', 'sign', 'file']);
    expect(form.get('accessID')).toBe('234');
    expect(platformOpens(form.get('cipher') ?? '', form.get('sign') ?? '')).toMatchObject({ verified: true });
  });

  it('writes data as a text when told', () => {
    expect(codec({ payload: { dataAs: 'string' } }).plain({ data: { a: '1' } })).toBe('{"data":"{\\"a\\":\\"1\\"}"}');
  });

  it('cuts blocks by the size of the key', () => {
    const long = makeKey(2048);
    const longKeys = { publicKey: long.publicKey, privateKey: long.privateKey };
    const other = new QingdaoCodec(settings(), longKeys, nodeEngine(longKeys));
    expect(Buffer.from(other.seal('x'.repeat(245)).cipher, 'base64')).toHaveLength(256);
    expect(Buffer.from(other.seal('x'.repeat(246)).cipher, 'base64')).toHaveLength(512);
  });

  it.each([
    { crypto: { encoding: 'hex' } },
    { crypto: { signInput: 'bytes' } },
    { crypto: { hash: 'MD5' } },
    { crypto: { encoding: 'hex', signInput: 'bytes', hash: 'MD5' } },
  ])('is understood by a mirror with the same settings: %o', (changes) => {
    const sealed = codec(changes).seal('{"plateNo":"鲁B01C01"}');
    expect(mirror(changes).open(sealed)).toEqual({ kind: 'open', body: { plateNo: '鲁B01C01' } });
  });

  it('encrypts with our private key when told, for cities that want it so', () => {
    const changes = { crypto: { uplinkKey: 'userPrivate', downlink: 'platformPrivate' } };
    const sealed = codec(changes).seal('{"a":"1"}');
    expect(mirror(changes).open(sealed)).toEqual({ kind: 'open', body: { a: '1' } });
    expect(mirror({ crypto: { downlink: 'mirrored' } }).open(sealed)).toEqual({ kind: 'bad', fault: 'content' });
  });
});

describe('downlink', () => {
  it('opens what the platform sealed, with a character cut in half', () => {
    const body = { remark: `${'x'.repeat(105)}岗亭` };
    expect(codec().open(platformSeals(JSON.stringify(body)))).toEqual({ kind: 'open', body });
  });

  it('takes off a data wrapper that has company', () => {
    expect(codec().open(platformSeals('{"requestId":1,"data":{"plateNo":"鲁B01C01"}}'))).toEqual({
      kind: 'open',
      body: { plateNo: '鲁B01C01' },
    });
    expect(codec().open(platformSeals('{"plateNo":"鲁B01C01","data":"text"}'))).toMatchObject({
      body: { plateNo: '鲁B01C01' },
    });
  });

  it('takes off a data wrapper', () => {
    expect(codec().open(platformSeals('{"data":{"plateNo":"鲁B01C01"}}'))).toEqual({
      kind: 'open',
      body: { plateNo: '鲁B01C01' },
    });
  });

  it('recovers with the platform public key when the platform encrypted with its private one', () => {
    const sealed = mirror({ crypto: { uplinkKey: 'userPrivate' } }).seal('{"a":"1"}');
    expect(codec().open(sealed)).toEqual({ kind: 'open', body: { a: '1' } });
  });

  it('drops a wrong signature, an altered cipher and a stranger', () => {
    const sealed = platformSeals('{"a":"1"}');
    const altered = sealed.cipher.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'));
    const bad = { kind: 'bad', fault: 'signature' };
    expect(codec().open({ ...sealed, cipher: altered })).toEqual(bad);
    expect(codec().open({ ...sealed, sign: 'AAAA' })).toEqual(bad);
    expect(codec().open({ ...sealed, sign: '' })).toEqual(bad);
    expect(codec().open(platformSeals('{"a":"1"}', makeKey()))).toEqual(bad);
  });

  it.each(['not json', '[1]', '"text"', ''])('calls signed nonsense unreadable: %s', (plain) => {
    expect(codec().open(platformSeals(plain))).toEqual({ kind: 'bad', fault: 'content' });
  });

  it('keeps every digit of what it will have to echo', () => {
    const plain = '{"plateNo":"鲁B01001","ticket":9007199254740993123,"ratio":1.50}';
    const opened = codec().open(platformSeals(plain));
    expect(opened.kind === 'open' && stringifyLossless(opened.body)).toBe(plain);
  });
});
