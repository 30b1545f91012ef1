import { connectAsync, type MqttClient } from 'mqtt';
import type { TestStep } from '../../../../shared/domain/connection-test.ts';
import { errorText } from '../../runtime/errors.ts';
import { readCertificate } from '../certificate.ts';
import { connects, endpointOf, resolves, StepByStep, StepFailed } from '../connection-test.ts';
import { Refused } from '../define-message.ts';
import type { TestDeps } from '../platform.ts';
import { brokerAddress } from './broker-address.ts';
import { QingdaoCodec } from './codec.ts';
import { nodeName, type QingdaoSettings } from './config.ts';
import { createEngine } from './crypto-self-test.ts';
import { record } from './define.ts';
import { privateKeyLine, readPrivateKey, readPublicKey } from './keys.ts';
import { downMessages } from './messages.ts';
import { topicsFor } from './topics.ts';
import { Uplink } from './uplink.ts';

/** What a platform says when it could not verify or decrypt; the specification has one code for all refusals. */
const ABOUT_KEYS = /签名|验签|解密|密钥|公钥|私钥|\bsign|verif|decrypt|cipher/i;

/** The heartbeat is the one message that changes nothing at the platform, so it is what the test sends. */
export async function testQingdao(settings: QingdaoSettings, deps: TestDeps): Promise<readonly TestStep[]> {
  const [up, down] = await Promise.all([uplink(settings, deps), downlink(settings, deps)]);
  return [...up, ...down];
}

async function uplink(settings: QingdaoSettings, deps: TestDeps): Promise<readonly TestStep[]> {
  const { clock, log, signal } = deps;
  const at = endpointOf(settings.baseUrl);
  const names = ['address', 'tcp', ...(at.tls ? ['tls' as const] : []), 'http', 'keys', 'credentials'] as const;
  const steps = new StepByStep('uplink', names, deps);
  await steps.take('address', () => resolves(at.host));
  await steps.take('tcp', () => connects(at, signal));
  if (at.tls)
    await steps.take('tls', async () =>
      connects(at, signal, { ca: readCertificate(settings.http.caFile, 'qingdao.http.caFile') }),
    );
  const answer = await steps.take('http', async () => {
    const keys = {
      publicKey: readPublicKey(settings.platformPublicKey),
      privateKey: readPrivateKey(settings.userPrivateKey),
    };
    const codec = new QingdaoCodec(settings, keys, createEngine(keys, log));
    const line = new Uplink(settings, codec, clock, readCertificate(settings.http.caFile, 'qingdao.http.caFile'));
    try {
      const wire = record({ parkingCode: settings.parkingCode }, { settings, clock });
      if (wire instanceof Refused) throw new StepFailed(wire.reason);
      const { delivery } = await line.post('uploadHeartbeat', wire, false, signal);
      if (delivery.kind === 'retry' && delivery.scope === 'link') throw new StepFailed(delivery.reason);
      if (delivery.kind !== 'delivered' && /^HTTP \d+ without/.test(delivery.reason))
        throw new StepFailed(delivery.reason);
      return { detail: '', delivery };
    } finally {
      await line.close();
    }
  });
  const refusal = answer === undefined || answer.delivery.kind === 'delivered' ? '' : answer.delivery.reason;
  await steps.take('keys', async () => {
    if (ABOUT_KEYS.test(refusal)) throw new StepFailed(`平台答复：${refusal}`);
    if (refusal !== '') throw new StepFailed(`平台答复：${refusal}`, 'credentials');
    return { detail: '' };
  });
  await steps.take('credentials', async () => ({ detail: '' }));
  return steps.steps();
}

async function downlink(settings: QingdaoSettings, deps: TestDeps): Promise<readonly TestStep[]> {
  const { mqtt } = settings;
  if (mqtt === undefined) return [];
  const { signal } = deps;
  const at = endpointOf(mqtt.url);
  const names = ['address', 'tcp', ...(at.tls ? ['tls' as const] : []), 'connect', 'subscribe'] as const;
  const steps = new StepByStep('downlink', names, deps);
  await steps.take('address', () => resolves(at.host));
  await steps.take('tcp', () => connects(at, signal));
  if (at.tls)
    await steps.take('tls', async () =>
      connects(at, signal, { ca: readCertificate(mqtt.caFile, 'qingdao.mqtt.caFile') }),
    );
  const joined = await steps.take('connect', async () => ({ detail: '', client: await join(settings, mqtt, deps) }));
  await steps.take('subscribe', async () => subscribe(joined?.client, settings));
  await joined?.client.endAsync(true).catch(() => undefined);
  return steps.steps();
}

async function join(
  settings: QingdaoSettings,
  mqtt: NonNullable<QingdaoSettings['mqtt']>,
  { ids, signal }: TestDeps,
): Promise<MqttClient> {
  const username = mqtt.username ?? nodeName(settings);
  const ca = readCertificate(mqtt.caFile, 'qingdao.mqtt.caFile');
  try {
    const client = await connectAsync(
      '',
      {
        ...brokerAddress(mqtt.url),
        ...{ protocolVersion: 4, clean: true, reconnectPeriod: 0, username },
        // With the station's own client id the broker would cut the station's line.
        clientId: ids.next(`${mqtt.clientId ?? username}-test`),
        password: mqtt.password ?? privateKeyLine(readPrivateKey(settings.userPrivateKey)),
        connectTimeout: Math.min(mqtt.connectTimeoutMs, 10_000),
        ...(ca === undefined ? {} : { ca }),
      },
      false,
    );
    client.on('error', () => undefined);
    signal.addEventListener('abort', () => client.end(true), { once: true });
    return client;
  } catch (error) {
    throw new StepFailed(`消息服务器拒绝登录：${errorText(error)}`);
  }
}

async function subscribe(
  client: MqttClient | undefined,
  settings: QingdaoSettings,
): Promise<{ readonly detail: string }> {
  const topics = topicsFor(
    downMessages.map(({ notice }) => notice.name),
    settings,
  );
  const asked = topics.map(async (topic) => {
    const granted = await client?.subscribeAsync(topic, { qos: 1 });
    return granted?.every(({ qos }) => qos < 128) === true ? [topic] : [];
  });
  const results = await Promise.allSettled(asked);
  const taken = results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  if (taken.length === 0) throw new StepFailed(`消息服务器拒绝了全部订阅：${topics.join(', ')}`);
  return { detail: taken.join(', ') };
}
