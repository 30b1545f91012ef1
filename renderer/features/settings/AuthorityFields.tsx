import type { ConfigurationDocument } from '../../../shared/contract/configuration.ts';
import { type LaneAuthority, platformIdSchema } from '../../../shared/domain/site.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { platformName } from '../../lib/platform-name.ts';
import { ChoiceField, NumberField, SwitchField } from './fields.tsx';
import { edit } from './store.ts';

const USUAL: LaneAuthority = {
  platform: 'keytop',
  retrySeconds: 1,
  rules: 'platform',
  pollSeconds: 2,
  giveUpAfter: 5,
  onGiveUp: 'release',
  fees: 'platform',
};

/** A platform that has the word at a lane. */
export function AuthorityFields({ draft, index }: { draft: ConfigurationDocument; index: number }) {
  const { t } = useWords();
  const authority = draft.lanes[index]?.authority;
  const path = (name: string) => ['lanes', index, 'authority', name];
  const set = (part: Partial<LaneAuthority>): void =>
    edit((to) => Object.assign(to.lanes[index]?.authority ?? {}, part));
  return (
    <>
      <SwitchField
        {...{ path: ['lanes', index, 'authority'], label: t('settings.lane.authority') }}
        hint={t('settings.lane.authorityHelp')}
        value={authority !== undefined}
        onChange={(on) =>
          edit((to) => {
            const lane = to.lanes[index];
            if (on && lane) lane.authority = { ...USUAL };
            else delete lane?.authority;
          })
        }
      />
      {authority && (
        <>
          <ChoiceField
            {...{ path: path('platform'), label: t('settings.lane.authorityPlatform'), value: authority.platform }}
            choices={platformIdSchema.options.map((value) => ({ value, label: platformName(value, t) }))}
            onChange={(platform) => set({ platform: platform ?? USUAL.platform })}
          />
          <ChoiceField
            {...{ path: path('onGiveUp'), label: t('settings.lane.authorityOnGiveUp'), value: authority.onGiveUp }}
            choices={(['release', 'local', 'wait'] as const).map((value) => ({
              value,
              label: t(`settings.lane.giveUp.${value}`),
            }))}
            onChange={(onGiveUp) => set({ onGiveUp: onGiveUp ?? 'release' })}
          />
          <NumberField
            {...{ path: path('pollSeconds'), label: t('settings.lane.authorityPollSeconds'), min: 1 }}
            value={authority.pollSeconds}
            onChange={(pollSeconds) => set({ pollSeconds })}
          />
          <NumberField
            {...{ path: path('giveUpAfter'), label: t('settings.lane.authorityGiveUpAfter'), min: 1 }}
            value={authority.giveUpAfter}
            onChange={(giveUpAfter) => set({ giveUpAfter })}
          />
          <ChoiceField
            {...{ path: path('fees'), label: t('settings.lane.authorityFees'), value: authority.fees }}
            choices={(['platform', 'local'] as const).map((value) => ({
              value,
              label: t(`settings.lane.fees.${value}`),
            }))}
            onChange={(fees) => set({ fees: fees ?? 'platform' })}
          />
        </>
      )}
    </>
  );
}
