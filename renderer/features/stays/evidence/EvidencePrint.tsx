import type { Evidence } from '../../../../shared/contract/evidence.ts';
import { Photo } from '../../../components/Photo.tsx';
import { termsName } from '../../../events/terms-name.ts';
import { formatDateTime, formatMoney } from '../../../lib/format.ts';
import { useWords } from '../../../lib/i18n/index.ts';
import { PrintSheet } from '../../../office/PrintSheet.tsx';
import { methodName } from '../../../office/stay/methods.ts';
import { carName } from '../../../office/stay/StayWords.tsx';

/** What the driver gets on paper: photos, times, money, corrections. */
export function EvidencePrint({ evidence }: { evidence: Evidence }) {
  const { t } = useWords();
  const { stay } = evidence;
  const entry = evidence.photos.find((photo) => photo.purpose === 'entry');
  const exit = evidence.photos.findLast((photo) => photo.purpose === 'exit');
  const facts: readonly (readonly [string, string])[] = [
    [t('stays.column.plate'), carName(stay, t)],
    [t('stays.column.terms'), `${termsName(stay.terms, t)} · ${t(`vehicle.${stay.vehicleClass}`)}`],
    [t('stays.column.entered'), `${formatDateTime(stay.enteredAt)} ${stay.entryLane.name}`],
    [
      t('stays.column.exited'),
      stay.exitedAt === null ? '—' : `${formatDateTime(stay.exitedAt)} ${stay.exitLane?.name ?? ''}`,
    ],
    ...(['charge', 'discount', 'paid', 'waived', 'owed'] as const).map(
      (key) => [t(`stays.column.${key}`), formatMoney(stay[`${key}Fen`])] as const,
    ),
    [t('stays.column.uid'), stay.uid],
  ];
  return (
    <PrintSheet title={t('stays.evidence.printTitle')}>
      <div className="evidence-print-photos">
        <Photo id={entry?.id ?? null} alt={t('stays.purpose.entry')} caption={t('stays.purpose.entry')} />
        <Photo id={exit?.id ?? null} alt={t('stays.purpose.exit')} caption={t('stays.purpose.exit')} />
      </div>
      <table>
        <tbody>
          {facts.map(([label, value]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {evidence.bills.length > 0 && (
        <table>
          <thead>
            <tr>
              <th>{t('stays.evidence.bills')}</th>
              <th data-align="end">¥</th>
            </tr>
          </thead>
          <tbody>
            {evidence.bills
              .filter((bill) => bill.state !== 'void')
              .flatMap((bill) =>
                [...bill.steps, ...bill.discounts].map((step, index) => (
                  <tr key={`${bill.billId}-${String(index)}`}>
                    <td>{step.text}</td>
                    <td data-align="end">{formatMoney(step.amountFen)}</td>
                  </tr>
                )),
              )}
          </tbody>
        </table>
      )}
      {evidence.payments.map((payment) => (
        <p key={payment.billId}>
          {formatDateTime(payment.paidAt)} {methodName(payment.method, t)} {formatMoney(payment.paidFen)}{' '}
          {payment.actor}
          {payment.reversed && ` ${t('stays.evidence.reversed')}`}
        </p>
      ))}
      {evidence.corrections.map((each) => (
        <p key={each.seq}>
          {formatDateTime(each.at)} {t('stays.evidence.beforeAfter', { before: each.before, after: each.after })}{' '}
          {each.actor} {each.reason}
        </p>
      ))}
      <p>{t('stays.evidence.anchor', { seq: evidence.anchor.seq, hash: evidence.anchor.hash })}</p>
    </PrintSheet>
  );
}
