import { Button, Select } from 'antd';
import { useContext } from 'react';
import { plateKindSchema } from '../../../shared/domain/plate.ts';
import { cardTypeSchema, termsKindSchema } from '../../../shared/domain/terms.ts';
import { fromRfc3339 } from '../../../shared/domain/time.ts';
import { vehicleClassSchema } from '../../../shared/domain/vehicle.ts';
import { formatDuration, formatMoney } from '../../lib/format.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { MomentInput } from '../../office/inputs.tsx';
import { Fetching, Problem } from '../../office/States.tsx';
import type { Asked } from '../../office/use-ask.ts';
import { State } from '../../office/Values.tsx';
import { EditorContext } from './editor-context.ts';
import type { Reading } from './form.ts';
import { Readings } from './Readings.tsx';
import { exitAfter, lengths, type Trial, type TrialStay } from './trial-stay.ts';

/** 试算: a stay, its fee line by line, and what it would cost if the open points were read otherwise. */
export function TrialPane(props: {
  stay: TrialStay;
  onChange: (stay: TrialStay) => void;
  trial: Asked<Trial>;
  reading: Reading;
  onAddCase: (trial: Trial) => void;
}) {
  const { t, language } = useWords();
  const { areas } = useContext(EditorContext);
  const { stay, onChange, trial, reading } = props;
  const minutes = Math.trunc((fromRfc3339(stay.exitedAt) - fromRfc3339(stay.enteredAt)) / 60_000);
  const fee = reading.tariff === null ? null : trial.data;
  // The note about conventions is written in Chinese; the readings below say the same in any language.
  const steps = fee?.steps.filter(({ kind }) => language === 'zh-CN' || kind !== 'note') ?? [];
  return (
    <div className="tf-stack">
      <div className="tf-trial">
        <label htmlFor="trial-in">{t('tariffs.trial.in')}</label>
        <MomentInput
          id="trial-in"
          value={stay.enteredAt}
          onChange={(at) => {
            if (at === null) return;
            const length = fromRfc3339(stay.exitedAt) - fromRfc3339(stay.enteredAt);
            const exitedAt = new Date(fromRfc3339(at) + Math.max(0, length)).toISOString();
            onChange({ ...stay, enteredAt: at, exitedAt, lastPaidAt: undefined });
          }}
        />
        <fieldset className="tf-chips">
          <legend className="visually-hidden">{t('tariffs.trial.length')}</legend>
          {lengths.map((length) => {
            const exitedAt = exitAfter(stay.enteredAt, length);
            return (
              <Button
                key={length}
                size="small"
                aria-pressed={fromRfc3339(exitedAt) === fromRfc3339(stay.exitedAt)}
                onClick={() => onChange({ ...stay, exitedAt, lastPaidAt: undefined })}
              >
                {length === 'night' ? t('tariffs.trial.night') : formatDuration(length, language)}
              </Button>
            );
          })}
        </fieldset>
        <label htmlFor="trial-out">{t('tariffs.trial.out')}</label>
        <MomentInput
          id="trial-out"
          value={stay.exitedAt}
          onChange={(at) => at !== null && onChange({ ...stay, exitedAt: at })}
        />
        <label htmlFor="trial-class">{t('tariffs.trial.car')}</label>
        <span className="tf-inline">
          <Select
            id="trial-class"
            value={stay.vehicleClass}
            options={vehicleClassSchema.options.map((value) => ({ value, label: t(`vehicle.${value}`) }))}
            onChange={(vehicleClass) => onChange({ ...stay, vehicleClass })}
          />
          <Select
            aria-label={t('tariffs.field.plateKinds')}
            allowClear
            style={{ width: 118 }}
            placeholder={t('tariffs.field.plateKinds')}
            value={stay.plateKind ?? null}
            options={plateKindSchema.options.map((value) => ({ value, label: t(`tariffs.plateKind.${value}`) }))}
            onChange={(plateKind) => onChange({ ...stay, plateKind: plateKind ?? undefined })}
          />
          <Select
            aria-label={t('tariffs.field.cardTypes')}
            allowClear
            style={{ width: 110 }}
            placeholder={t('terms.temporary')}
            value={stay.cardType ?? null}
            options={[
              ...termsKindSchema
                .exclude(['card', 'temporary'])
                .options.map((value) => ({ value, label: t(`terms.${value}`) })),
              ...cardTypeSchema.options.map((value) => ({ value, label: t(`card.${value}`) })),
            ]}
            onChange={(cardType) => onChange({ ...stay, cardType: cardType ?? undefined })}
          />
          {areas.length > 1 && (
            <Select
              aria-label={t('tariffs.field.ruleAreas')}
              allowClear
              style={{ width: 100 }}
              placeholder={t('tariffs.field.ruleAreas')}
              value={stay.areaId ?? null}
              options={areas.map(({ areaId, name }) => ({ value: areaId, label: name }))}
              onChange={(areaId) => onChange({ ...stay, areaId: areaId ?? undefined })}
            />
          )}
        </span>
        <label htmlFor="trial-paid">{t('tariffs.trial.paid')}</label>
        <MomentInput
          id="trial-paid"
          value={stay.lastPaidAt ?? null}
          onChange={(at) => onChange({ ...stay, lastPaidAt: at ?? undefined })}
        />
      </div>
      {reading.tariff === null ? (
        <p className="tf-note" data-severity="error">
          {t('tariffs.trial.unfinished', { n: reading.faults.length })}
        </p>
      ) : (
        <>
          {trial.failed && <Problem text={null} error={trial.failed.error} />}
          {reading.open.length > 0 && (
            <p className="tf-note" data-severity="warning">
              {t('tariffs.trial.assumed', { n: reading.open.length })}
            </p>
          )}
          {fee === null ? (
            !trial.failed && <Fetching rows={3} />
          ) : (
            <section aria-live="polite" data-busy={trial.busy} className="tf-result">
              <header>
                <span>{formatDuration(minutes, language)}</span>
                <strong>{formatMoney(fee.feeFen)}</strong>
                {fee.since !== undefined && <State tone="info">{t('tariffs.trial.since')}</State>}
                <Button size="small" onClick={() => props.onAddCase(fee)}>
                  {t('tariffs.cases.addTrial')}
                </Button>
              </header>
              <div className="tf-steps">
                <ul>
                  {steps.map((step) => (
                    <li key={`${step.kind} ${step.from} ${step.to} ${step.text}`}>
                      <span>
                        {language === 'zh-CN' && step.text !== ''
                          ? step.text
                          : t(`step.${step.kind}`, { minutes: step.minutes, day: step.day })}
                        {language !== 'zh-CN' &&
                          step.units > 0 &&
                          ` · ${t('step.units', { units: step.units, price: formatMoney(step.unitFen) })}`}
                      </span>
                      {step.kind !== 'note' && <b>{formatMoney(step.amountFen)}</b>}
                    </li>
                  ))}
                </ul>
              </div>
              <Readings trial={fee} open={reading.open} />
            </section>
          )}
        </>
      )}
    </div>
  );
}
