import type { StayDetail } from '../../../shared/contract/stays.ts';
import { KeyButton } from '../../components/KeyButton.tsx';
import { formatMoney } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { plateWithDot } from '../../lib/plates.ts';
import { href } from '../../lib/route.ts';
import { openStay } from './possible.ts';
import { useKerb } from './store.ts';

/** What became of the car that was just noted as gone, and of its money. */
export function GoneBox({ stay }: { stay: StayDetail }) {
  const { t } = useWords();
  const { plate, owedFen, waivedFen, paidFen } = stay;
  const outcome = owedFen > 0 ? 'owed' : waivedFen > 0 ? 'waived' : paidFen > 0 ? 'paid' : 'free';
  const amount = formatMoney({ owed: owedFen, waived: waivedFen, paid: paidFen, free: 0 }[outcome]);
  return (
    <section className="panel-gone" data-outcome={outcome} role="status">
      <h3>{plate.text === '' ? t('kerb.gone.noPlate') : t('kerb.gone.title', { plate: plateWithDot(plate.text) })}</h3>
      <strong>{t(`kerb.gone.${outcome}`, { amount })}</strong>
      {outcome === 'owed' && <p>{t('kerb.gone.owedText')}</p>}
      {outcome === 'waived' && <p>{t('kerb.gone.waivedText')}</p>}
      {outcome === 'owed' && (
        <a href={href('debts', { query: { plate: plate.text, state: 'open' } })}>{t('kerb.toDebts')}</a>
      )}
      <div className="panel-gone-acts">
        <KeyButton onPress={() => openStay(stay.uid)}>{t('kerb.act.stay')}</KeyButton>
        <KeyButton onPress={() => useKerb.setState({ gone: null })}>{t('kerb.gone.close')}</KeyButton>
      </div>
    </section>
  );
}
