import { Button } from 'antd';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { DebtView } from '../../../shared/contract/debts.ts';
import type { Fen } from '../../../shared/domain/money.ts';
import { formatMoney } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { Field } from '../../office/Form.tsx';
import { MoneyInput } from '../../office/inputs.tsx';
import { Problem } from '../../office/States.tsx';
import { useAct } from '../../office/use-act.ts';

/** Longer than a dialog takes to open. */
const AT_REST_MS = 400;

/** Notes over the counter, or a card terminal. The amount may be left empty: then it is exact. */
export function CounterPay(props: {
  debt: DebtView;
  dueFen: Fen;
  method: 'cash' | 'pos';
  onBack: () => void;
  onSettled: (changeFen: Fen) => void;
}) {
  const { t } = useWords();
  const act = useAct();
  const [typed, setTyped] = useState<Fen | null>(null);
  const { dueFen, method, debt } = props;
  const form = useRef<HTMLFormElement>(null);
  // Whoever opened this goes on typing what was put down. The dialog itself takes the focus when it has come to rest.
  useEffect(() => {
    const focus = (): void => {
      if (!form.current?.contains(document.activeElement))
        form.current?.querySelector<HTMLElement>('input, [type="submit"]')?.focus();
    };
    const frame = requestAnimationFrame(focus);
    const timer = setTimeout(focus, AT_REST_MS);
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, []);
  const receivedFen = method === 'pos' ? dueFen : (typed ?? dueFen);
  const changeFen = receivedFen - dueFen;
  const pay = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (changeFen < 0) return;
    const paid = await act.run((client) => client.debts.pay({ id: debt.id, method, receivedFen }));
    if (paid) props.onSettled(paid.changeFen);
  };
  return (
    <form ref={form} className="debt-counter" onSubmit={(event) => void pay(event)}>
      <p className="debt-due">
        <span>{t('debts.rest')}</span>
        <strong>{formatMoney(dueFen)}</strong>
      </p>
      {method === 'cash' && (
        <>
          <Field id="debt-received" label={t('debts.received')} hint={t('debts.receivedHint')}>
            <MoneyInput id="debt-received" value={typed} onChange={setTyped} width={200} />
          </Field>
          <div className="field-row">
            {[0, ...notesAbove(dueFen)].map((note) => (
              <Button key={note} size="small" onClick={() => setTyped(note === 0 ? dueFen : note)}>
                {note === 0 ? t('debts.exact', { amount: formatMoney(dueFen) }) : formatMoney(note)}
              </Button>
            ))}
          </div>
          <p className="debt-due" data-short={changeFen < 0} role="status">
            <span>{t(changeFen < 0 ? 'debts.short' : 'debts.change')}</span>
            <strong>{formatMoney(Math.abs(changeFen))}</strong>
          </p>
          <p className="field-hint">{t('debts.shiftHint')}</p>
        </>
      )}
      <Problem text={act.problem} />
      <div className="form-foot">
        <Button onClick={props.onBack}>{t('kit.back')}</Button>
        <Button
          type="primary"
          htmlType="submit"
          autoFocus={method === 'pos'}
          loading={act.busy}
          disabled={changeFen < 0}
        >
          {t(method === 'cash' ? 'debts.takeCash' : 'debts.takePos', { amount: formatMoney(dueFen) })}
        </Button>
      </div>
    </form>
  );
}

const NOTES: readonly Fen[] = [1000, 2000, 5000, 10_000];

/** What people are likely to put down for this amount. */
function notesAbove(dueFen: Fen): readonly Fen[] {
  return NOTES.map((note) => Math.ceil(dueFen / note) * note)
    .filter((sum, index, all) => sum > dueFen && all.indexOf(sum) === index)
    .slice(0, 3);
}
