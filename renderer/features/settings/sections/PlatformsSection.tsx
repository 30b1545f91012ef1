import { Button, Switch } from 'antd';
import type { PlatformId } from '../../../../shared/domain/site.ts';
import { useWords } from '../../../lib/i18n/index.ts';
import { platformName } from '../../../lib/platform-name.ts';
import { Box } from '../../../office/Page.tsx';
import { Empty } from '../../../office/States.tsx';
import { State } from '../../../office/Values.tsx';
import { ConnectionTest } from '../ConnectionTest.tsx';
import { SchemaForm } from '../SchemaForm.tsx';
import type { Settings } from '../schema.ts';
import type { SectionProps } from '../section.ts';
import { edit } from '../store.ts';

export function PlatformsSection({ draft, forms }: SectionProps) {
  const { t } = useWords();
  const put = (id: PlatformId, settings: Settings | undefined): void =>
    edit((to) => {
      if (settings === undefined) delete to.platforms[id];
      else to.platforms[id] = { ...settings };
    });
  if (forms.platforms.length === 0) return <Empty title={t('settings.platform.none')} />;
  return forms.platforms.map(({ id, schema, testable }) => {
    const settings = draft.platforms[id];
    const on = settings !== undefined && settings['enabled'] !== false;
    const name = platformName(id, t);
    return (
      <Box
        key={id}
        title={name}
        extra={
          settings === undefined ? (
            <Button onClick={() => put(id, { enabled: true })} aria-label={`${t('settings.platform.set')} ${name}`}>
              {t('settings.platform.set')}
            </Button>
          ) : (
            <span className="set-switch">
              <State tone={on ? 'go' : 'plain'}>{t(on ? 'settings.platform.on' : 'settings.platform.off')}</State>
              <Switch checked={on} aria-label={name} onChange={(enabled) => put(id, { ...settings, enabled })} />
            </span>
          )
        }
      >
        {settings && (
          <>
            <SchemaForm
              schema={schema}
              path={['platforms', id]}
              value={settings}
              skip={['enabled']}
              references={{
                gates: draft.lanes.map((lane) => ({ value: lane.id, label: lane.name })),
                devices: draft.devices.map((device) => ({
                  value: device.id,
                  label: `${device.id} · ${t(`settings.device.kinds.${device.kind}`)}`,
                })),
              }}
              onChange={(changed) => put(id, changed)}
            />
            {testable && <ConnectionTest platform={id} settings={settings} />}
            <div className="set-form-end">
              <Button danger onClick={() => put(id, undefined)}>
                {t('settings.platform.drop')}
              </Button>
            </div>
          </>
        )}
      </Box>
    );
  });
}
