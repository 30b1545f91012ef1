import { nodeName, type QingdaoSettings } from './config.ts';

/** `qdpark/v1/{interface}/{accessID}/{parkingCode}` (二(二)). */
const ROOT = 'qdpark/v1';

/** Names of chapter two, kept by some brokers, for those of chapter four (D09). */
const LEGACY = new Map([
  ['calfee', 'fee'],
  ['nosenseinfo', 'departurePayInfo'],
  ['noticepay', 'payResult'],
]);

/** What to subscribe to for the notices that we understand. `/a` and `a` are different topics, so both are asked for (D08). */
export function topicsFor(names: readonly string[], settings: QingdaoSettings): readonly string[] {
  const { mqtt } = settings;
  if (mqtt === undefined) return [];
  const legacy = mqtt.legacyTopics ? [...LEGACY].filter(([, name]) => names.includes(name)).map(([old]) => old) : [];
  const tail = mqtt.scope === 'park' ? settings.parkingCode : '#';
  const plain = [...names, ...legacy].map((name) => `${ROOT}/${name}/${nodeName(settings)}/${tail}`);
  const slashed = plain.map((topic) => `/${topic}`);
  return { both: [...plain, ...slashed], never: plain, always: slashed }[mqtt.leadingSlash];
}

/** Interface and car park of a topic; `undefined` when it is none of this protocol. */
export function readTopic(topic: string): { readonly name: string; readonly parkingCode: string | null } | undefined {
  const match = /^\/?qdpark\/v1\/([^/]+)(?:\/[^/]*(?:\/([^/]+))?)?\/?$/.exec(topic);
  const name = match?.[1];
  return name === undefined ? undefined : { name: LEGACY.get(name) ?? name, parkingCode: match?.[2] ?? null };
}
