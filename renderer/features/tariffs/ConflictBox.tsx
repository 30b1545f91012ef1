import { Button } from 'antd';
import type { TariffDraftView } from '../../../shared/contract/tariff-views.ts';
import { formatDateTime } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { DifferenceList } from './DifferenceList.tsx';

/** Somebody else saved the draft meanwhile: what differs, and the two ways on. What was typed here stays until one is taken. */
export function ConflictBox(props: { mine: unknown; theirs: TariffDraftView; onOver: () => void; onTake: () => void }) {
  const { t } = useWords();
  const { theirs } = props;
  return (
    <section className="box tf-conflict" role="alert">
      <h3>{t('tariffs.conflict.title', { name: theirs.updatedBy, at: formatDateTime(theirs.updatedAt) })}</h3>
      <p>{t('tariffs.conflict.text')}</p>
      <DifferenceList before={theirs.tariff} after={props.mine} />
      <span className="tf-inline">
        <Button onClick={props.onTake}>{t('tariffs.conflict.take', { name: theirs.updatedBy })}</Button>
        <Button danger onClick={props.onOver}>
          {t('tariffs.conflict.over')}
        </Button>
      </span>
    </section>
  );
}
