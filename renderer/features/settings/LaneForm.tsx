import type { ConfigurationDocument } from '../../../shared/contract/configuration.ts';
import type { Lane } from '../../../shared/domain/site.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { AuthorityFields } from './AuthorityFields.tsx';
import { ChoiceField, NumberField, SwitchField, TextField } from './fields.tsx';
import { driverName } from './labels.ts';
import { edit } from './store.ts';
import { usePublishedTariffs } from './use-tariffs.ts';

type DeviceField = 'camera' | 'exitCamera' | 'barrier' | 'io' | 'display' | 'scanner' | 'printer';

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
        hint={field === 'exitCamera' || field === 'io' ? t(`settings.lane.${field}Help`) : undefined}
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
