import { describe, expect, it } from 'vitest';
import { nodeEngine, stripEncryptionPadding } from '../../../../electron/station/platforms/qingdao/crypto.ts';
import { forgeEngine } from '../../../../electron/station/platforms/qingdao/crypto-forge.ts';
import { chooseEngine, createEngine } from '../../../../electron/station/platforms/qingdao/crypto-self-test.ts';
import { modulusBits, readPrivateKey, readPublicKey } from '../../../../electron/station/platforms/qingdao/keys.ts';
import { deps, makeKey, userKey } from './support.ts';

const node = nodeEngine(userKey);
const forge = forgeEngine(userKey);
const text = Buffer.from('岗亭 Gatehouse');

describe('node:crypto and node-forge', () => {
  it.each([
    ['node', node, forge],
    ['forge', forge, node],
  ])('what %s makes, the other undoes', (_maker, maker, undoer) => {
    expect(undoer.decryptWithPrivate(maker.encryptWithPublic(text))).toEqual(text);
    expect(undoer.recoverWithPublic(maker.encryptWithPrivate(text))).toEqual(text);
    for (const hash of ['SHA1', 'MD5'] as const) {
      const signature = maker.sign(hash, text);
      expect(undoer.sign(hash, text)).toEqual(signature);
      expect(undoer.verify(hash, text, signature)).toBe(true);
      expect(undoer.verify(hash, Buffer.from('other'), signature)).toBe(false);
      expect(undoer.verify(hash, text, signature.subarray(1))).toBe(false);
    }
  });

  it.each([
    ['node', node],
    ['forge', forge],
  ])('%s answers undefined, and does not throw, for what it cannot open', (_name, engine) => {
    const stranger = nodeEngine(makeKey());
    expect(engine.decryptWithPrivate(Buffer.alloc(128, 7))).toBeUndefined();
    expect(engine.recoverWithPublic(stranger.encryptWithPrivate(text))).toBeUndefined();
    expect(engine.decryptWithPrivate(Buffer.alloc(3))).toBeUndefined();
  });

  it('handles a full block, and one that begins with zero bytes', () => {
    for (const plain of [Buffer.alloc(117, 0xe5), Buffer.from([0, 0, 1]), Buffer.alloc(0)]) {
      expect(node.decryptWithPrivate(forge.encryptWithPublic(plain))).toEqual(plain);
      expect(forge.decryptWithPrivate(node.encryptWithPublic(plain))).toEqual(plain);
    }
  });
});

describe('padding', () => {
  const block = (head: readonly number[], fill: number, zeroAt: number): Buffer => {
    const bytes = Buffer.alloc(128, fill);
    bytes.set(head);
    if (zeroAt > 0) bytes[zeroAt] = 0;
    return bytes;
  };
  it.each([
    ['wrong first byte', block([1, 2], 5, 20)],
    ['wrong type', block([0, 1], 5, 20)],
    ['no end', block([0, 2], 5, 0)],
    ['fewer than eight bytes', block([0, 2], 5, 9)],
  ])('is refused: %s', (_why, bytes) => {
    expect(stripEncryptionPadding(bytes)).toBeUndefined();
  });
  it('ends at the first zero byte', () => {
    const bytes = block([0, 2], 5, 10);
    bytes[100] = 0;
    expect(stripEncryptionPadding(bytes)).toHaveLength(117);
  });
});

describe('self-test', () => {
  it('finds node:crypto able here', () => {
    expect(new Set(Object.values(chooseEngine()))).toEqual(new Set(['node']));
  });

  it('hands only the failing primitives to node-forge, and what they make together is right', () => {
    const refusing = (): never => {
      throw new Error('Error:0b000000:UNSUPPORTED');
    };
    const choice = chooseEngine((keys) => ({
      ...nodeEngine(keys),
      decryptWithPrivate: refusing,
      sign: () => Buffer.alloc(128),
    }));
    expect(choice).toMatchObject({
      decryptWithPrivate: 'forge',
      sign: 'forge',
      encryptWithPublic: 'node',
      verify: 'node',
    });
    const mixed = createEngine(userKey, deps().log, choice);
    expect(mixed.decryptWithPrivate(mixed.encryptWithPublic(text))).toEqual(text);
    expect(mixed.verify('SHA1', text, mixed.sign('SHA1', text))).toBe(true);
  });

  it('notices one that answers wrongly instead of failing', () => {
    const choice = chooseEngine((keys) => ({
      ...nodeEngine(keys),
      verify: () => true,
      decryptWithPrivate: () => Buffer.from('random'),
    }));
    expect(choice).toMatchObject({ verify: 'forge', decryptWithPrivate: 'forge' });
  });

  it('says so when nothing works', () => {
    const broken = (keys: Parameters<typeof nodeEngine>[0]) => ({ ...nodeEngine(keys), sign: () => Buffer.alloc(0) });
    expect(() => chooseEngine(broken, broken)).toThrow(/sign fails its self-test/);
  });
});

describe('keys', () => {
  const key = makeKey();
  const pub = (type: 'spki' | 'pkcs1') => key.publicKey.export({ type, format: 'pem' }).toString();
  const priv = (type: 'pkcs8' | 'pkcs1') => key.privateKey.export({ type, format: 'pem' }).toString();
  const line = (pem: string): string => pem.replace(/-----[^-]+-----|\s/g, '');
  const squeezed = (pem: string): string => pem.replaceAll('\n', '');
  const escaped = (pem: string): string => pem.replaceAll('\n', '\\n');

  it.each([
    pub('spki'),
    pub('pkcs1'),
    line(pub('spki')),
    line(pub('pkcs1')),
    squeezed(pub('spki')),
    escaped(pub('spki')),
  ])('reads a public key in every usual form (%#)', (form) => {
    expect(readPublicKey(form).equals(key.publicKey)).toBe(true);
    expect(modulusBits(readPublicKey(form))).toBe(1024);
  });
  it.each([priv('pkcs8'), priv('pkcs1'), line(priv('pkcs8')), line(priv('pkcs1')), squeezed(priv('pkcs8'))])(
    'reads a private key in every usual form (%#)',
    (form) => {
      expect(readPrivateKey(form).equals(key.privateKey)).toBe(true);
    },
  );
  it('does not take a public key for a private one, nor the other way round', () => {
    expect(() => readPrivateKey(pub('spki'))).toThrow(/cannot be read/);
    for (const form of [priv('pkcs8'), priv('pkcs1')]) expect(() => readPublicKey(form)).toThrow(/is a private key/);
  });
});
