import type { ChangeOrderView } from '../../../../shared/contract/change-orders.ts';
import { Shape } from '../../../components/Shape.tsx';
import { type Translate, useWords } from '../../../lib/i18n/index.ts';

/** How an order stands, in words: who gave the change, and in what way. */
export function orderStateText({ state, method, settled }: ChangeOrderView, t: Translate): string {
  if (state === 'given') return t('boothMore.change.given', { method: t(`event.method.${method ?? 'platform'}`) });
  if (state === 'by-hand') return t(`boothMore.change.settled.${settled?.why ?? 'cash'}`);
  return t('boothMore.change.open');
}

const tones = { open: 'call', given: 'go', 'by-hand': 'plain' } as const;

export function OrderState({ order, size = 22 }: { order: ChangeOrderView; size?: number }) {
  const { t } = useWords();
  return (
    <span className="change-state" data-tone={tones[order.state]} role="status">
      <Shape name={order.state === 'open' ? 'asking' : 'ok'} size={size} />
      <strong>{orderStateText(order, t)}</strong>
    </span>
  );
}

/** An order number as it is read out and typed: in fours. */
export const inFours = (no: string): string => no.replace(/(\d{4})(?=\d)/g, '$1 ');
