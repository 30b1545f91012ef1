import { vi } from 'vitest';
import { QingdaoCodec } from '../../../../electron/station/platforms/qingdao/codec.ts';
import { nodeEngine } from '../../../../electron/station/platforms/qingdao/crypto.ts';
import { QingdaoDownlink } from '../../../../electron/station/platforms/qingdao/downlink.ts';
import { QingdaoPlatform } from '../../../../electron/station/platforms/qingdao/qingdao-platform.ts';
import { Uplink } from '../../../../electron/station/platforms/qingdao/uplink.ts';
import { shanghaiDateTime } from '../../../../shared/domain/time.ts';
import { openText, sealText, signText } from '../../../peers/qingdao/crypto.ts';
import { type Data, HOUR, type StationOptions } from '../platform-station.ts';
import { PlatformWorld } from '../platform-world.ts';
import { listen, platformKey, sealedPayload, settings, userKey } from './support.ts';

export { ANNA, HOUR, MINUTE } from '../platform-station.ts';
export const CAR = '鲁B01C01';

type CityWorldOptions = Pick<StationOptions, 'settings' | 'channel'>;

/** Nothing on a timer, and nothing asked about a car that came in, unless the test wants it. */
const QUIET = { intervals: { parkingStateMs: HOUR, heartbeatMs: HOUR }, lookUp: { atEntry: 'never' } };
const OK = { resultCode: '200', msg: '' };

/**
 * The station before a city on a socket: notices go in as the broker would hand them over. The city seals and opens as its stand-in
 * in test/peers does; what node-forge makes of the same bytes is for the tests of the codec.
 */
export class CityWorld extends PlatformWorld<QingdaoPlatform, Data> {
  readonly #downlink: QingdaoDownlink;
  #requests = 0;

  private constructor(server: Awaited<ReturnType<typeof listen>>, options: CityWorldOptions) {
    const chosen = settings({ ...QUIET, baseUrl: server.baseUrl, ...options.settings });
    super(
      {
        ...{ server, ok: OK, car: CAR, asking: vi.spyOn(Uplink.prototype, 'exchange') },
        // Encrypting and signing, mostly on another thread.
        making: vi.spyOn(Uplink.prototype, 'make'),
        make: (deps) => new QingdaoPlatform(chosen, deps),
      },
      options,
    );
    const keys = { publicKey: platformKey.publicKey, privateKey: userKey.privateKey };
    this.#downlink = new QingdaoDownlink(
      {
        ...{ ...this.deps, settings: chosen, noteDrift: () => undefined },
        ask: () => Promise.resolve({ kind: 'failed', reason: 'not asked in a notice', maybeArrived: false }),
      },
      new QingdaoCodec(chosen, keys, nodeEngine(keys)),
      () => undefined,
    );
  }

  static async open(options: CityWorldOptions = {}): Promise<CityWorld> {
    const server = await listen(({ path, form }, response) => {
      const { data } = JSON.parse(openText(form.get('cipher') ?? '', platformKey.privateKey));
      world.hear(path.split('/').at(-1) ?? '', data, response);
    });
    const world: CityWorld = new CityWorld(server, options);
    await world.hub.start();
    return world;
  }

  /** Pushes a notice; `at` is the time in its envelope. @returns its answer, as it stands in the outbox. */
  push(name: string, body: Data, options: { readonly requestId?: string; readonly at?: number } = {}) {
    this.#requests += 1;
    const requestId = options.requestId ?? String(this.#requests);
    const before = this.read.outbox.maxId();
    const cipher = sealText(JSON.stringify(body), userKey.publicPem);
    const sign = signText(cipher, platformKey.privateKey);
    const payload = sealedPayload(requestId, shanghaiDateTime(options.at ?? this.clock.now()), { cipher, sign });
    this.#downlink.receive(`qdpark/v1/${name}/234/1001`, payload);
    const row = this.read.outbox.get(before + 1);
    const stored = row === undefined ? undefined : JSON.parse(row.body);
    return { message: row?.message, success: stored?.success, params: JSON.parse(stored?.params ?? 'null') };
  }
}
