import { Button, Input } from 'antd';
import type { AgreementView } from '../../../shared/contract/agreements.ts';
import type { Fen } from '../../../shared/domain/money.ts';
import { type PlatformId, platformIdSchema } from '../../../shared/domain/site.ts';
import { PlateInput } from '../../components/PlateInput.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import { platformName } from '../../lib/platform-name.ts';
import { useLive } from '../../lib/station/live.ts';
import { Choice } from '../../office/choices.tsx';
import { isEndless } from '../../office/days.ts';
import { Field, FormDialog } from '../../office/Form.tsx';
import { MomentInput, MoneyInput } from '../../office/inputs.tsx';
import { useAct } from '../../office/use-act.ts';
import { useForm } from '../../office/use-form.ts';

const kinds = ['auto-pay', 'departure-pay'] as const;

interface Values {
  readonly platform: PlatformId | '';
  readonly plate: string;
  readonly kind: AgreementView['kind'];
  readonly uid: string;
  readonly limitFen: Fen | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
}

/** Puts an agreement down, or puts one right. Platform, plate, way and stay are what it is known by. */
export function AgreementDialog(props: {
  agreement: AgreementView | null;
  onClose: () => void;
  onTake: (agreement: AgreementView) => void;
  onDone: () => void;
}) {
  const { t } = useWords();
  const act = useAct();
  const links = useLive((state) => state.frame?.links) ?? [];
  const { agreement } = props;
  const here = links.flatMap(({ platform }) => platformIdSchema.safeParse(platform).data ?? []);
  const platforms = here.length > 0 ? here : platformIdSchema.options;
  const form = useForm<Values>(
    {
      platform:
        platformIdSchema.safeParse(agreement?.platform).data ?? (platforms.length === 1 ? (platforms[0] ?? '') : ''),
      plate: agreement?.plate ?? '',
      kind: agreement?.kind ?? 'auto-pay',
      uid: agreement?.uid ?? '',
      limitFen: agreement?.limitFen ?? null,
      validFrom: agreement?.validFrom ?? null,
      validTo: agreement === null || isEndless(agreement.validTo) ? null : agreement.validTo,
    },
    {
      act,
      check: (values) => ({
        ...(values.platform === '' ? { platform: t('registry.needChoice') } : {}),
        ...(values.plate === '' ? { plate: t('registry.needPlate') } : {}),
        ...(values.validFrom !== null && values.validTo !== null && values.validTo < values.validFrom
          ? { validTo: t('registry.badSpan') }
          : {}),
      }),
      places: {
        'plate-empty': 'plate',
        'plate-odd': 'plate',
        'plate-too-long': 'plate',
        'validity-reversed': 'validTo',
      },
    },
  );
  const { values, set, fault } = form;
  const save = async (given: Values): Promise<void> => {
    const { platform, plate, kind, limitFen, validFrom, validTo } = given;
    if (platform === '') return;
    const uid = given.uid.trim();
    const done = await act.run(
      (client) =>
        client.agreements.put({
          ...{ platform, plate, kind, limitFen, uid: uid === '' ? null : uid },
          ...(validFrom === null ? {} : { validFrom }),
          ...(validTo === null ? {} : { validTo }),
        }),
      { done: t('agreements.saved') },
    );
    if (done) props.onDone();
  };
  return (
    <FormDialog
      title={agreement ? t('agreements.changeTitle', { plate: agreement.plate }) : t('agreements.addTitle')}
      verb={t(agreement ? 'kit.save' : 'agreements.add')}
      busy={act.busy}
      dirty={form.dirty}
      problem={form.problem}
      onClose={props.onClose}
      onSubmit={() => form.submit((given) => void save(given))}
      {...(agreement
        ? {
            extra: (
              <Button danger onClick={() => props.onTake(agreement)}>
                {t('agreements.take')}
              </Button>
            ),
          }
        : {})}
    >
      {!agreement && (
        <>
          <Field
            id="agreement-plate"
            label={t('kit.plate')}
            fault={fault('plate')}
            hint={t('registry.plateHint')}
            needed
            wide
          >
            <PlateInput
              id="agreement-plate"
              label={t('kit.plate')}
              value={values.plate}
              onChange={(plate) => set({ plate })}
            />
          </Field>
          <Field id="agreement-platform" label={t('agreements.platform')} fault={fault('platform')} needed>
            <Choice<PlatformId>
              id="agreement-platform"
              value={values.platform}
              onChange={(platform) => set({ platform })}
              options={platforms.map((value) => ({ value, label: platformName(value, t) }))}
            />
          </Field>
          <Field id="agreement-kind" label={t('agreements.kindLabel')} hint={t(`agreements.kindHint.${values.kind}`)}>
            <Choice<Values['kind']>
              id="agreement-kind"
              value={values.kind}
              onChange={(kind) => set({ kind })}
              options={kinds.map((value) => ({ value, label: t(`agreements.kind.${value}`) }))}
            />
          </Field>
          <Field
            id="agreement-uid"
            label={t('agreements.uid')}
            hint={t('agreements.uidHint')}
            fault={fault('uid')}
            wide
          >
            <Input
              id="agreement-uid"
              maxLength={60}
              value={values.uid}
              onChange={(event) => set({ uid: event.target.value })}
            />
          </Field>
        </>
      )}
      <Field
        id="agreement-limit"
        label={t('agreements.limit')}
        hint={t('agreements.limitHint')}
        fault={fault('limitFen')}
      >
        <MoneyInput id="agreement-limit" value={values.limitFen} onChange={(limitFen) => set({ limitFen })} />
      </Field>
      <span />
      <Field id="agreement-from" label={t('registry.validFrom')} fault={fault('validFrom')}>
        <MomentInput id="agreement-from" value={values.validFrom} onChange={(validFrom) => set({ validFrom })} />
      </Field>
      <Field
        id="agreement-to"
        label={t('registry.validTo')}
        fault={fault('validTo')}
        {...(values.validTo === null ? { hint: t('registry.foreverHint') } : {})}
      >
        <MomentInput id="agreement-to" value={values.validTo} onChange={(validTo) => set({ validTo })} />
      </Field>
      {!agreement && <p className="form-told">{t('agreements.addHint')}</p>}
    </FormDialog>
  );
}
