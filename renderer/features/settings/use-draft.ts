import { useEffect } from 'react';
import type { ConfigurationView } from '../../../shared/contract/configuration.ts';
import { useWords } from '../../lib/i18n/index.ts';
import { station } from '../../lib/station/client.ts';
import { useSession } from '../../lib/station/session.ts';
import { type Asked, useAsk } from '../../office/use-ask.ts';
import { adopt, forgetOthers, isDirty, type Path, sendable, useSettings } from './store.ts';

/** A pause in typing. */
const PAUSE_MS = 350;

/** Fetches the configuration and has the station check each edit, so that faults stand at their fields before anybody applies. */
export function useConfiguration(): Asked<ConfigurationView> {
  const asked = useAsk((client) => client.configuration.get(), []);
  const { data } = asked;
  useEffect(() => {
    if (data) adopt(data);
  }, [data]);
  const user = useSession((state) => state.user?.name);
  useEffect(() => forgetOthers(user), [user]);
  const draft = useSettings((state) => state.draft);
  const dirty = useSettings(isDirty);
  const online = useSession((state) => state.link === 'online');
  useEffect(() => {
    if (!draft || !dirty || !online) {
      useSettings.setState({ check: null });
      return;
    }
    let over = false;
    const timer = setTimeout(() => {
      station()
        .configuration.check({ document: sendable(draft) })
        .then(
          (check) => {
            if (!over) useSettings.setState({ check });
          },
          // Without an answer the last one stands; the next edit or the next connection asks again.
          () => undefined,
        );
    }, PAUSE_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [draft, dirty, online]);
  return asked;
}

/** The fault to show at a field. */
export function useFault(): (path: Path) => string | undefined {
  const { language } = useWords();
  const check = useSettings((state) => state.check);
  return (path) => {
    const fault = check?.faults.find(
      (each) => each.path.length === path.length && each.path.every((part, index) => part === path[index]),
    );
    return fault && (language === 'en' ? fault.message : fault.messageZh);
  };
}
