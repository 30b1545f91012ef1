import { ORPCError } from '@orpc/server';
import type { UserView } from '../../../shared/contract/base.ts';
import type { Evidence } from '../../../shared/contract/evidence.ts';
import type { StayView } from '../../../shared/contract/stays.ts';
import type { PaperState } from '../../../shared/domain/print.ts';
import { toRfc3339 } from '../../../shared/domain/time.ts';
import { bill, NOW } from './build.ts';
import type { FakeStation } from './fake-station.ts';
import { type FakeConnection, os } from './implementer.ts';

/** A stay of which nothing is known but itself. */
function bareEvidence(stay: StayView, paper: PaperState = 'none'): Evidence {
  const none = { reads: [], photos: [], corrections: [], bills: [], refunds: [], movements: [] };
  const payments: Evidence['payments'] =
    stay.exitedAt === null || stay.paidFen === 0
      ? []
      : [
          {
            ...{
              seq: 1,
              at: stay.exitedAt,
              lane: stay.exitLane?.name ?? null,
              actor: '王秀兰',
              billId: 'b-old',
              method: 'wechat',
              scene: 'gate',
              via: null,
            },
            ...{ paidFen: stay.paidFen, receivedFen: null, changeFen: 0, paidAt: stay.exitedAt, reference: null },
            ...{ reversed: false, paper },
          },
        ];
  return {
    ...{
      format: 'gatehouse-evidence-1',
      madeAt: toRfc3339(NOW),
      site: { code: '1001', name: '测试' },
      version: '0.1.0',
    },
    ...{
      anchor: { seq: 1, hash: '0'.repeat(64) },
      stay,
      ...none,
      payments,
      waiting: [],
      around: [],
      messages: [],
      timeline: [],
    },
  };
}

/** The evidence of the stays of a scene, and bills for those of its cars that stand inside. */
export function recordHandlers(station: FakeStation, needUser: (context: FakeConnection) => UserView) {
  const stayOf = (uid: string): StayView => {
    const found = station.scene.stays.find((each) => each.uid === uid);
    if (!found) throw new ORPCError('NOT_FOUND', { message: '没有这条停车记录' });
    return found;
  };
  return {
    evidence: os.evidence.get.handler(({ input, context }) => {
      needUser(context);
      return bareEvidence(stayOf(input.uid), station.scene.paper);
    }),
    prepay: os.payments.prepay.handler(({ input, context }) => {
      needUser(context);
      const { uid } = stayOf(input.uid);
      const parked = station.scene.berths?.find(({ car }) => car?.uid === uid)?.car;
      const due = parked
        ? { id: `bill-${uid}`, dueFen: parked.dueFen ?? 0, paidFen: parked.paidFen, discounts: [] }
        : {};
      return { bill: { ...bill(due), uid, state: 'open' as const, scene: 'prepaid' as const }, graceUntil: null };
    }),
  };
}
