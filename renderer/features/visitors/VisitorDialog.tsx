import { Button, Input } from 'antd';
import type { VisitorView } from '../../../shared/contract/visitors.ts';
import { shanghaiDate, toRfc3339 } from '../../../shared/domain/time.ts';
import { PlateInput } from '../../components/PlateInput.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import { may, stationNow, useSession } from '../../lib/station/session.ts';
import { Choice, CountInput, countOf } from '../../office/choices.tsx';
import { dayEnds } from '../../office/days.ts';
import { Field, FormDialog } from '../../office/Form.tsx';
import { MomentInput } from '../../office/inputs.tsx';
import { spanFaults } from '../../office/span-faults.ts';
import { useAct } from '../../office/use-act.ts';
import { useAsk } from '../../office/use-ask.ts';
import { useForm } from '../../office/use-form.ts';

const HOUR_MS = 3_600_000;
const ways = ['whole', 'minutes'] as const;
const text = (count: number | null): string => (count === null ? '' : String(count));
const toSecond = (ms: number): string => toRfc3339(Math.floor(ms / 1000) * 1000);

/** Announces a visitor, or changes one. Attendants announce short visits only, and are told so before they try. */
export function VisitorDialog(props: {
  visitor: VisitorView | null;
  onClose: () => void;
  onCancel: (visitor: VisitorView) => void;
  onDone: () => void;
}) {
  const { t } = useWords();
  const act = useAct();
  const free = useSession((state) => may(state.user, 'visitor.unlimited'));
  const rules = useAsk((client, signal) => client.lanes.rules(undefined, { signal }), []);
  const { visitor } = props;
  const form = useForm<Values>(
    {
      plate: visitor?.plate ?? '',
      name: visitor?.name ?? '',
      host: visitor?.host ?? '',
      from: visitor?.from ?? toSecond(stationNow()),
      to: visitor?.to ?? null,
      way: (visitor?.freeMinutes ?? null) === null ? 'whole' : 'minutes',
      freeMinutes: text(visitor?.freeMinutes ?? null),
      visits: visitor ? text(visitor.visitsLeft) : '1',
      remark: visitor?.remark ?? '',
    },
    {
      act,
      check: (values) => ({
        ...(values.plate === '' ? { plate: t('registry.needPlate') } : {}),
        ...spanFaults(values.from, values.to, t),
        ...(countOf(values.visits) === undefined ? { visits: t('registry.badInteger') } : {}),
        ...(values.way === 'minutes' && !((countOf(values.freeMinutes) ?? 0) > 0)
          ? { freeMinutes: t('registry.badInteger') }
          : {}),
      }),
      places: { 'plate-empty': 'plate', 'plate-odd': 'plate', 'plate-too-long': 'plate', 'beyond-limit': 'to' },
    },
  );
  const { values, set, fault } = form;
  const save = async (given: Values): Promise<void> => {
    const { plate, from, to, way } = given;
    const visitsLeft = countOf(given.visits);
    if (from === null || to === null || visitsLeft === undefined) return;
    const fields = {
      ...{ plate, from, to, visitsLeft, remark: given.remark.trim() },
      ...{ name: given.name.trim(), host: given.host.trim() },
      freeMinutes: way === 'whole' ? null : (countOf(given.freeMinutes) ?? null),
    };
    const done = await act.run(
      (client) => (visitor ? client.visitors.change({ id: visitor.id, ...fields }) : client.visitors.create(fields)),
      { done: t(visitor ? 'visitors.changed' : 'visitors.added') },
    );
    if (done) props.onDone();
  };
  const hours = rules.data?.attendantVisitorHours;
  const short = (ms: number) => (): void => {
    const now = stationNow();
    set({ from: toSecond(now), to: toSecond(now + ms) });
  };
  return (
    <FormDialog
      title={visitor ? t('visitors.changeTitle', { plate: visitor.plate }) : t('visitors.addTitle')}
      verb={t(visitor ? 'kit.save' : 'visitors.add')}
      busy={act.busy}
      dirty={form.dirty}
      problem={form.problem}
      onClose={props.onClose}
      onSubmit={() => form.submit((given) => void save(given))}
      {...(visitor
        ? {
            extra: (
              <Button danger onClick={() => props.onCancel(visitor)}>
                {t('visitors.cancel')}
              </Button>
            ),
          }
        : {})}
    >
      {!free && hours !== undefined && (
        <p className="form-told">
          {hours === 0 ? t('visitors.attendantNone') : t('visitors.attendantLimit', { hours })}
        </p>
      )}
      <Field
        id="visitor-plate"
        label={t('kit.plate')}
        fault={fault('plate')}
        hint={t('registry.plateHint')}
        needed
        wide
      >
        <PlateInput
          id="visitor-plate"
          label={t('kit.plate')}
          value={values.plate}
          onChange={(plate) => set({ plate })}
        />
      </Field>
      <div className="field" data-wide="true">
        <div className="field-row">
          <span>{t('visitors.short')}</span>
          {[2, 4, 8].map((n) => (
            <Button key={n} size="small" onClick={short(n * HOUR_MS)}>
              {t('registry.hours', { n })}
            </Button>
          ))}
          <Button
            size="small"
            onClick={() => set({ from: toSecond(stationNow()), to: dayEnds(shanghaiDate(stationNow())) })}
          >
            {t('visitors.restOfDay')}
          </Button>
        </div>
      </div>
      <Field id="visitor-from" label={t('visitors.from')} fault={fault('from')} needed>
        <MomentInput id="visitor-from" value={values.from} onChange={(from) => set({ from })} />
      </Field>
      <Field id="visitor-to" label={t('visitors.to')} fault={fault('to')} needed>
        <MomentInput id="visitor-to" value={values.to} onChange={(to) => set({ to })} />
      </Field>
      <Field id="visitor-way" label={t('visitors.way')}>
        <Choice<Values['way']>
          id="visitor-way"
          value={values.way}
          onChange={(way) => set({ way })}
          options={ways.map((value) => ({ value, label: t(`visitors.ways.${value}`) }))}
        />
      </Field>
      {values.way === 'minutes' ? (
        <Field id="visitor-minutes" label={t('visitors.freeMinutes')} fault={fault('freeMinutes')} needed>
          <CountInput
            id="visitor-minutes"
            value={values.freeMinutes}
            onChange={(freeMinutes) => set({ freeMinutes })}
          />
        </Field>
      ) : (
        <span />
      )}
      <Field id="visitor-visits" label={t('visitors.visits')} fault={fault('visits')} hint={t('visitors.visitsHint')}>
        <CountInput id="visitor-visits" value={values.visits} onChange={(visits) => set({ visits })} />
      </Field>
      <Field id="visitor-name" label={t('visitors.name')} fault={fault('name')}>
        <Input id="visitor-name" maxLength={60} value={values.name} onChange={(e) => set({ name: e.target.value })} />
      </Field>
      <Field id="visitor-host" label={t('visitors.host')} fault={fault('host')}>
        <Input id="visitor-host" maxLength={60} value={values.host} onChange={(e) => set({ host: e.target.value })} />
      </Field>
      <Field id="visitor-remark" label={t('registry.remark')} fault={fault('remark')}>
        <Input
          id="visitor-remark"
          maxLength={200}
          value={values.remark}
          onChange={(e) => set({ remark: e.target.value })}
        />
      </Field>
      {!visitor && <p className="form-told">{t('visitors.addHint')}</p>}
    </FormDialog>
  );
}

interface Values {
  readonly plate: string;
  readonly name: string;
  readonly host: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly way: (typeof ways)[number];
  readonly freeMinutes: string;
  /** As typed; empty: no limit. */
  readonly visits: string;
  readonly remark: string;
}
