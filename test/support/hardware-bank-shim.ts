import { z } from 'zod';
import type { Outcome, PaymentChannel } from '../../electron/station/payments/channel.ts';
import type { Platform, PlatformDefinition } from '../../electron/station/platforms/platform.ts';
import { platformDefinitions } from '../../electron/station/platforms/registry.ts';

/**
 * Loaded into the station's process before anything else (`node --import`): a channel that takes what a scan gun reads to the
 * test's own bank, at `HARDWARE_BANK_URL`, and asks there what became of it.
 */
const outcome = z.object({ state: z.enum(['paid', 'declined', 'pending', 'unknown']) });

async function ask(what: 'charge' | 'query', attemptId: string, signal: AbortSignal): Promise<Outcome> {
  const answer = await fetch(`${process.env['HARDWARE_BANK_URL'] ?? ''}/${what}/${attemptId}`, { signal });
  return { ...outcome.parse(await answer.json()), reference: `bank-${attemptId}`, detail: '' };
}

const gun: PaymentChannel = {
  ...{ id: 'gun', title: '聚合扫码', kind: 'scan', method: 'wechat', via: null },
  covers: () => true,
  charge: ({ attempt }, signal) => ask('charge', attempt.id, signal),
  query: ({ id }, signal) => ask('query', id, signal),
  reverse: () => Promise.resolve('refused'),
};

const bank: Platform = {
  ...{ id: 'cmb', title: '测试银行', duties: [], channels: [gun], concurrency: 1 },
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
