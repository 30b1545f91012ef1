import { z } from 'zod';
import type { PaymentChannel } from '../../electron/station/payments/channel.ts';
import type { Platform, PlatformDefinition } from '../../electron/station/platforms/platform.ts';
import { platformDefinitions } from '../../electron/station/platforms/registry.ts';

/**
 * Loaded into the station's process before anything else (`node --import`): a bank that pays whatever is scanned and shows a code
 * that nobody pays. With it a test has a station with scan guns before any platform that collects is spoken.
 */
const answer = { reference: 'bank-1', detail: '' } as const;
const basis: Pick<PaymentChannel, 'via' | 'covers' | 'query' | 'reverse'> = {
  via: null,
  covers: () => true,
  query: () => Promise.resolve({ ...answer, state: 'pending' }),
  reverse: () => Promise.resolve('reversed'),
};

const gun: PaymentChannel = {
  ...basis,
  ...{ id: 'gun', title: '聚合扫码', kind: 'scan', method: 'wechat' },
  charge: () => Promise.resolve({ ...answer, state: 'paid' }),
};
const code: PaymentChannel = {
  ...basis,
  ...{ id: 'code', title: '微信收款码', kind: 'qr', method: 'wechat' },
  charge: () => Promise.resolve({ ...answer, state: 'pending' }),
  qr: ({ attempt }) => Promise.resolve({ text: `https://pay.example/${attempt.id}` }),
};

const bank: Platform = {
  ...{ id: 'cmb', title: '测试银行', duties: [], channels: [code, gun], concurrency: 1 },
  retry: { firstMs: 1_000, maxMs: 10_000, probeMs: 1_000 },
  project: () => [],
  send: () => Promise.resolve({ kind: 'delivered' }),
  start: () => Promise.resolve(),
  stop: () => Promise.resolve(),
  status: () => ({ clockDriftMs: null, downlink: 'none' }),
};

const definition: PlatformDefinition = {
  ...{ id: 'cmb', title: '测试银行', messages: [] },
  settings: z.object({ enabled: z.boolean() }),
  create: () => bank,
};

// The list is only read-only for whoever is compiled against it.
if (Array.isArray(platformDefinitions)) {
  const at = platformDefinitions.findIndex(({ id }) => id === 'cmb');
  platformDefinitions.splice(at < 0 ? platformDefinitions.length : at, at < 0 ? 0 : 1, definition);
}
