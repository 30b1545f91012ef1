import { type KeyboardEvent, useEffect, useRef } from 'react';
import { countTotal, FACE_VALUES } from '../../../shared/domain/cash.ts';
import type { CashCount } from '../../../shared/domain/money-flow.ts';
import { formatMoney } from '../../lib/format.ts';
import { type Translate, useWords } from '../../lib/i18n/index.ts';

export function faceName(face: number, t: Translate): string {
  if (face >= 100) return t('shift.face.yuan', { n: face / 100 });
  return face >= 10 ? t('shift.face.jiao', { n: face / 10 }) : t('shift.face.fen', { n: face });
}

/**
 * Notes and coins, counted with the numeric pad alone: digits, Enter to the next face value, minus back to the one before.
 * Enter on the last one is `onDone`.
 */
export function CountTable(props: { count: CashCount; onChange: (count: CashCount) => void; onDone: () => void }) {
  const { t } = useWords();
  const { count } = props;
  const table = useRef<HTMLTableElement>(null);
  useEffect(() => table.current?.querySelector('input')?.focus(), []);
  const put = (face: number, text: string): void => {
    const digits = text.replace(/\D/g, '').slice(0, 5);
    const { [String(face)]: _before, ...rest } = count;
    props.onChange(digits === '' ? rest : { ...rest, [face]: Number(digits) });
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>, index: number): void => {
    const step = ['Enter', 'ArrowDown'].includes(event.key) ? 1 : ['-', 'ArrowUp'].includes(event.key) ? -1 : 0;
    if (step === 0 || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Enter' && index === FACE_VALUES.length - 1) {
      props.onDone();
      return;
    }
    const next = FACE_VALUES[index + step];
    if (next !== undefined) table.current?.querySelector<HTMLInputElement>(`[data-face="${next}"]`)?.focus();
  };
  return (
    <table ref={table} className="count">
      <thead>
        <tr>
          <th scope="col">{t('shift.count.face')}</th>
          <th scope="col">{t('shift.count.number')}</th>
          <th scope="col">{t('shift.count.amount')}</th>
        </tr>
      </thead>
      <tbody>
        {FACE_VALUES.map((face, index) => {
          const pieces = count[String(face)];
          const name = faceName(face, t);
          return (
            <tr key={face}>
              <th scope="row">{name}</th>
              <td>
                <input
                  data-face={face}
                  inputMode="numeric"
                  autoComplete="off"
                  aria-label={t('shift.count.pieces', { face: name })}
                  value={pieces ?? ''}
                  onFocus={(event) => event.currentTarget.select()}
                  onChange={(event) => put(face, event.currentTarget.value)}
                  onKeyDown={(event) => onKey(event, index)}
                />
              </td>
              <td data-none={pieces === undefined}>{formatMoney(face * (pieces ?? 0))}</td>
            </tr>
          );
        })}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">{t('shift.count.total')}</th>
          <td className="count-hint">{t('shift.count.hint')}</td>
          <td>
            <output>{formatMoney(countTotal(count))}</output>
          </td>
        </tr>
      </tfoot>
    </table>
  );
}
