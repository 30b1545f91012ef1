import { Checkbox, Input, Select } from 'antd';
import type { CardView } from '../../../shared/contract/cards.ts';
import { normalisePlateText } from '../../../shared/domain/plates.ts';
import { type CardType, cardTypeSchema } from '../../../shared/domain/terms.ts';
import { type VehicleClass, vehicleClassSchema } from '../../../shared/domain/vehicle.ts';
import { PlatesInput } from '../../components/PlatesInput.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import { Choice, CountInput } from '../../office/choices.tsx';
import { Field, FormDialog } from '../../office/Form.tsx';
import { DateInput, MoneyInput } from '../../office/inputs.tsx';
import { useAct } from '../../office/use-act.ts';
import { useForm } from '../../office/use-form.ts';
import { type CardValues, changeOf, faultsOf, newCardOf, valuesOf } from './card-values.ts';
import { useLayout } from './use-layout.ts';

const ANY = 'any';

/** Gives out a card, or changes what one says. What it holds is changed by recharging, its plates on its own page. */
export function CardDialog(props: { card: CardView | null; onClose: () => void; onDone: (card: CardView) => void }) {
  const { t } = useWords();
  const act = useAct();
  const layout = useLayout();
  const { card } = props;
  const form = useForm<CardValues>(valuesOf(card), {
    act,
    check: (values) => faultsOf(values, card, t),
    places: {
      ...{ 'number-taken': 'number', 'card-not-empty': 'type', 'plate-on-other-card': 'open', 'plate-odd': 'open' },
      ...{ 'plate-too-long': 'open', 'too-many-plates': 'open', 'validity-reversed': 'to', 'no-such-area': 'areas' },
      ...{ 'no-such-quota': 'quotaId', 'ic-on-other-card': 'icNumbers', 'ic-too-long': 'icNumbers' },
      'last-plate': 'icNumbers',
    },
  });
  const { values, set, fault } = form;
  const save = async (given: CardValues): Promise<void> => {
    const done = await act.run(
      (client) =>
        card ? client.cards.change({ id: card.id, ...changeOf(given, card) }) : client.cards.create(newCardOf(given)),
      { done: t(card ? 'cards.changed' : 'cards.opened') },
    );
    if (done) props.onDone(done);
  };
  const holds = card !== null && card.balanceFen + card.minutesLeft + card.timesLeft > 0;
  return (
    <FormDialog
      title={card ? t('cards.changeTitle', { number: card.number }) : t('cards.openTitle')}
      verb={t(card ? 'kit.save' : 'cards.open')}
      width={720}
      busy={act.busy}
      dirty={form.dirty}
      problem={form.problem}
      onClose={props.onClose}
      onSubmit={() => form.submit((given) => void save(given))}
    >
      {!card && (
        <Field
          id="card-plates"
          label={t('cards.plates')}
          fault={fault('open')}
          hint={t('cards.platesHint')}
          needed
          wide
        >
          <PlatesInput
            id="card-plates"
            label={t('cards.plates')}
            value={values.plates}
            open={values.open}
            onChange={(plates, open) => set({ plates, open: open === '' ? '' : normalisePlateText(open) })}
          />
          <Checkbox checked={values.share} onChange={(event) => set({ share: event.target.checked })}>
            {t('cards.share')}
          </Checkbox>
        </Field>
      )}
      <Field
        id="card-type"
        label={t('cards.type')}
        fault={fault('type')}
        {...(holds ? { hint: t('cards.typeFixed') } : {})}
        needed
      >
        <Choice<CardType>
          id="card-type"
          value={values.type}
          disabled={holds}
          onChange={(type) => set({ type })}
          options={cardTypeSchema.options.map((value) => ({ value, label: t(`card.${value}`) }))}
        />
      </Field>
      <Field
        id="card-number"
        label={t('cards.number')}
        fault={fault('number')}
        {...(card ? {} : { hint: t('cards.numberHint') })}
      >
        <Input
          id="card-number"
          maxLength={40}
          value={values.number}
          onChange={(e) => set({ number: e.target.value })}
        />
      </Field>
      <Field id="card-name" label={t('cards.name')} fault={fault('name')}>
        <Input id="card-name" maxLength={60} value={values.name} onChange={(e) => set({ name: e.target.value })} />
      </Field>
      <Field id="card-ics" label={t('cards.icNumbers')} hint={t('cards.icHint')} fault={fault('icNumbers')}>
        <Input
          id="card-ics"
          maxLength={1000}
          value={values.icNumbers}
          onChange={(e) => set({ icNumbers: e.target.value })}
        />
      </Field>
      <Field id="card-from" label={t('registry.validFrom')} fault={fault('from')}>
        <DateInput id="card-from" value={values.from} onChange={(from) => set({ from })} />
      </Field>
      <Field id="card-to" label={t('registry.validTo')} fault={fault('to')} needed>
        <DateInput id="card-to" value={values.to} onChange={(to) => set({ to })} />
      </Field>
      {!card && values.type === 'stored-value' && (
        <Field id="card-balance" label={t('cards.balance')}>
          <MoneyInput id="card-balance" value={values.balanceFen} onChange={(balanceFen) => set({ balanceFen })} />
        </Field>
      )}
      {!card && (values.type === 'hours' || values.type === 'counted') && (
        <Field
          id="card-held"
          label={t(values.type === 'hours' ? 'cards.minutes' : 'cards.times')}
          fault={fault('held')}
        >
          <CountInput id="card-held" value={values.held} onChange={(held) => set({ held })} />
        </Field>
      )}
      <Field id="card-spaces" label={t('cards.spaces')} hint={t('cards.spacesHint')} fault={fault('spaces')}>
        <CountInput id="card-spaces" value={values.spaces} onChange={(spaces) => set({ spaces })} />
      </Field>
      <Field id="card-areas" label={t('cards.areas')} fault={fault('areas')}>
        <Select<string[]>
          id="card-areas"
          mode="multiple"
          placeholder={t('cards.allAreas')}
          value={[...values.areas]}
          onChange={(areas) => set({ areas })}
          options={layout.areas.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Field>
      {layout.quotas.length > 0 && (
        <Field id="card-quota" label={t('cards.quota')} fault={fault('quotaId')}>
          <Choice<string>
            id="card-quota"
            value={values.quotaId ?? ANY}
            onChange={(id) => set({ quotaId: id === ANY ? null : id })}
            options={[
              { value: ANY, label: t('cards.noQuota') },
              ...layout.quotas.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        </Field>
      )}
      <Field id="card-class" label={t('cards.vehicleClass')}>
        <Choice<VehicleClass | typeof ANY>
          id="card-class"
          value={values.vehicleClass ?? ANY}
          onChange={(value) => set({ vehicleClass: value === ANY ? null : value })}
          options={[
            { value: ANY, label: t('cards.anyClass') },
            ...vehicleClassSchema.options.map((value) => ({ value, label: t(`vehicle.${value}`) })),
          ]}
        />
      </Field>
      <Field id="card-owner" label={t('registry.owner')} fault={fault('owner')}>
        <Input id="card-owner" maxLength={60} value={values.owner} onChange={(e) => set({ owner: e.target.value })} />
      </Field>
      <Field id="card-phone" label={t('registry.phone')} fault={fault('phone')}>
        <Input id="card-phone" maxLength={40} value={values.phone} onChange={(e) => set({ phone: e.target.value })} />
      </Field>
      <Field id="card-room" label={t('cards.room')} fault={fault('room')}>
        <Input id="card-room" maxLength={40} value={values.room} onChange={(e) => set({ room: e.target.value })} />
      </Field>
      <Field id="card-remark" label={t('registry.remark')} fault={fault('remark')}>
        <Input
          id="card-remark"
          maxLength={200}
          value={values.remark}
          onChange={(e) => set({ remark: e.target.value })}
        />
      </Field>
    </FormDialog>
  );
}
