import { Button, Input } from 'antd';
import type { BerthView } from '../../../shared/contract/berths.ts';
import { type BerthSide, berthSideSchema } from '../../../shared/domain/berth.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { Choice, CountInput } from '../../office/choices.tsx';
import { Field, FormDialog } from '../../office/Form.tsx';
import { useAct } from '../../office/use-act.ts';
import { useAsk } from '../../office/use-ask.ts';
import { useForm } from '../../office/use-form.ts';
import { type BerthValues, callOf, faultsOf, NONE, valuesOf } from './berth-values.ts';

export interface NamedArea {
  readonly areaId: string;
  readonly name: string;
}

/** Puts a berth on the register, or changes one. */
export function BerthDialog(props: {
  berth: BerthView | null;
  /** Where a new one most likely lies. */
  beside: Pick<BerthView, 'areaId' | 'road' | 'side'> | null;
  areas: readonly NamedArea[];
  onClose: () => void;
  onRemove: (berth: BerthView) => void;
  onDone: () => void;
}) {
  const { t } = useWords();
  const act = useAct();
  const { berth, areas } = props;
  const devices = useAsk((client, signal) => client.devices.list(undefined, { signal }), []);
  const form = useForm<BerthValues>(valuesOf(berth, props.beside), {
    act,
    check: (values) => {
      const wrong = faultsOf(values);
      return {
        ...(wrong.code ? { code: t('berths.needCode') } : {}),
        ...(wrong.areaId ? { areaId: t('registry.needChoice') } : {}),
        ...(wrong.number ? { number: t('berths.badNumber') } : {}),
        ...(wrong.position ? { position: t('berths.badPosition') } : {}),
      };
    },
    places: {
      'berth-code-empty': 'code',
      'berth-code-taken': 'code',
      'berth-number-taken': 'number',
      'berth-area-unknown': 'areaId',
      'sensor-unfit': 'sensor',
      'camera-unfit': 'camera',
      'berth-occupied': 'inUse',
    },
  });
  const { values, set, fault } = form;
  const save = async (given: BerthValues): Promise<void> => {
    const call = callOf(given);
    const done = await act.run(
      (client) => (berth ? client.berths.update({ id: berth.id, ...call }) : client.berths.add(call)),
      { done: berth ? t('berths.changed') : t('berths.added', { code: call.code }) },
    );
    if (done) props.onDone();
  };
  // A device or an area that went from the settings since stays to be seen, and may stay.
  const choices = (as: 'sensor' | 'camera') => {
    const known = (devices.data ?? []).filter(({ kind }) => kind === `berth-${as}`).map(({ id }) => id);
    const own = berth?.[as] ?? null;
    const ids = own === null || known.includes(own) ? known : [...known, own];
    return [{ value: NONE, label: t('berths.noDevice') }, ...ids.map((id) => ({ value: id, label: id }))];
  };
  const sections = areas.map(({ areaId, name }) => ({ value: areaId, label: name }));
  if (berth && !areas.some(({ areaId }) => areaId === berth.areaId))
    sections.push({ value: berth.areaId, label: t('berths.goneArea', { id: berth.areaId }) });
  return (
    <FormDialog
      title={berth ? t('berths.changeTitle', { code: berth.code }) : t('berths.addTitle')}
      verb={t(berth ? 'kit.save' : 'berths.add')}
      busy={act.busy}
      dirty={form.dirty}
      problem={form.problem}
      onClose={props.onClose}
      onSubmit={() => form.submit((given) => void save(given))}
      {...(berth
        ? {
            extra: (
              <Button danger onClick={() => props.onRemove(berth)}>
                {t('berths.remove')}
              </Button>
            ),
          }
        : {})}
    >
      <Field id="berth-code" label={t('berths.code')} hint={t('berths.codeHint')} fault={fault('code')} needed>
        <Input id="berth-code" maxLength={36} value={values.code} onChange={(e) => set({ code: e.target.value })} />
      </Field>
      <Field id="berth-number" label={t('berths.number')} hint={t('berths.numberHint')} fault={fault('number')}>
        <CountInput id="berth-number" value={values.number} onChange={(number) => set({ number })} />
      </Field>
      <Field
        id="berth-area"
        label={t('berths.area')}
        hint={areas.length === 0 ? t('berths.noArea') : t('berths.areaHint')}
        fault={fault('areaId')}
        needed
      >
        <Choice id="berth-area" value={values.areaId} onChange={(areaId) => set({ areaId })} options={sections} />
      </Field>
      <Field id="berth-road" label={t('berths.road')} hint={t('berths.roadHint')} fault={fault('road')}>
        <Input id="berth-road" maxLength={60} value={values.road} onChange={(e) => set({ road: e.target.value })} />
      </Field>
      <Field id="berth-side" label={t('berths.side')} hint={t('berths.sideHint')} fault={fault('side')}>
        <Choice<BerthSide>
          id="berth-side"
          value={values.side}
          onChange={(side) => set({ side })}
          options={berthSideSchema.options.map((value) => ({ value, label: t(`berths.sides.${value}`) }))}
        />
      </Field>
      <Field id="berth-position" label={t('berths.position')} hint={t('berths.positionHint')} fault={fault('position')}>
        <CountInput id="berth-position" value={values.position} onChange={(position) => set({ position })} />
      </Field>
      <Field
        id="berth-sensor"
        label={t('berths.sensor')}
        fault={fault('sensor')}
        {...(devices.data && choices('sensor').length === 1 ? { hint: t('berths.noSensor') } : {})}
      >
        <Choice
          id="berth-sensor"
          value={values.sensor}
          onChange={(sensor) => set({ sensor })}
          options={choices('sensor')}
        />
      </Field>
      <Field
        id="berth-camera"
        label={t('berths.camera')}
        fault={fault('camera')}
        {...(devices.data && choices('camera').length === 1 ? { hint: t('berths.noCamera') } : {})}
      >
        <Choice
          id="berth-camera"
          value={values.camera}
          onChange={(camera) => set({ camera })}
          options={choices('camera')}
        />
      </Field>
      <Field id="berth-use" label={t('berths.use')} hint={t('berths.useHint')} fault={fault('inUse')}>
        <Choice<'in-use' | 'out'>
          id="berth-use"
          value={values.inUse ? 'in-use' : 'out'}
          onChange={(use) => set({ inUse: use === 'in-use' })}
          options={[
            { value: 'in-use', label: t('berths.inUse') },
            { value: 'out', label: t('berths.outOfUse') },
          ]}
        />
      </Field>
    </FormDialog>
  );
}
