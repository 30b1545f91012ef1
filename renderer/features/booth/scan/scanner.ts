import { scannedKind } from '../../../../shared/domain/pay-code.ts';
import { runIdentify } from '../dialog-actions.ts';
import { isAsked, presented, scannedCode } from '../pay/charge.ts';
import { problem } from '../run.ts';
import { shownLane, useBooth } from '../store.ts';
import { waysFor } from '../ways.ts';

/** Read again within this time the phone has not been taken away. */
const LIES_THERE_MS = 3_000;
let said: { readonly code: string; readonly what: string; readonly at: number } | null = null;

/** What the scan gun read: a payment code, or the id of a car without a plate. Never an amount. */
export function onScanned(code: string): void {
  const now = performance.now();
  presented.read(code, now);
  if (useBooth.getState().dialog || presented.isSame(code, now)) return;
  const liesThere = said?.code === code && now - said.at < LIES_THERE_MS;
  // A phone that lies there takes nothing away from what a hand types meanwhile.
  if (!liesThere) useBooth.setState({ received: null });
  const lies = (): void => {
    if (presented.lies(code, now)) problem({ key: 'scanLies', params: {} }, 'charge');
  };
  // Looked at with each read, and said once.
  const isNews = (what: string): boolean => {
    const known = liesThere && said?.what === what;
    said = { code, what, at: now };
    const telling = known ? 'nothing' : presented.telling(code, what, now);
    // Of one whose own try is waited for nobody says that it came to nothing.
    if (telling === 'lies' && what !== 'paying') lies();
    return telling === 'what';
  };
  const lane = shownLane();
  const { passage } = lane ?? {};
  const want = passage?.bill?.id ?? passage?.id ?? '';
  if (presented.isWornOut(code, want)) {
    // Its last try may still turn into money.
    if (!isAsked(want)) lies();
    return;
  }
  const usedFor = presented.carOf(code, now);
  const takeBack = presented.use(code, now, passage?.id ?? '', want);
  const begun =
    scannedKind(code) === 'other' && lane && passage && waysFor(lane, passage).includes('identify')
      ? runIdentify(lane.id, passage.id, code)
      : scannedCode(code, { usedFor, isNews });
  void begun.then((isUsed) => {
    if (!isUsed) takeBack();
  });
}

export function onGarbled(): void {
  problem({ key: 'scanGarbled', params: {} }, 'charge');
}
