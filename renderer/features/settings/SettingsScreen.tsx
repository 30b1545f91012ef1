import type { ComponentType } from 'react';
import { useWords } from '../../lib/i18n/index.ts';
import { href, useRoute } from '../../lib/route.ts';
import { may, useSession } from '../../lib/station/session.ts';
import { Page } from '../../office/Page.tsx';
import { Answer, Fetching } from '../../office/States.tsx';
import { useAsk } from '../../office/use-ask.ts';
import { State } from '../../office/Values.tsx';
import { AnnouncingSection } from './announcing/AnnouncingSection.tsx';
import { SaveBar } from './SaveBar.tsx';
import { partsOf, type SectionId, type SectionProps, sectionIds } from './section.ts';
import { AreasSection } from './sections/AreasSection.tsx';
import { BackupsSection } from './sections/BackupsSection.tsx';
import { ChannelsSection } from './sections/ChannelsSection.tsx';
import { ConfigurationSection } from './sections/ConfigurationSection.tsx';
import { DevicesSection } from './sections/DevicesSection.tsx';
import { LanesSection } from './sections/LanesSection.tsx';
import { PlatformsSection } from './sections/PlatformsSection.tsx';
import { RulesSection } from './sections/RulesSection.tsx';
import { SiteSection } from './sections/SiteSection.tsx';
import { faultsBelow, useSettings } from './store.ts';
import { useConfiguration } from './use-draft.ts';
import '../../office/form.css';
import './settings.css';

/** Sections that edit the one document that the bar at the bottom applies. */
const OF_THE_DOCUMENT: Readonly<Partial<Record<SectionId, ComponentType<SectionProps>>>> = {
  site: SiteSection,
  areas: AreasSection,
  lanes: LanesSection,
  devices: DevicesSection,
  channels: ChannelsSection,
  platforms: PlatformsSection,
};

export function SettingsScreen() {
  const { t } = useWords();
  const id = useRoute((route) => route.id);
  const section = sectionIds.find((each) => each === id) ?? 'site';
  const mayChange = useSession(({ user }) => may(user, 'settings.change'));
  const configuration = useConfiguration();
  const forms = useAsk((client) => client.configuration.describe(), []);
  const { base, draft } = useSettings();
  const Section = OF_THE_DOCUMENT[section];
  return (
    <Page
      fill
      title={t('nav.settings')}
      note={
        base && (
          <>
            {base.configured ? t('settings.revision', { n: base.revision }) : t('settings.never')}
            {!mayChange && ` · ${t('settings.lookOnly')}`}
          </>
        )
      }
    >
      <div className="set">
        <Menu section={section} />
        <div className="set-body">
          {section === 'rules' ? (
            <RulesSection />
          ) : section === 'announcing' ? (
            <AnnouncingSection />
          ) : section === 'backups' ? (
            <BackupsSection />
          ) : section === 'configuration' ? (
            <ConfigurationSection forms={forms.data} onApplied={configuration.again} />
          ) : (
            <Answer of={configuration}>
              {() => (
                <Answer of={forms}>
                  {(words) => (draft && Section ? <Section draft={draft} forms={words} /> : <Fetching />)}
                </Answer>
              )}
            </Answer>
          )}
        </div>
      </div>
      <SaveBar forms={forms.data} onApplied={configuration.again} />
    </Page>
  );
}

function Menu({ section }: { section: SectionId }) {
  const { t } = useWords();
  const check = useSettings((state) => state.check);
  const faultsOf = (id: SectionId): number =>
    (partsOf[id] ?? []).reduce((sum, part) => sum + faultsBelow(check, [part]).length, 0);
  return (
    <nav className="set-menu" aria-label={t('settings.menu')}>
      {sectionIds.map((id) => (
        <a key={id} href={href('settings', { id })} aria-current={id === section ? 'page' : undefined}>
          {t(`settings.sections.${id}`)}
          {faultsOf(id) > 0 && <State tone="stop">{faultsOf(id)}</State>}
        </a>
      ))}
    </nav>
  );
}
