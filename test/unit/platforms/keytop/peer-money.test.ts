import { createServer, type Server } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { KeytopPlatform } from '../../../../electron/station/platforms/keytop/keytop-platform.ts';
import { startThirdParty, type ThirdParty } from '../../../peers/keytop/index.ts';
import { until } from '../../../support/until.ts';
import { ANNA, MINUTE, PlatformStation, type StationOptions } from '../platform-station.ts';
import { settings } from './support.ts';

/** Payments at an exit before a third party that was written from the document alone, over HTTP both ways. */

const CAR = '闽D02000';

class Site extends PlatformStation<KeytopPlatform> {
  readonly #front: Server;

  private constructor(thirdParty: ThirdParty, front: Server, options: StationOptions) {
    const { up, down, baseUrl, parkCode } = thirdParty;
    const chosen = settings({
      ...{ baseUrl, user: up.user, password: up.pwd, key: up.key, parkCode },
      downlink: { user: down.user, password: down.pwd, key: down.key },
      spaces: { quietMs: 60 * MINUTE },
    });
    super({ make: (deps) => new KeytopPlatform(chosen, deps), car: CAR }, options);
    this.#front = front;
  }

  static async open(): Promise<Site> {
    const front = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method = '', url = '', headers } = request;
        const body = Buffer.concat(chunks);
        const contentType = headers['content-type'] ?? '';
        void site.platform.inbound
          ?.handle({ method, path: url, query: '', remote: '127.0.0.1', headers, contentType, body })
          .then(({ status, contentType: type, body: answer }) =>
            response.writeHead(status, { 'content-type': type }).end(answer),
          );
      });
    });
    await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
    const at = front.address();
    thirdParty.downlink.address = `http://127.0.0.1:${typeof at === 'object' && at ? at.port : 0}`;
    const site: Site = new Site(thirdParty, front, {});
    now = () => site.clock.now();
    await site.hub.start();
    return site;
  }

  protected async close(): Promise<void> {
    await new Promise((resolve) => this.#front.close(resolve));
  }

  comes(what: string, probe: () => boolean): Promise<boolean> {
    return until(what, async () => {
      await this.clock.advance(5);
      return probe();
    });
  }
}

let now = (): number => 0;
let thirdParty: ThirdParty;
let site: Site;
afterEach(async () => {
  await site.dispose();
  await thirdParty.close();
});

async function parked(): Promise<string> {
  thirdParty = await startThirdParty({ now: () => now() });
  site = await Site.open();
  thirdParty.plate(CAR).set({ signed: true });
  const uid = await site.parked(0);
  await site.comes('signed', () => site.read.agreements.ofPlate(CAR).length === 1);
  site.clock.jumpWall(61 * MINUTE);
  return uid;
}
const attempts = (uid: string) => site.read.attempts.ofStay(uid);
const is = (uid: string, ...states: string[]) =>
  site.comes(
    states.join(', '),
    () =>
      attempts(uid)
        .map(({ state }) => state)
        .join() === states.join(),
  );
const gone = () => site.comes('an empty outbox', () => site.read.outbox.counts('keytop', 0).waiting === 0);
const sound = async () => {
  await gone();
  expect(thirdParty.violations).toEqual([]);
  expect(thirdParty.books.differences()).toEqual([]);
};

it('is charged by seamless payment, by either spelling', async () => {
  const uid = await parked();
  thirdParty.plate(CAR).set({ spelling: 'deductMoney' });
  site.car('out1');
  await is(uid, 'paid');
  await sound();
});

it('pays a part there and the rest by code', async () => {
  const uid = await parked();
  thirdParty.plate(CAR).set({ limitFen: 300 });
  site.car('out1');
  await is(uid, 'paid');
  const charged = site.payments.desk.charge(site.bill(uid).id, { channel: 'keytop-qr' }, ANNA);
  charged.catch(() => undefined);
  await site.comes('a code', () => attempts(uid).length === 2 && thirdParty.received('GetPayQRCode').length === 1);
  const { text } = await charged;
  const { payment } = await thirdParty.app.payQr(text ?? '');
  expect(payment?.ok).toBe(true);
  await is(uid, 'paid', 'paid');
  expect(site.read.stays.get(uid)).toMatchObject({ status: 'left', paidFen: 1000 });
  await sound();
});

it('pays by the scan gun', async () => {
  const uid = await parked();
  thirdParty.plate(CAR).set({ refuse: true });
  site.car('out1');
  await is(uid, 'declined');
  const authCode = thirdParty.authCode('王');
  site.payments.desk.charge(site.bill(uid).id, { channel: 'keytop-scan', authCode }, ANNA).catch(() => undefined);
  await is(uid, 'declined', 'paid');
  await sound();
});

it('is corrected where nobody knew, and cash was taken', async () => {
  const uid = await parked();
  thirdParty.fault({ kind: 'answer-lost' }, { interface: 'PostCarOutInfo' });
  site.car('out1');
  await is(uid, 'unknown');
  site.cash(site.bill(uid));
  await is(uid, 'reversed');
  await sound();
});
