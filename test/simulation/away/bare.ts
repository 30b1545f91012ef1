import { Pool } from 'undici';
import { QingdaoCodec } from '../../../electron/station/platforms/qingdao/codec.ts';
import { qingdaoSettingsSchema } from '../../../electron/station/platforms/qingdao/config.ts';
import { nodeEngine } from '../../../electron/station/platforms/qingdao/crypto.ts';
import { readPrivateKey, readPublicKey } from '../../../electron/station/platforms/qingdao/keys.ts';
import type { QingdaoKeys } from '../../peers/qingdao/index.ts';
import { ACCESS_ID, PARKING_CODE } from '../../support/provision.ts';
import type { Sample } from './city.ts';

/**
 * Messages a second when the same messages are only sealed and posted, as many at once, to the same city: what the city and this machine
 * can do without an outbox.
 */
export async function bareRate(
  url: string,
  keys: QingdaoKeys,
  samples: readonly Sample[],
  atOnce: number,
): Promise<number> {
  const settings = qingdaoSettingsSchema.parse({
    ...{ enabled: true, baseUrl: url, accessId: ACCESS_ID, parkingCode: PARKING_CODE },
    ...{ platformPublicKey: keys.platformPublicKey, userPrivateKey: keys.userPrivateKey },
  });
  const rsa = { publicKey: readPublicKey(keys.platformPublicKey), privateKey: readPrivateKey(keys.userPrivateKey) };
  const codec = new QingdaoCodec(settings, rsa, nodeEngine(rsa));
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: atOnce, pipelining: 1 });
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'accept-encoding': 'identity' };
  let next = 0;
  const sender = async (): Promise<void> => {
    for (let sample = samples[next++]; sample; sample = samples[next++]) {
      const { name, data, file } = sample;
      const body = codec.form({ data, ...(file === undefined ? {} : { file }) });
      const answer = await pool.request({ method: 'POST', path: `${pathname}/${name}`, headers, body });
      await answer.body.text();
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: atOnce }, sender));
  const perSecond = (samples.length / (performance.now() - began)) * 1000;
  await pool.close();
  return perSecond;
}
