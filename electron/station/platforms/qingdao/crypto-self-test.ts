import type { Log } from '../../runtime/ports.ts';
import { nodeEngine, type RsaEngine, type RsaKeys } from './crypto.ts';
import { forgeEngine } from './crypto-forge.ts';
import { readPrivateKey, readPublicKey } from './keys.ts';

/** A key pair that guards nothing: it was made for this self-test and published with it. */
const TEST_PRIVATE =
  'MIICdwIBADANBgkqhkiG9w0BAQEFAASCAmEwggJdAgEAAoGBAMO9fmWygtMJ5+TdqHDLy8BAprOtl/E2iRqFvc5VvJ9+vx4QLu1FLmN85DVfm3m7p6a+o61+oKYtR04n5Tsk4nOklrDxhGrD9/9v+DtDGo31OoiwJJRQWSFeB3PR2/DZAnPtgPHGlhCENdaQc5hBRCTGzY0Uhquo0DowIwT9J77BAgMBAAECgYAEqYnOME9PaYf9eo4dia0juiZ+Vx8sXqkrWY4o0P/6KJGyzJ3hhulQ81OYNdvFLYQTw6ywYDjBXIi7QtYB76H5JoHb10/FjycYXHhs0vZGbyID0GgRnfk0cwgalivzFfF4Yv0x02obkRqNR3GB4o7rvhLIBlNlw0kcgg0ntI+xsQJBAOfJkYCgLFFaYw5TJs+TtsLKUo8RVcYRdWkyGr4feBeypuHI0G18mRVBm0JeUVcd0lxOQEuZR+/1+WD7Aw4O8GUCQQDYL/TGEds93XxPJe7/EoBgHraiUwkR718qsqSifXRYQx56KH+17tSMnjv2NyuuKJGOU6kZDYS8zyKbY2oebTktAkEAmZcMzoHUvBe72cspxZTpHwx4RotDHhuFhK6J3//0USe1w5mQ22wb+GTf38ul9KczNK05l567d3uzwxqxvIgTrQJAUHE3wWPvkouRr9nLnnoB7sI+7xO6skPBw5+JhzTrT9RZyNa8/rOJv3E5mppY1Isf7jfPGhVfqOniVLOfTwcRWQJBAJpdhkITbMd8fWkeezrGD+6VsVpHFkTjFWw5PaHDgVGyFbjfdMrej6BW/hssu8XQJ7jD4Ga3cHg1Ao4uqVVgU4s=';
const TEST_PUBLIC =
  'MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDDvX5lsoLTCefk3ahwy8vAQKazrZfxNokahb3OVbyffr8eEC7tRS5jfOQ1X5t5u6emvqOtfqCmLUdOJ+U7JOJzpJaw8YRqw/f/b/g7QxqN9TqIsCSUUFkhXgdz0dvw2QJz7YDxxpYQhDXWkHOYQUQkxs2NFIarqNA6MCME/Se+wQIDAQAB';
const TEXT = Buffer.from('岗亭 self-test');
/** PKCS#1 v1.5 signatures of {@link TEXT} have no random part, so they are known beforehand. */
const SIGNED = {
  SHA1: 'KpKvJdOTZvDSsGb7ctgMChMXIHyRNb1DcLo04WKGrMgGUZ2X8ssW+yRUOJ9OCzhqtXMy7PbaVheLKYChSmmJH3PpedME9VpZbQgXmzYHcEVZv27W3fBzRgSc9BjzdC6mRLilyU35B+sBv4K6oneAs9gKepJanVNYlz4yIFToxaY=',
  MD5: 'Bu9tDCQBj+brCit9ScCuozwG+B0uP4RYpsps5bloT1hpsTFWnMvGzaeR8ErZhhcLsWcPyYJAs7FMGMRMn7/h/+2OAi9FApLoXnHFtAUPWur4EYkrUQd2SeXjLTKZ1xbSM8I7ZEk8a3icCMYLLkLCowXY+S9rYy3OCrbPu9VZkvw=',
} as const;

