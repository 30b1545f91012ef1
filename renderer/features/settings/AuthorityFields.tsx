import type { ConfigurationDocument } from '../../../shared/contract/configuration.ts';
import { type LaneAuthority, type PlatformId, platformIdSchema } from '../../../shared/domain/site.ts';
import { Shape } from '../../components/Shape.tsx';
import { useWords } from '../../lib/i18n/index.ts';
import { platformName } from '../../lib/platform-name.ts';
import { ChoiceField, NumberField, SwitchField } from './fields.tsx';
import { edit } from './store.ts';

/** Platforms that are made to decide about cars; the first that is set up is the likely one. */
const DECIDING: readonly PlatformId[] = ['vanke', 'keytop'];

const usual = (draft: ConfigurationDocument): LaneAuthority => ({
  platform: DECIDING.find((id) => draft.platforms[id] !== undefined) ?? 'vanke',
  retrySeconds: 1,
  rules: 'platform',
  pollSeconds: 2,
  giveUpAfter: 5,
  onGiveUp: 'release',
  fees: 'platform',
});

/** A platform that has the word at a lane. */
export function AuthorityFields({ draft, index }: { draft: ConfigurationDocument; index: number }) {
  const { t } = useWords();
  const authority = draft.lanes[index]?.authority;
  return (
    <fieldset className="set-group set-authority">
      <legend>{t('settings.lane.authorityGroup')}</legend>
      <SwitchField
        {...{ path: ['lanes', index, 'authority'], label: t('settings.lane.authority') }}
        hint={t('settings.lane.authorityHelp')}
        value={authority !== undefined}
        onChange={(on) =>
          edit((to) => {
            const lane = to.lanes[index];
            if (on && lane) lane.authority = usual(draft);
            else delete lane?.authority;
          })
        }
      />
      {authority && <Details authority={authority} index={index} known={Object.keys(draft.platforms)} />}
    </fieldset>
  );
}

/** Who, for what, how often; and what happens when nobody answers. */
function Details(props: { authority: LaneAuthority; index: number; known: readonly string[] }) {
  const { t } = useWords();
  const { authority, index } = props;
  const path = (name: string) => ['lanes', index, 'authority', name];
  const set = (part: Partial<LaneAuthority>): void =>
    edit((to) => Object.assign(to.lanes[index]?.authority ?? {}, part));
  return (
    <div className="form">
      <ChoiceField
        {...{ path: path('platform'), label: t('settings.lane.authorityPlatform'), value: authority.platform }}
        hint={props.known.includes(authority.platform) ? undefined : t('settings.lane.authorityUnset')}
        choices={platformIdSchema.options.map((value) => ({ value, label: platformName(value, t) }))}
        onChange={(platform) => set({ platform: platform ?? authority.platform })}
      />
      <ChoiceField
        {...{ path: path('rules'), label: t('settings.lane.authorityRules'), value: authority.rules }}
        hint={t(`settings.lane.rulesHelp.${authority.rules}`)}
        choices={(['platform', 'both'] as const).map((value) => ({ value, label: t(`settings.lane.rules.${value}`) }))}
        onChange={(rules) => set({ rules: rules ?? 'platform' })}
      />
      <ChoiceField
        {...{ path: path('fees'), label: t('settings.lane.authorityFees'), value: authority.fees }}
        hint={t(`settings.lane.feesHelp.${authority.fees}`)}
        choices={(['platform', 'local'] as const).map((value) => ({ value, label: t(`settings.lane.fees.${value}`) }))}
        onChange={(fees) => set({ fees: fees ?? 'platform' })}
      />
      <NumberField
        {...{ path: path('pollSeconds'), label: t('settings.lane.authorityPollSeconds'), min: 1 }}
        hint={t('settings.lane.pollHelp')}
        value={authority.pollSeconds}
        onChange={(pollSeconds) => set({ pollSeconds })}
      />
      <NumberField
        {...{ path: path('retrySeconds'), label: t('settings.lane.authorityRetrySeconds'), min: 1 }}
        hint={t('settings.lane.retryHelp')}
        value={authority.retrySeconds}
        onChange={(retrySeconds) => set({ retrySeconds })}
      />
      <NumberField
        {...{ path: path('giveUpAfter'), label: t('settings.lane.authorityGiveUpAfter'), min: 1 }}
        hint={t('settings.lane.giveUpAfterHelp')}
        value={authority.giveUpAfter}
        onChange={(giveUpAfter) => set({ giveUpAfter })}
      />
      <ChoiceField
        {...{ path: path('onGiveUp'), label: t('settings.lane.authorityOnGiveUp'), value: authority.onGiveUp }}
        hint={t(`settings.lane.giveUpHelp.${authority.onGiveUp}`)}
        choices={(['release', 'local', 'wait'] as const).map((value) => ({
          value,
          label: t(`settings.lane.giveUp.${value}`),
        }))}
        onChange={(onGiveUp) => set({ onGiveUp: onGiveUp ?? 'release' })}
      />
      {authority.onGiveUp === 'release' && (
        <p className="set-risk">
          <Shape name="attention" size={24} />
          <span>
            <strong>{t('settings.lane.releaseRisk')}</strong>
            {t('settings.lane.releaseRiskText')}
          </span>
        </p>
      )}
    </div>
  );
}
