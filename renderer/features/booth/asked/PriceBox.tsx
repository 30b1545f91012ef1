import type { LaneView, PassageView } from '../../../../shared/contract/lanes.ts';
import { fromRfc3339 } from '../../../../shared/domain/time.ts';
import { Shape } from '../../../components/Shape.tsx';
import { platformName } from '../../../lib/platform-name.ts';
import { Elapsed } from '../Elapsed.tsx';
import { useBoothWords } from '../keymap/key-names.ts';
import { faultOf, Late } from './AskedBox.tsx';

/** 第三方计费: the price of the car on show is being asked for, or nobody told it. */
export function PriceBox({ lane, passage }: { lane: LaneView; passage: PassageView }) {
  const { t } = useBoothWords();
  const { price } = passage;
  const platform = platformName(price?.platform ?? '', t);
  const asking = lane.phase === 'pricing';
  const since = fromRfc3339(price?.since ?? passage.startedAt);
  return (
    <div className="car-asking" data-stage={asking ? 'asking' : 'silent'}>
      <Shape name={asking ? 'asking' : 'attention'} size={30} />
      <div className="car-asking-text">
        <p role={asking ? 'status' : 'alert'}>
          <strong>{t(asking ? 'pricing.title' : 'pricing.unknown', { platform })}</strong>
          <span>{t(asking ? 'pricing.todo' : 'pricing.unknownTodo')}</span>
        </p>
        {!asking && price !== null && price.detail !== '' && (
          <q className="car-asking-detail" title={price.detail}>
            {t('asking.fault', { detail: faultOf(price.detail, t) })}
          </q>
        )}
      </div>
      <div className="car-asking-facts">
        <span aria-live="off">
          {asking ? <Late since={since} /> : <Elapsed since={since} />}
          {price !== null && price.question > 1 && <small>{t('pricing.attempt', { n: price.question })}</small>}
        </span>
      </div>
    </div>
  );
}
