import type { BerthCar, BerthView } from '../../../shared/contract/berths.ts';
import { termsKindSchema } from '../../../shared/domain/terms.ts';
import { FeeLines } from '../../components/FeeSteps.tsx';
import { Photo } from '../../components/Photo.tsx';
import { Plate } from '../../components/Plate.tsx';
import { termsName } from '../../events/terms-name.ts';
import { formatDuration, formatMoment, formatMoney } from '../../lib/format.ts';
import { type Translate, useWords } from '../../lib/i18n/index.ts';
import { href } from '../../lib/route.ts';
import { useAsk } from '../../office/use-ask.ts';
import { minutesStood } from './berth-state.ts';
import { plateOf } from './words.ts';

/** The car in a berth: whose, since when, on what terms, what it owes and why. */
export function CarBox({ berth, car, now }: { berth: BerthView; car: BerthCar; now: number }) {
  const { t, language } = useWords();
  const plate = plateOf(berth);
  const stay = useAsk((client, signal) => client.sessions.get({ uid: car.uid }, { signal }), [car.uid, car.plate]);
  // By its plate another stay might answer: only what is said of this one counts.
  const quote = useAsk(
    (client, signal) => (car.plate === '' ? null : client.quote({ plate: car.plate }, { signal })),
    [car.uid, car.plate, car.dueFen, car.paidFen],
  );
  const told = quote.data?.stay.uid === car.uid ? quote.data : null;
  const terms = stay.data ? termsName(stay.data.terms, t) : termsWord(car.terms, t);
  const photos = stay.data?.photos ?? [];
  const photo = photos.find(({ purpose }) => purpose === 'entry') ?? photos[0];
  return (
    <>
      <div className="panel-car">
        {plate === null ? (
          <strong className="panel-unnamed">{t('kerb.noPlate')}</strong>
        ) : (
          <Plate plate={plate} size={34} />
        )}
        <span>
          {terms} · {t(`vehicle.${car.vehicleClass}`)}
        </span>
      </div>
      <dl className="panel-times">
        <div>
          <dt>{t('kerb.entered')}</dt>
          <dd>{formatMoment(car.enteredAt, now)}</dd>
        </div>
        <div>
          <dt>{t('kerb.duration')}</dt>
          <dd>{formatDuration(minutesStood(berth, now) ?? 0, language)}</dd>
        </div>
      </dl>
      <div className="panel-due" data-due={(car.dueFen ?? 0) > 0}>
        <span>{t('kerb.due')}</span>
        <output>{car.dueFen === null ? t('kerb.feeUnknown') : formatMoney(car.dueFen)}</output>
        <small>
          {car.feeFen !== null && `${t('kerb.charge')} ${formatMoney(car.feeFen)} · `}
          {t('kerb.paid')} {formatMoney(car.paidFen)}
        </small>
      </div>
      {told !== null && told.leaveBy !== null && (
        <p className="panel-leave">{t('kerb.leaveBy', { time: formatMoment(told.leaveBy, now) })}</p>
      )}
      {told !== null && told.debtFen > 0 && (
        <p className="panel-debt">
          {t(car.dueFen ? 'kerb.debt' : 'kerb.debtHere', { amount: formatMoney(told.debtFen) })}{' '}
          <a href={href('debts', { query: { plate: car.plate, state: 'open' } })}>{t('kerb.toDebts')}</a>
        </p>
      )}
      {told !== null && told.fee.steps.length > 0 && (
        <section className="panel-steps" aria-label={t('kerb.steps')}>
          <FeeLines steps={told.fee.steps} room={5} />
        </section>
      )}
      {photo && (
        <Photo id={photo.id} alt={t('kerb.photo')} caption={t('kerb.photo')} at={formatMoment(photo.takenAt, now)} />
      )}
    </>
  );
}

/** Until the stay itself is there: the kind of terms alone. */
function termsWord(kind: string, t: Translate): string {
  const known = termsKindSchema.safeParse(kind);
  return known.success ? t(`terms.${known.data}`) : '';
}
