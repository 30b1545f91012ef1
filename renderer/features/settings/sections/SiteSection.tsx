import { Button } from 'antd';
import { siteKindSchema } from '../../../../shared/domain/site.ts';
import { useWords } from '../../../lib/i18n/index.ts';
import { Box } from '../../../office/Page.tsx';
import { ChoiceField, NumberField, TextField } from '../fields.tsx';
import { freeId } from '../ids.ts';
import type { SectionProps } from '../section.ts';
import { edit } from '../store.ts';

export function SiteSection({ draft }: SectionProps) {
  const { t } = useWords();
  const { site } = draft;
  const path = (name: string) => ['site', name];
  const set = (part: Partial<typeof site>): void => edit((to) => Object.assign(to.site, part));
  return (
    <>
      <Box>
        <div className="form set-narrow">
          <TextField
            {...{ path: path('name'), label: t('settings.site.name'), needed: true, value: site.name }}
            onChange={(name) => set({ name })}
          />
          <TextField
            {...{ path: path('code'), label: t('settings.site.code'), needed: true, value: site.code }}
            hint={t('settings.site.codeHelp')}
            onChange={(code) => set({ code })}
          />
          <TextField
            {...{ path: path('address'), label: t('settings.site.address'), value: site.address }}
            onChange={(address) => set({ address })}
          />
          <ChoiceField
            {...{ path: path('kind'), label: t('settings.site.kind') }}
            hint={t(site.kind === 'kerbside' ? 'settings.site.kerbsideHelp' : 'settings.site.gatedHelp')}
            value={site.kind}
            choices={siteKindSchema.options.map((value) => ({ value, label: t(`settings.site.kinds.${value}`) }))}
            onChange={(kind) => set({ kind: kind ?? 'gated' })}
          />
          <ChoiceField
            {...{ path: path('defaultVehicleClass'), label: t('settings.site.defaultVehicleClass') }}
            hint={t('settings.site.defaultVehicleClassHelp')}
            value={site.defaultVehicleClass}
            choices={(['small', 'medium', 'large'] as const).map((value) => ({
              value,
              label: t(`settings.vehicle.${value}`),
            }))}
            onChange={(value) => set({ defaultVehicleClass: value ?? 'small' })}
          />
          <NumberField
            {...{ path: path('totalSpaces'), label: t('settings.site.totalSpaces'), value: site.totalSpaces }}
            onChange={(n) => set({ totalSpaces: n })}
          />
          <NumberField
            {...{ path: path('openSpaces'), label: t('settings.site.openSpaces'), value: site.openSpaces }}
            hint={t('settings.site.openSpacesHelp')}
            onChange={(n) => set({ openSpaces: n })}
          />
          <NumberField
            {...{ path: path('samePlateSeconds'), label: t('settings.site.samePlateSeconds') }}
            value={site.samePlateSeconds}
            hint={t('settings.site.samePlateSecondsHelp')}
            onChange={(n) => set({ samePlateSeconds: n })}
          />
        </div>
      </Box>
      <Box title={t('settings.site.quotas')}>
        <p className="set-note">{t('settings.site.quotasHelp')}</p>
        {site.quotas.map((quota, index) => (
          <div className="set-row" key={quota.id}>
            <TextField
              {...{ path: ['site', 'quotas', index, 'name'], label: t('settings.site.quotaName'), value: quota.name }}
              onChange={(name) => edit(({ site: to }) => Object.assign(to.quotas[index] ?? {}, { name }))}
            />
            <NumberField
              {...{ path: ['site', 'quotas', index, 'spaces'], label: t('settings.site.quotaSpaces') }}
              value={quota.spaces}
              onChange={(spaces) => edit(({ site: to }) => Object.assign(to.quotas[index] ?? {}, { spaces }))}
            />
            <Button
              danger
              aria-label={t('settings.site.removeQuota', { name: quota.name })}
              onClick={() => edit(({ site: to }) => void to.quotas.splice(index, 1))}
            >
              ✕
            </Button>
          </div>
        ))}
        <Button
          onClick={() =>
            edit(({ site: to }) => {
              const id = freeId('q', to.quotas);
              to.quotas.push({ id, name: `${t('settings.site.quotaName')} ${id.slice(1)}`, spaces: 0 });
            })
          }
        >
          {t('settings.site.addQuota')}
        </Button>
      </Box>
    </>
  );
}
