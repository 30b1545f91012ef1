import type { ShiftView } from '../../../shared/contract/shifts.ts';
import { Shape, type ShapeName } from '../../components/Shape.tsx';
import { formatMoment, formatMoney } from '../../lib/format.ts';
import { type Translate, useWords } from '../../lib/i18n/index.ts';
import { stationNow } from '../../lib/station/session.ts';
import { type Standing, useStanding } from './booth-shift.ts';
import { openShiftDialog, useShift } from './store.ts';
import './shift.css';

const time = (shift: ShiftView): string => formatMoment(shift.openedAt, stationNow()).replace(/(:\d\d):\d\d$/, '$1');

/** What came in so far: also change that a platform gives, for it lies in the drawer. */
const cashOf = ({ cashInFen, cashRefundedFen, changeKeptFen, changeHandedFen }: ShiftView): number =>
  (cashInFen ?? 0) - (cashRefundedFen ?? 0) + (changeKeptFen ?? 0) - (changeHandedFen ?? 0);

function told({ own, waiting, others }: Standing, t: Translate): readonly [string, ShapeName, 'plain' | 'call'] {
  if (own?.state === 'break') return [t('shift.line.break'), 'attention', 'call'];
  if (own?.state === 'counted') return [t('shift.line.counted'), 'attention', 'call'];
  if (own)
    return [t(own.kind === 'relief' ? 'shift.line.relief' : 'shift.line.open', { time: time(own) }), 'ok', 'plain'];
  if (others) return [t('shift.line.other', { name: others.cashier, time: time(others) }), 'ok', 'plain'];
  if (waiting) return [t('shift.line.waiting', { name: waiting.cashier }), 'attention', 'call'];
  return [t('shift.line.none'), 'unknown', 'call'];
}

/**
 * The shift in one line of the header; F7 or a click opens what can be done about it. The cash taken so far stands here only
 * where the site does not count blind: else the number would be the answer to the count.
 */
export function ShiftLine() {
  const { t } = useWords();
  const standing = useStanding();
  const known = useShift((state) => state.standing !== null);
  if (!known) return null;
  const [text, shape, tone] = told(standing, t);
  const { own } = standing;
  const serving = own?.state === 'open' ? own : null;
  return (
    <button
      type="button"
      className="shift-line"
      data-tone={tone}
      title={t('shift.line.more')}
      aria-keyshortcuts="F7"
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => openShiftDialog('menu')}
    >
      <Shape name={shape} size={16} />
      <span>{text}</span>
      {serving &&
        (serving.cashInFen === null ? (
          <span className="shift-line-quiet" title={t('shift.line.blindHint')}>
            {t('shift.line.blind')}
          </span>
        ) : (
          <strong>{t('shift.line.cash', { amount: formatMoney(cashOf(serving)) })}</strong>
        ))}
      <span className="key" aria-hidden="true">
        F7
      </span>
    </button>
  );
}
