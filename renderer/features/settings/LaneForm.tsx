import { z } from 'zod';
import type { ConfigurationDocument } from '../../../shared/contract/configuration.ts';
import type { Lane } from '../../../shared/domain/site.ts';
import { type Translate, useWords } from '../../lib/i18n/index.ts';
import { AuthorityFields } from './AuthorityFields.tsx';
import { ChoiceField, NumberField, SwitchField, TextField } from './fields.tsx';
import { driverName } from './labels.ts';
import { edit } from './store.ts';
import { usePublishedTariffs } from './use-tariffs.ts';

const LOOP_ROLES = ['trigger-loop', 'safety-loop', 'arm-up', 'arm-down'] as const;

type DeviceField = 'camera' | 'exitCamera' | 'barrier' | 'io' | 'display' | 'scanner' | 'printer';

const helpOf = (field: DeviceField, t: Translate): string | undefined =>
  field === 'exitCamera' || field === 'io' ? t(`settings.lane.${field}Help`) : undefined;

const wiredSchema = z.object({ inputs: z.array(z.object({ input: z.int(), role: z.string() })).default([]) });

/** Which loops hang on the chosen device; a board for nothing but loops that has none says so. */
function wiringOf(draft: ConfigurationDocument, id: string | undefined, t: Translate): string | undefined {
  const device = draft.devices.find((each) => each.id === id);
  const wired = wiredSchema.safeParse(device?.settings).data?.inputs ?? [];
  if (wired.length > 0) {
    const inputs = wired.map(({ input, role }) => t('settings.lane.wiredInput', { n: input, role: roleName(role, t) }));
    return t('settings.lane.wired', { inputs: inputs.join(t('settings.lane.wiredComma')) });
  }
  return device?.kind === 'io' ? t('settings.lane.notWired') : undefined;
}

const roleName = (role: string, t: Translate): string => {
  const known = LOOP_ROLES.find((each) => each === role);
  return known ? t(`settings.device.roles.${known}`) : role;
};

export function LaneForm({ draft, index }: { draft: ConfigurationDocument; index: number }) {
  const { t } = useWords();
  const tariffs = usePublishedTariffs(draft);
  const lane = draft.lanes[index];
  if (!lane) return null;
  const path = (name: string) => ['lanes', index, name];
  const set = (part: Partial<Lane>): void => edit((to) => Object.assign(to.lanes[index] ?? {}, part));
  /** Text that may be left out is, when it is empty. */
  const choose = (field: DeviceField | 'tariff' | 'booth', value: string | undefined): void =>
    edit((to) => {
      const at = to.lanes[index];
      if (!at) return;
      if (value === undefined || value === '') delete at[field];
      else at[field] = value;
    });
  const device = (field: DeviceField) => {
    const kind = field === 'exitCamera' ? 'camera' : field;
    return (
      <ChoiceField
        {...{ path: path(field), label: t(`settings.lane.${field}`), value: lane[field] }}
        hint={wiringOf(draft, lane[field], t) ?? helpOf(field, t)}
        none={t('settings.lane.noDevice')}
        choices={draft.devices
          .filter((each) => each.kind === kind)
          .map(({ id, driver }) => ({ value: id, label: `${id}　${driverName(driver, t)}` }))}
        onChange={(id) => choose(field, id)}
      />
    );
  };
  return (
    <div className="form">
      <TextField
        {...{ path: path('name'), label: t('settings.lane.name'), needed: true, value: lane.name, maxLength: 60 }}
        onChange={(name) => set({ name })}
      />
      <ChoiceField
        {...{ path: path('direction'), label: t('settings.lane.direction'), needed: true, value: lane.direction }}
        choices={(['in', 'out', 'both'] as const).map((value) => ({ value, label: t(`settings.lane.${value}`) }))}
        onChange={(direction) => set({ direction: direction ?? 'in' })}
      />
      <ChoiceField
        {...{ path: path('area'), label: t('settings.lane.area'), needed: true, value: lane.area }}
        choices={draft.areas.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(area) => set({ area: area ?? '' })}
      />
      <NumberField
        {...{ path: path('number'), label: t('settings.lane.number'), needed: true, value: lane.number, min: 1 }}
        hint={t('settings.lane.numberHelp')}
        onChange={(number) => set({ number })}
      />
      {device('camera')}
      {device('barrier')}
      {device('io')}
      {lane.direction === 'both' && device('exitCamera')}
      {device('display')}
      {device('scanner')}
      {device('printer')}
      <TextField
        {...{ path: path('booth'), label: t('settings.lane.booth'), value: lane.booth, maxLength: 20 }}
        hint={t('settings.lane.boothHelp')}
        onChange={(booth) => choose('booth', booth)}
      />
      <ChoiceField
        {...{ path: path('tariff'), label: t('settings.lane.tariff'), value: lane.tariff }}
        hint={t('settings.lane.tariffHelp')}
        none={t('settings.lane.common')}
        choices={tariffs}
        onChange={(id) => choose('tariff', id)}
      />
      {lane.direction !== 'both' && (
        <SwitchField
          {...{ path: path('reversible'), label: t('settings.lane.reversible'), value: lane.reversible }}
          hint={t('settings.lane.reversibleHelp')}
          onChange={(reversible) => set({ reversible })}
        />
      )}
      <TextField
        {...{ path: path('id'), label: t('settings.lane.id'), value: lane.id }}
        hint={t('settings.lane.idHelp')}
        onChange={(id) => set({ id })}
      />
      <AuthorityFields draft={draft} index={index} />
    </div>
  );
}
