import { safe } from '@orpc/client';
import { useEffect, useState } from 'react';
import type { BillView, PassageView } from '../../../shared/contract/lanes.ts';
import { fromRfc3339, shanghaiDateTime } from '../../../shared/domain/time.ts';
import { formatMoney } from '../../lib/format.ts';
import { station } from '../../lib/station/client.ts';
import { clockText, useNow } from './Elapsed.tsx';
import { useBoothWords } from './keymap/key-names.ts';
import { useRules } from './rules.ts';

/** What runs out for the car that pays, and what happens then: nothing, until a person does it. */
export function Countdowns({ passage, bill }: { passage: PassageView; bill: BillView }) {
  const { t } = useBoothWords();
  const now = useNow();
  const leaveBy = useLeaveBy(passage, bill);
  const validMs = bill.validUntil === null ? null : fromRfc3339(bill.validUntil) - now;
  if (validMs === null && leaveBy === null) return null;
  return (
    <ul className="countdowns">
      {leaveBy !== null && (
        <li data-over={leaveBy.at <= now}>
          {t(leaveBy.at > now ? 'boothMore.count.leaveBy' : 'boothMore.count.leaveByOver', {
            paid: formatMoney(leaveBy.paidFen),
            time: shanghaiDateTime(leaveBy.at).slice(11, 16),
            left: clockText(Math.abs(leaveBy.at - now)),
          })}
        </li>
      )}
      {validMs !== null && (
        <li data-over={validMs <= 0}>
          {t(validMs > 0 ? 'boothMore.count.bill' : 'boothMore.count.billOver', { left: clockText(validMs) })}
        </li>
      )}
    </ul>
  );
}

/** 离场时限: when a car that paid inside should have been out, by its last payment and the site's minutes. */
function useLeaveBy({ stay }: PassageView, bill: BillView): { readonly at: number; readonly paidFen: number } | null {
  const uid = stay?.uid;
  const grace = useRules((rules) => rules.graceMinutes);
  const wanted = uid !== undefined && bill.paidFen > 0;
  const [last, setLast] = useState<{ readonly uid: string; readonly at: number; readonly paidFen: number } | null>(
    null,
  );
  useEffect(() => {
    if (!wanted) return;
    let current = true;
    void safe(Promise.resolve().then(() => station().payments.bills({ uid }))).then(async (bills) => {
      const inside = bills.isSuccess
        ? bills.data.filter(({ scene, state }) => scene === 'prepaid' && state === 'paid')
        : [];
      if (inside.length === 0) return;
      const detail = await safe(Promise.resolve().then(() => station().sessions.get({ uid })));
      if (!current || !detail.isSuccess) return;
      const paid = detail.data.payments.filter(({ billId }) => inside.some(({ id }) => id === billId));
      const at = Math.max(...paid.map((payment) => fromRfc3339(payment.paidAt)));
      if (paid.length > 0) setLast({ uid, at, paidFen: paid.reduce((sum, each) => sum + each.amountFen, 0) });
    });
    return () => {
      current = false;
    };
  }, [uid, wanted]);
  return wanted && last?.uid === uid ? { at: last.at + grace * 60_000, paidFen: last.paidFen } : null;
}
