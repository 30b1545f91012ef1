import { Button, Input } from 'antd';
import type { ListEntryView } from '../../../shared/contract/lists.ts';
import {
  type ListColor,
  type ListKind,
  type ListStrategy,
  listColorSchema,
  listKindSchema,
} from '../../../shared/domain/list.ts';
import { platformIdSchema } from '../../../shared/domain/site.ts';
import { type VehicleClass, vehicleClassSchema } from '../../../shared/domain/vehicle.ts';
import { PlateInput } from '../../components/PlateInput.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import { platformName } from '../../lib/platform-name.ts';
import { Choice } from '../../office/choices.tsx';
import { isEndless } from '../../office/days.ts';
import { Field, FormDialog } from '../../office/Form.tsx';
import { MomentInput } from '../../office/inputs.tsx';
import { useAct } from '../../office/use-act.ts';
import { useForm } from '../../office/use-form.ts';
import { entryName } from './entry-name.ts';

const BLACK: readonly ListStrategy[] = ['no-entry', 'no-exit', 'neither', 'warn'];
const ANY = 'any';
/** The far end that the station gives to what has none. */
const ENDLESS = '2099-12-31T23:59:59+08:00';

/** Puts a plate on a list, or changes an entry. */
export function EntryDialog(props: {
  entry: ListEntryView | null;
  list: ListKind;
  onClose: () => void;
  onTake: (entry: ListEntryView) => void;
  onDone: () => void;
}) {
  const { t } = useWords();
  const act = useAct();
  const { entry } = props;
  const form = useForm(
    {
      list: entry?.list ?? props.list,
      plate: entry?.plate ?? '',
      strategy: entry?.strategy ?? 'no-entry',
      vehicleClass: entry?.vehicleClass ?? null,
      plateColor: entry?.plateColor ?? null,
      validFrom: entry?.validFrom ?? null,
      validTo: entry === null || isEndless(entry.validTo) ? null : entry.validTo,
      remark: entry?.remark ?? '',
    },
    {
      act,
      check: (values) => ({
        ...(values.plate === '' ? { plate: t('registry.needPlate') } : {}),
        ...(values.validFrom !== null && values.validTo !== null && values.validTo < values.validFrom
          ? { validTo: t('registry.badSpan') }
          : {}),
      }),
      places: {
        'plate-empty': 'plate',
        'plate-odd': 'plate',
        'plate-too-long': 'plate',
        'plate-listed': 'plateColor',
        'validity-reversed': 'validTo',
      },
    },
  );
  const { values, set, fault } = form;
  const save = async (given: typeof values): Promise<void> => {
    const { validFrom, vehicleClass, plateColor, remark } = given;
    const fields = {
      ...(given.list === 'black' ? { strategy: given.strategy } : {}),
      ...(validFrom === null ? {} : { validFrom }),
      // What had an end and has none now must be told so.
      ...(given.validTo === null && (entry === null || isEndless(entry.validTo))
        ? {}
        : { validTo: given.validTo ?? ENDLESS }),
      vehicleClass,
      plateColor,
      remark: remark.trim(),
    };
    const done = await act.run(
      (client) =>
        entry
          ? client.lists.update({ id: entry.id, ...fields })
          : client.lists.add({ list: given.list, plate: given.plate, ...fields }),
      { done: t(entry ? 'lists.changed' : 'lists.added') },
    );
    if (done) props.onDone();
  };
  const foreign = entry && platformIdSchema.safeParse(entry.source).success;
  return (
    <FormDialog
      title={entry ? t('lists.changeTitle', { plate: entryName(entry, t) }) : t('lists.addTitle')}
      verb={t(entry ? 'kit.save' : 'lists.add')}
      busy={act.busy}
      dirty={form.dirty}
      problem={form.problem}
      onClose={props.onClose}
      onSubmit={() => form.submit((given) => void save(given))}
      {...(entry
        ? {
            extra: (
              <Button danger onClick={() => props.onTake(entry)}>
                {t('lists.take')}
              </Button>
            ),
          }
        : {})}
    >
      {foreign && <p className="form-told">{t('lists.ofPlatform', { name: platformName(entry.source, t) })}</p>}
      {!entry && (
        <>
          <Field
            id="entry-plate"
            label={t('kit.plate')}
            fault={fault('plate')}
            hint={t('registry.plateHint')}
            needed
            wide
          >
            <PlateInput
              id="entry-plate"
              label={t('kit.plate')}
              value={values.plate}
              onChange={(plate) => set({ plate })}
            />
          </Field>
          <Field id="entry-list" label={t('lists.listLabel')} hint={t('lists.addHint')}>
            <Choice<ListKind>
              id="entry-list"
              value={values.list}
              onChange={(list) => set({ list })}
              options={listKindSchema.options.map((value) => ({ value, label: t(`lists.list.${value}`) }))}
            />
          </Field>
        </>
      )}
      <Field
        id="entry-strategy"
        label={t('lists.strategyLabel')}
        hint={t(`lists.strategyHint.${values.list === 'white' ? 'free' : values.strategy}`)}
      >
        <Choice<ListStrategy>
          id="entry-strategy"
          value={values.list === 'white' ? 'free' : values.strategy}
          disabled={values.list === 'white'}
          onChange={(strategy) => set({ strategy })}
          options={(values.list === 'white' ? (['free'] as const) : BLACK).map((value) => ({
            value,
            label: t(`lists.strategy.${value}`),
          }))}
        />
      </Field>
      <Field
        id="entry-from"
        label={t('registry.validFrom')}
        hint={t('registry.fromNowHint')}
        fault={fault('validFrom')}
      >
        <MomentInput id="entry-from" value={values.validFrom} onChange={(validFrom) => set({ validFrom })} />
      </Field>
      <Field id="entry-to" label={t('registry.validTo')} fault={fault('validTo')} hint={t('registry.foreverHint')}>
        <MomentInput id="entry-to" value={values.validTo} onChange={(validTo) => set({ validTo })} />
      </Field>
      <Field id="entry-class" label={t('lists.vehicleClass')}>
        <Choice<VehicleClass | typeof ANY>
          id="entry-class"
          value={values.vehicleClass ?? ANY}
          onChange={(value) => set({ vehicleClass: value === ANY ? null : value })}
          options={[
            { value: ANY, label: t('lists.anyClass') },
            ...vehicleClassSchema.options.map((value) => ({ value, label: t(`vehicle.${value}`) })),
          ]}
        />
      </Field>
      <Field id="entry-color" label={t('lists.plateColor')} hint={t('lists.colorHint')} fault={fault('plateColor')}>
        <Choice<ListColor | typeof ANY>
          id="entry-color"
          value={values.plateColor ?? ANY}
          onChange={(value) => set({ plateColor: value === ANY ? null : value })}
          options={[
            { value: ANY, label: t('lists.anyColor') },
            ...listColorSchema.options.map((value) => ({ value, label: t(`plate.color.${value}`) })),
          ]}
        />
      </Field>
      <Field
        id="entry-remark"
        label={t('registry.remark')}
        fault={fault('remark')}
        hint={t('lists.remarkHint')}
        wide={!entry}
      >
        <Input
          id="entry-remark"
          maxLength={50}
          value={values.remark}
          onChange={(event) => set({ remark: event.target.value })}
        />
      </Field>
    </FormDialog>
  );
}
