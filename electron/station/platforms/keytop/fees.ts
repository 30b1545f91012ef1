import type { FeeAnswer, FeeQuestion, FeeSource } from '../../payments/fee-source.ts';
import type { KeytopContext } from './context.ts';
import { cardNoOf, plateOf } from './fields.ts';
import { AutonomousCalfee } from './messages/AutonomousCalfee.ts';
import { placeOf } from './places.ts';

/** 第三方计费 (上行5.3): asked once for each fee that is needed; the 5 seconds of a waiting car are the uplink's. */
export function keytopFees(context: KeytopContext): FeeSource {
  return {
    platform: 'keytop',
    async ask(question: FeeQuestion, signal: AbortSignal): Promise<FeeAnswer> {
      const { stay, at } = question;
      const reply = await context.ask(
        AutonomousCalfee,
        {
          plateNo: plateOf(stay),
          cardNo: cardNoOf(stay),
          enteredAt: stay.enteredAt,
          entryPlace: placeOf({ laneId: stay.entryLane.id, laneName: stay.entryLane.name }, 'in', context),
          // A clock that was set back must not make the stay end before it began.
          leavesAt: Math.max(at, stay.enteredAt),
          leavePlace: leavePlaceOf(question, context),
        },
        signal,
      );
      if (reply.kind === 'answered') return { kind: 'fee', toPayFen: reply.answer.paymoney };
      return { kind: 'failed', reason: reply.reason };
    },
  };
}

/** Where it stands, or the first exit of the car park for a car inside: leavePlace must not be empty, and nobody knows yet where it leaves. */
function leavePlaceOf({ laneId, stay }: FeeQuestion, context: KeytopContext): string {
  const lanes = context.station().lanes.lanes();
  const exits = lanes.filter(({ direction }) => direction !== 'in');
  const exit = lanes.find(({ id }) => id === laneId) ?? exits.find(({ direction }) => direction === 'out') ?? exits[0];
  if (exit) return placeOf({ laneId: exit.id, laneName: exit.name }, 'out', context);
  return stay.entryLane.name;
}
