import { Checkbox, Input } from 'antd';
import type { StayView } from '../../../shared/contract/stays.ts';
import { type PlateColor, plateColorSchema } from '../../../shared/domain/plate.ts';
import { type VehicleClass, vehicleClassSchema } from '../../../shared/domain/vehicle.ts';
import { PlateInput } from '../../components/PlateInput.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import { useLive } from '../../lib/station/live.ts';
import { Choice } from '../../office/choices.tsx';
import { Field, FormDialog } from '../../office/Form.tsx';
import { MomentInput } from '../../office/inputs.tsx';
import { useAct } from '../../office/use-act.ts';
import { useForm } from '../../office/use-form.ts';

interface Values {
  readonly nameless: boolean;
  readonly plate: string;
  readonly identity: string;
  readonly color: PlateColor;
  readonly vehicleClass: VehicleClass | 'auto';
  readonly laneId: string;
  readonly enteredAt: string | null;
  readonly proof: string;
}

/** 补录: a car inside that no camera saw come in. */
export function RegisterDialog(props: { onClose: () => void; onDone: (stay: StayView) => void }) {
  const { t } = useWords();
  const act = useAct();
  const entrances = useLive((state) => state.frame?.lanes)?.filter((lane) => lane.direction === 'in' || lane.bothWays);
  const form = useForm<Values>(
    {
      ...{ nameless: false, plate: '', identity: '', color: 'unknown', vehicleClass: 'auto' },
      ...{ laneId: entrances?.[0]?.id ?? '', enteredAt: null, proof: '' },
    },
    {
      act,
      check: ({ nameless, plate, identity, laneId }) => ({
        ...(!nameless && plate.length < 6 ? { plate: t('stays.registerForm.needPlate') } : {}),
        ...(nameless && identity.trim() === '' ? { identity: t('stays.registerForm.needIdentity') } : {}),
        ...(laneId === '' ? { laneId: t('stays.registerForm.needLane') } : {}),
      }),
      places: {
        'plate-empty': 'plate',
        'already-inside': 'plate',
        'not-an-entrance': 'laneId',
        'in-the-future': 'enteredAt',
      },
    },
  );
  const { values, set } = form;
  const send = async (wanted: Values): Promise<void> => {
    const { nameless, plate, identity, color, vehicleClass, laneId, enteredAt, proof } = wanted;
    const stay = await act.run(
      (client) =>
        client.sessions.create({
          ...(nameless ? { identity: identity.trim() } : { plate, plateColor: color }),
          ...(vehicleClass === 'auto' ? {} : { vehicleClass }),
          laneId,
          ...(enteredAt === null ? {} : { enteredAt }),
          ...(proof.trim() === '' ? {} : { proof: proof.trim() }),
        }),
      { done: t('stays.registerForm.done', { plate: nameless ? identity : plate }) },
    );
    if (stay) props.onDone(stay);
  };
  return (
    <FormDialog
      title={t('stays.registerForm.title')}
      verb={t('stays.registerForm.verb')}
      busy={act.busy}
      dirty={form.dirty}
      problem={form.problem}
      onClose={props.onClose}
      onSubmit={() => form.submit((wanted) => void send(wanted))}
    >
      <p className="form-told">{t('stays.registerForm.consequence')}</p>
      {values.nameless ? (
        <Field id="register-identity" label={t('stays.registerForm.identity')} fault={form.fault('identity')} needed>
          <Input
            id="register-identity"
            maxLength={64}
            value={values.identity}
            onChange={(event) => set({ identity: event.target.value })}
          />
        </Field>
      ) : (
        <Field id="register-plate" label={t('stays.registerForm.plate')} fault={form.fault('plate')} needed>
          <PlateInput
            id="register-plate"
            label={t('stays.registerForm.plate')}
            value={values.plate}
            onChange={(plate) => set({ plate })}
          />
        </Field>
      )}
      <Field id="register-nameless" label=" ">
        <Checkbox
          id="register-nameless"
          checked={values.nameless}
          onChange={(event) => set({ nameless: event.target.checked })}
        >
          {t('stays.registerForm.unlicensed')}
        </Checkbox>
      </Field>
      {!values.nameless && (
        <Field id="register-color" label={t('stays.registerForm.color')}>
          <Choice
            id="register-color"
            value={values.color}
            onChange={(color) => set({ color })}
            options={plateColorSchema.options.map((value) => ({
              value,
              label: value === 'unknown' ? t('stays.registerForm.colorAuto') : t(`plate.color.${value}`),
            }))}
          />
        </Field>
      )}
      <Field id="register-class" label={t('stays.registerForm.class')}>
        <Choice
          id="register-class"
          value={values.vehicleClass}
          onChange={(vehicleClass) => set({ vehicleClass })}
          options={[
            { value: 'auto' as const, label: t('stays.registerForm.classAuto') },
            ...vehicleClassSchema.options.map((value) => ({ value, label: t(`vehicle.${value}`) })),
          ]}
        />
      </Field>
      <Field id="register-lane" label={t('stays.registerForm.lane')} fault={form.fault('laneId')} needed>
        <Choice
          id="register-lane"
          value={values.laneId}
          placeholder={t(entrances?.length ? 'stays.registerForm.needLane' : 'stays.registerForm.noEntrance')}
          onChange={(laneId) => set({ laneId })}
          options={(entrances ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Field>
      <Field
        id="register-time"
        label={t('stays.registerForm.enteredAt')}
        hint={t('stays.registerForm.enteredAtHint')}
        fault={form.fault('enteredAt')}
      >
        <MomentInput id="register-time" value={values.enteredAt} onChange={(enteredAt) => set({ enteredAt })} />
      </Field>
      <Field id="register-proof" label={t('stays.registerForm.proof')} hint={t('stays.registerForm.proofHint')} wide>
        <Input
          id="register-proof"
          maxLength={200}
          value={values.proof}
          onChange={(event) => set({ proof: event.target.value })}
        />
      </Field>
    </FormDialog>
  );
}
