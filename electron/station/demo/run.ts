import type { Actor } from '../../../shared/domain/events.ts';
import { type Bill, toPayFen } from '../../../shared/domain/money-flow.ts';
import type { Plate } from '../../../shared/domain/plate.ts';
import type { Device } from '../devices/device.ts';
import { VirtualCamera } from '../devices/virtual/camera.ts';
import type { Cancel, Clock, Entropy, Log } from '../runtime/ports.ts';
import { DEMO_CAMERAS } from './provision.ts';
import { startDemoTraffic } from './traffic.ts';

const DEMO: Actor = { kind: 'station', name: 'demo' };

type DemoOrder =
  | { readonly type: 'collect'; readonly method: 'cash'; readonly amountFen: number; readonly actor: Actor }
  | { readonly type: 'release'; readonly reason: string; readonly actor: Actor };

/** What the demo needs of the station's lanes and store, and no more. */
export interface DemoDeps {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly log: Log;
  readonly find: (id: string) => Device | undefined;
  readonly lanes: {
    state(laneId: string): {
      readonly phase: 'idle' | 'asking' | 'pricing' | 'attention' | 'charging' | 'cleared';
      readonly passage: { readonly id: string; readonly bill: Pick<Bill, 'dueFen' | 'arrears'> | null } | null;
    };
    order(laneId: string, input: DemoOrder, passageId?: string): void;
  };
  readonly store: { readonly read: { readonly stays: { insidePlates(limit: number): readonly Plate[] } } };
}

/** Runs made-up traffic through the demo car park, until cancelled. Without the demo's virtual cameras it does nothing. */
export function runDemo(deps: DemoDeps): Cancel {
  const { clock, entropy, log, lanes, store } = deps;
  const cameras = { in: deps.find(DEMO_CAMERAS.in), out: deps.find(DEMO_CAMERAS.out) };
  if (!(cameras.in instanceof VirtualCamera && cameras.out instanceof VirtualCamera)) {
    log.warn('no demo traffic: the configuration has no virtual cameras of the demo');
    return () => undefined;
  }
  return startDemoTraffic({
    clock,
    entropy,
    log,
    cameras: { in: cameras.in, out: cameras.out },
    insidePlates: () => store.read.stays.insidePlates(100),
    laneBusy: (laneId) => {
      const { phase } = lanes.state(laneId);
      return phase === 'charging' || phase === 'attention';
    },
    collect: (laneId) => {
      const { phase, passage } = lanes.state(laneId);
      if (!passage) return;
      const order: DemoOrder =
        phase === 'charging' && passage.bill
          ? { type: 'collect', method: 'cash', amountFen: toPayFen(passage.bill), actor: DEMO }
          : { type: 'release', reason: '演示：自动放行', actor: DEMO };
      lanes.order(laneId, order, passage.id);
    },
  });
}
