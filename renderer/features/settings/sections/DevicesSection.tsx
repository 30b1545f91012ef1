import { useState } from 'react';
import type { DeviceConfig } from '../../../../shared/domain/site.ts';
import { useWords } from '../../../lib/i18n/index.ts';
import { go, useQuery } from '../../../lib/route.ts';
import { AdoptBox } from '../AdoptBox.tsx';
import { DeviceSettings } from '../DeviceSettings.tsx';
import { changeKind, firstDriver, formOf, STEMS, settingsKept } from '../device-kinds.ts';
import { ChoiceField, TextField } from '../fields.tsx';
import { freeId } from '../ids.ts';
import { ListEditor } from '../ListEditor.tsx';
import { driverName } from '../labels.ts';
import type { SectionProps } from '../section.ts';
import { edit } from '../store.ts';

const FIELDS = ['camera', 'exitCamera', 'barrier', 'io', 'display', 'scanner', 'printer'] as const;

export function DevicesSection({ draft, forms }: SectionProps) {
  const { t } = useWords();
  const serves = (device: DeviceConfig): string => {
    if (device.kind === 'sign') {
      const area = draft.areas.find(({ id }) => id === device.settings['area']);
      return area ? area.name : t('settings.device.wholePark');
    }
    const lane = draft.lanes.find((each) => FIELDS.some((field) => each[field] === device.id));
    return lane ? t('settings.device.serves', { lane: lane.name }) : t('settings.device.idle');
  };
  const kinds = [...new Set(forms.drivers.map(({ kind }) => kind))];
  const driversOf = (kind: string) => forms.drivers.filter((form) => form.kind === kind);
  const [query] = useQuery();
  const [added, setAdded] = useState(0);
  const { driver, serial } = query;
  const adopting =
    driver === undefined || serial === undefined ? null : (
      <AdoptBox
        draft={draft}
        wanted={{ driver, serialNo: serial }}
        onAdded={(index) => {
          setAdded(index);
          go('settings', { id: 'devices', replace: true });
        }}
      />
    );
  const list = (
    <ListEditor
      key={`${added}`}
      first={added}
      part="devices"
      label={t('settings.sections.devices')}
      items={draft.devices.map((device) => ({
        title: device.id,
        note: `${t(`settings.device.kinds.${device.kind}`)} · ${serves(device)}`,
      }))}
      add={t('settings.device.add')}
      remove={t('settings.device.remove')}
      empty={{ title: t('settings.device.none'), text: t('settings.device.noneText') }}
      onAdd={() =>
        edit((to) => {
          const kind = 'camera';
          to.devices.push({
            id: freeId(STEMS[kind], to.devices),
            kind,
            driver: firstDriver(forms, kind),
            settings: {},
          });
        })
      }
      onRemove={(index) =>
        edit((to) => {
          const [gone] = to.devices.splice(index, 1);
          for (const lane of to.lanes) for (const field of FIELDS) if (lane[field] === gone?.id) delete lane[field];
        })
      }
    >
      {(index) => {
        const device = draft.devices[index];
        if (!device) return null;
        const path = (name: string) => ['devices', index, name];
        const set = (part: Partial<DeviceConfig>): void => edit((to) => Object.assign(to.devices[index] ?? {}, part));
        return (
          <>
            <div className="form">
              <TextField
                {...{ path: path('id'), label: t('settings.device.id'), needed: true, value: device.id, maxLength: 40 }}
                onChange={(id) =>
                  edit((to) => {
                    // Lanes and arms that name it go along.
                    for (const lane of to.lanes)
                      for (const field of FIELDS) if (lane[field] === device.id) lane[field] = id;
                    for (const other of to.devices)
                      if (other.settings['camera'] === device.id) other.settings['camera'] = id;
                    Object.assign(to.devices[index] ?? {}, { id });
                  })
                }
              />
              <ChoiceField
                {...{ path: path('kind'), label: t('settings.device.kind'), value: device.kind }}
                choices={kinds.map((kind) => ({ value: kind, label: t(`settings.device.kinds.${kind}`) }))}
                onChange={(kind) => {
                  if (kind !== undefined && kind !== device.kind) edit((to) => changeKind(to, index, kind, forms));
                }}
              />
              <ChoiceField
                {...{ path: path('driver'), label: t('settings.device.driver'), value: device.driver }}
                choices={driversOf(device.kind).map(({ driver }) => ({ value: driver, label: driverName(driver, t) }))}
                onChange={(driver) => {
                  if (driver !== undefined && driver !== device.driver)
                    set({ driver, settings: settingsKept(device.settings, formOf(forms, device.kind, driver)) });
                }}
              />
            </div>
            <h3 className="set-sub">{t('settings.device.settings')}</h3>
            <DeviceSettings
              draft={draft}
              device={device}
              schema={formOf(forms, device.kind, device.driver)}
              path={path('settings')}
              onChange={(settings) => set({ settings: { ...settings } })}
            />
          </>
        );
      }}
    </ListEditor>
  );
  return (
    <>
      {adopting}
      {list}
    </>
  );
}
