import { createHash, randomBytes } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { QingdaoCodec } from '../../../../electron/station/platforms/qingdao/codec.ts';
import { nodeEngine } from '../../../../electron/station/platforms/qingdao/crypto.ts';
import { chooseEngine } from '../../../../electron/station/platforms/qingdao/crypto-self-test.ts';
import { type Sealer, SealThread } from '../../../../electron/station/platforms/qingdao/sealer.ts';
import { type Form, Sealing } from '../../../../electron/station/platforms/qingdao/sealing.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { memoryLog } from '../../../support/silent-log.ts';
import { until } from '../../../support/until.ts';
import { platformKey, platformOpens, settings, userKey } from './support.ts';

const keys = { publicKey: platformKey.publicKey, privateKey: userKey.privateKey };
const codec = new QingdaoCodec(settings(), keys, nodeEngine(keys));
const start = () => ({ settings: settings(), ...keys, choice: chooseEngine() });

/** Counts what is sealed on this thread. */
class Watched extends Sealing {
  count = 0;
  override form(plain: string, file?: string): Form {
    this.count += 1;
    return super.form(plain, file);
  }
}
const here = () => new Watched(settings(), keys, nodeEngine(keys));

const deps = () => ({ clock: new FakeClock(), log: memoryLog(), failing: () => undefined });

let sealer: Sealer | undefined;
afterEach(async () => await sealer?.close());

const fieldsOf = ({ body }: Form): URLSearchParams =>
  new URLSearchParams(typeof body === 'string' ? body : Buffer.from(body).toString('latin1'));
function opened(form: Form): { readonly verified: boolean; readonly plain: string } {
  const fields = fieldsOf(form);
  return platformOpens(fields.get('cipher') ?? '', fields.get('sign') ?? '');
}
/** The thread is there once a request was not sealed on this one. */
async function onThread(own: Watched, made: Sealer): Promise<void> {
  await until('the thread seals', async () => {
    const before = own.count;
    await made.form('{"data":{}}');
    return own.count === before || undefined;
  });
}

describe('sealing on another thread', () => {
  it('gives what the platform can verify and open, in the order of the questions', async () => {
    const own = here();
    const made = new SealThread(own, start(), deps());
    sealer = made;
    await onThread(own, made);
    const before = own.count;
    const plains = Array.from({ length: 20 }, (_, index) => codec.plain({ data: { plateNo: '鲁B01C01', index } }));
    const forms = await Promise.all(plains.map((plain) => made.form(plain)));
    expect(own.count).toBe(before);
    for (const [index, form] of forms.entries()) expect(opened(form)).toEqual({ verified: true, plain: plains[index] });
    expect(forms.map((form) => fieldsOf(form).get('accessID'))).toEqual(plains.map(() => '234'));
  });

  it('writes a picture out, and tells its size and digest', async () => {
    const own = here();
    sealer = new SealThread(own, start(), deps());
    await onThread(own, sealer);
    const picture = randomBytes(300_000);
    const form = await sealer.form('{"data":{}}', picture.toString('base64'));
    expect(fieldsOf(form).get('file')).toBe(picture.toString('base64'));
    const sha256 = createHash('sha256').update(picture).digest('hex');
    expect(form.attached).toEqual([{ name: 'file', bytes: picture.length, sha256 }]);
    expect((await sealer.form('{"data":{}}')).attached).toEqual([]);
  });

  it('seals here until the thread is there, and what it left behind when it ends', async () => {
    const own = here();
    const made = new SealThread(own, start(), deps());
    sealer = made;
    expect(opened(await made.form('{"data":{"a":1}}')).verified).toBe(true);
    expect(own.count).toBe(1);
    await onThread(own, made);
    const before = own.count;
    const asked = [1, 2, 3].map((index) => made.form(`{"data":{"a":${index}}}`));
    await made.close();
    for (const form of await Promise.all(asked)) expect(opened(form).verified).toBe(true);
    expect(own.count).toBeGreaterThan(before);
  });

  it('seals here, and says so, where a thread cannot be had', async () => {
    const own = here();
    const log = memoryLog();
    sealer = new SealThread(
      own,
      { ...start(), choice: Object.assign(chooseEngine(), { sign: 'nobody' }) },
      { ...deps(), log },
    );
    await sealer.form('{"data":{}}');
    await until('it is said', () => log.lines.find(({ message }) => message.startsWith('the sealing thread ended')));
    expect(opened(await sealer.form('{"data":{}}')).verified).toBe(true);
  });
});

describe('a thread that is of no use', () => {
  /** A thread that says that it is there; what it then does with its jobs is up to the test. */
  const worker = (atWork: string): Worker =>
    new Worker(
      `const { parentPort } = require('node:worker_threads');
       parentPort.on('message', (jobs) => { ${atWork} });
       parentPort.postMessage([]);`,
      { eval: true },
    );

  function under(atWork: string) {
    const clock = new FakeClock();
    const own = here();
    const told: boolean[] = [];
    let times = 0;
    const made = new SealThread(own, start(), {
      ...{ clock, log: memoryLog() },
      failing: (failing) => told.push(failing),
      open: () => {
        times += 1;
        return worker(atWork);
      },
    });
    sealer = made;
    /** The first form that is left to the thread. */
    const left = (): Promise<{ readonly form: Promise<Form> }> =>
      until('a form is left to the thread', async () => {
        const before = own.count;
        const form = made.form(PLAIN);
        if (own.count === before) return { form };
        await form;
        return undefined;
      });
    const ask = async (): Promise<Form> => {
      const { form } = await left();
      await clock.advance(15_000);
      return await form;
    };
    return { clock, told, ask, made, opened: () => times };
  }
  const PLAIN = '{"data":{"a":1}}';

  it.each([
    ['hangs', ''],
    ['ends', 'process.exit(1);'],
    ['says what nobody understands', 'parentPort.postMessage("what?");'],
    ['cannot do it', 'parentPort.postMessage(jobs.map(({ id }) => ({ id, fault: "no key" })));'],
  ])('%s: what it was given is sealed here', async (_what, atWork) => {
    expect(opened(await under(atWork).ask())).toEqual({ verified: true, plain: PLAIN });
  });

  it('is started again after a pause that grows, and people are told when it ends again and again', async () => {
    const thread = under('');
    for (const [times, pauseMs] of [
      [1, 5_000],
      [2, 10_000],
      [3, 20_000],
    ] as const) {
      expect(thread.told).toEqual([]);
      await thread.ask();
      await thread.clock.advance(pauseMs - 1);
      await thread.made.form(PLAIN);
      expect(thread.opened()).toBe(times);
      await thread.clock.advance(1);
    }
    expect(thread.told).toEqual([true]);
  });
});
