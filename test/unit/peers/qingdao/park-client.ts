import { constants, createSign, createVerify, privateDecrypt, publicDecrypt, publicEncrypt } from 'node:crypto';
import { connectAsync, type MqttClient } from 'mqtt';
import type { QingdaoKeys, QingdaoPlatform } from '../../../peers/qingdao/index.ts';

/** A notice as a car park reads it. */
export interface Received {
  readonly topic: string;
  readonly name: string;
  /** Digit by digit. */
  readonly requestId: string;
  readonly timestamp: string;
  readonly signed: boolean;
  /** `null` when it cannot be decrypted. */
  readonly body: Record<string, unknown> | null;
}

const padding = constants.RSA_PKCS1_PADDING;
const cut = (bytes: Buffer, size: number): Buffer[] =>
  bytes.length === 0 ? [] : [bytes.subarray(0, size), ...cut(bytes.subarray(size), size)];

/** A small car park written for these tests, with a codec of its own: it shares nothing with the platform but the keys. */
export class ParkClient {
  readonly inbox: Received[] = [];
  readonly #keys: QingdaoKeys;
  readonly #platform: QingdaoPlatform;
  #mqtt: MqttClient | undefined;

  constructor(keys: QingdaoKeys, platform: QingdaoPlatform) {
    this.#keys = keys;
    this.#platform = platform;
  }

  /** Subscribes to every notice in both spellings. With `answering`, each good one is confirmed at once. */
  async listen(url: string, answering = true): Promise<void> {
    const mqtt = await connectAsync(url, { clientId: '234' });
    this.#mqtt = mqtt;
    mqtt.on('message', (topic, payload) => {
      const received = this.#read(topic, payload.toString('utf8'));
      this.inbox.push(received);
      if (answering && received.signed && received.body) this.confirm(received).catch(() => undefined);
    });
    await mqtt.subscribeAsync(['qdpark/#', '/qdpark/#'], { qos: 1 });
  }

  async close(): Promise<void> {
    await this.#mqtt?.endAsync(true);
  }

  #read(topic: string, text: string): Received {
    const name = topic.split('/').at(-3) ?? '';
    const field = (key: string): string => new RegExp(`"${key}":"([^"]*)"`).exec(text)?.[1] ?? '';
    const cipher = field('cipher');
    return {
      topic,
      name,
      requestId: /"requestId":(\d+)/.exec(text)?.[1] ?? '',
      timestamp: field('timestamp'),
      signed: createVerify('RSA-SHA1')
        .update(cipher)
        .verify(this.#keys.platformPublicKey, Buffer.from(field('sign'), 'base64')),
      body: this.#open(cipher),
    };
  }

  #open(cipher: string): Record<string, unknown> | null {
    const blocks = cut(Buffer.from(cipher, 'base64'), 128);
    const ways = [
      (block: Buffer) => privateDecrypt({ key: this.#keys.userPrivateKey, padding }, block),
      (block: Buffer) => publicDecrypt({ key: this.#keys.platformPublicKey, padding }, block),
    ];
    for (const way of ways)
      try {
        return JSON.parse(Buffer.concat(blocks.map(way)).toString('utf8'));
      } catch {
        // The other way, then.
      }
    return null;
  }

  /** Repeats a notice, word for word unless told otherwise. */
  confirm(
    { name, requestId, body }: Pick<Received, 'name' | 'requestId' | 'body'>,
    change: { success?: boolean; params?: object; requestId?: string } = {},
  ): Promise<Record<string, unknown>> {
    const target = name === 'fee' ? 'uploadFee' : `confirm${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    const { success = true, params = body } = change;
    const text = `{"data":{"requestId":${change.requestId ?? requestId},"success":${success},"params":${JSON.stringify(params)}}}`;
    return this.sendText(target, text);
  }

  send(name: string, data: object, extra: Record<string, string> = {}): Promise<Record<string, unknown>> {
    return this.sendText(name, JSON.stringify({ data }), extra);
  }

  async sendText(name: string, text: string, extra: Record<string, string> = {}): Promise<Record<string, unknown>> {
    const { status, body } = await this.post(name, text, extra);
    return status === 200 ? JSON.parse(body) : { status };
  }

  async post(
    name: string,
    text: string,
    extra: Record<string, string> = {},
    timeoutMs = 5_000,
  ): Promise<{ status: number; body: string }> {
    const cipher = Buffer.concat(
      cut(Buffer.from(text, 'utf8'), 117).map((block) =>
        publicEncrypt({ key: this.#keys.platformPublicKey, padding }, block),
      ),
    ).toString('base64');
    const sign = createSign('RSA-SHA1').update(cipher).sign(this.#keys.userPrivateKey, 'base64');
    const response = await fetch(`${this.#platform.baseUrl}/${name}`, {
      method: 'POST',
      body: new URLSearchParams({ accessID: '234', cipher, sign, ...extra }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { status: response.status, body: await response.text() };
  }
}
