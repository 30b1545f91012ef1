import { scannedKind } from '../../../../shared/domain/pay-code.ts';
import { runIdentify } from '../dialog-actions.ts';
import { scannedCode } from '../pay/charge.ts';
import { problem } from '../run.ts';
import { shownLane, useBooth } from '../store.ts';
import { waysFor } from '../ways.ts';

/** The same code read twice in a row is one presentation of the phone. */
const SAME_MS = 3_000;
let last: { readonly code: string; readonly at: number } | null = null;

/** What the scan gun read: a payment code, or the id of a car without a plate. Never an amount. */
export function onScanned(code: string): void {
  const again = last?.code === code && performance.now() - last.at < SAME_MS;
  last = { code, at: performance.now() };
  if (again || useBooth.getState().dialog) return;
  useBooth.setState({ received: null });
  const lane = shownLane();
  const { passage } = lane ?? {};
  if (scannedKind(code) === 'other' && lane && passage && waysFor(lane, passage).includes('identify'))
    void runIdentify(lane.id, passage.id, code);
  else void scannedCode(code);
}

export function onGarbled(): void {
  problem({ key: 'scanGarbled', params: {} }, 'charge');
}