type Primitive = keyof RsaEngine;
type MakeEngine = (keys: RsaKeys) => RsaEngine;
export type EngineChoice = Readonly<Record<Primitive, 'node' | 'forge'>>;

/** One known-answer test a primitive. Encryption is random, so it is checked by opening it with the forge engine. */
function tests(engine: RsaEngine, opener: RsaEngine): Readonly<Record<Primitive, () => boolean>> {
  const hashes = ['SHA1', 'MD5'] as const;
  const same = (found: Buffer | undefined): boolean => found?.equals(TEXT) === true;
  return {
    encryptWithPublic: () => same(opener.decryptWithPrivate(engine.encryptWithPublic(TEXT))),
    encryptWithPrivate: () => same(opener.recoverWithPublic(engine.encryptWithPrivate(TEXT))),
    decryptWithPrivate: () => same(engine.decryptWithPrivate(opener.encryptWithPublic(TEXT))),
    recoverWithPublic: () => same(engine.recoverWithPublic(opener.encryptWithPrivate(TEXT))),
    sign: () => hashes.every((hash) => engine.sign(hash, TEXT).toString('base64') === SIGNED[hash]),
    verify: () =>
      hashes.every((hash) => {
        const signature = Buffer.from(SIGNED[hash], 'base64');
        return engine.verify(hash, TEXT, signature) && !engine.verify(hash, Buffer.from('other'), signature);
      }),
  };
}

const passes = (test: () => boolean): boolean => {
  try {
    return test();
  } catch {
    return false;
  }
};

/**
 * Decides per primitive who does the work. Electron's crypto library is not Node's: it may lack a hash or a padding, and
 * which ones changes with its version, so the machine at hand is asked instead of a table. Throws when neither can do it.
 */
export function chooseEngine(native: MakeEngine = nodeEngine, portable: MakeEngine = forgeEngine): EngineChoice {
  const keys = { publicKey: readPublicKey(TEST_PUBLIC), privateKey: readPrivateKey(TEST_PRIVATE) };
  const opener = portable(keys);
  const natively = tests(native(keys), opener);
  const portably = tests(opener, opener);
  const choose = (primitive: Primitive): 'node' | 'forge' => {
    if (passes(natively[primitive])) return 'node';
    if (passes(portably[primitive])) return 'forge';
    throw new Error(`RSA ${primitive} fails its self-test with every implementation`);
  };
  return {
    encryptWithPublic: choose('encryptWithPublic'),
    encryptWithPrivate: choose('encryptWithPrivate'),
    decryptWithPrivate: choose('decryptWithPrivate'),
    recoverWithPublic: choose('recoverWithPublic'),
    sign: choose('sign'),
    verify: choose('verify'),
  };
}

/** An engine for `keys`, made of the parts that passed the self-test. Says in the log which were chosen. */
export function createEngine(keys: RsaKeys, log: Log, choice: EngineChoice = chooseEngine()): RsaEngine {
  const replaced = Object.entries(choice).filter(([, by]) => by === 'forge');
  if (replaced.length === 0) log.info('RSA self-test passed: node:crypto does all of it');
  else log.warn('RSA self-test: node-forge stands in, which is slow', { primitives: replaced.map(([name]) => name) });
  return engineOf(keys, choice);
}

/** An engine for `keys` as it was chosen, on whatever thread. */
export function engineOf(keys: RsaKeys, choice: EngineChoice): RsaEngine {
  const native = nodeEngine(keys);
  if (Object.values(choice).every((by) => by === 'node')) return native;
  const engines = { node: native, forge: forgeEngine(keys) };
  return {
    encryptWithPublic: engines[choice.encryptWithPublic].encryptWithPublic,
    encryptWithPrivate: engines[choice.encryptWithPrivate].encryptWithPrivate,
    decryptWithPrivate: engines[choice.decryptWithPrivate].decryptWithPrivate,
    recoverWithPublic: engines[choice.recoverWithPublic].recoverWithPublic,
    sign: engines[choice.sign].sign,
    verify: engines[choice.verify].verify,
  };
}
