import { useCallback } from 'react';
import { useWords } from '../lib/i18n/index.ts';
import { go } from '../lib/route.ts';
import { useBoothPlaces, useView } from './places.ts';
import { KERB_KEY, SWITCH_KEY, useSwitchKey } from './use-switch-key.ts';

/** 岗亭, 泊位图: the screens of an attendant, of which a site has one or both, and the key between the two. */
export function BoothButtons() {
  const { t } = useWords();
  const places = useBoothPlaces();
  const view = useView();
  const inBooth = places.some((place) => place.view === view);
  const [home, second] = places;
  const other = second === undefined ? undefined : inBooth ? places.find((place) => place.view !== view) : second;
  const screen = other?.screen;
  useSwitchKey(
    KERB_KEY,
    useCallback(() => {
      if (screen !== undefined) go(screen);
    }, [screen]),
  );
  return (
    <>
      {places.map((place) => {
        const key = second === undefined || (!inBooth && place === home) ? SWITCH_KEY : KERB_KEY;
        const about = place.view === 'kerb' ? 'kerb.switchKey' : 'kerb.switchBack';
        return (
          <button
            key={place.view}
            type="button"
            aria-current={place.view === view ? 'page' : undefined}
            title={t(key === SWITCH_KEY ? 'app.switchKey' : about, { key })}
            aria-keyshortcuts={key}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => go(place.screen)}
          >
            {t(place.view === 'kerb' ? 'kerb.title' : home?.view === 'kerb' ? 'kerb.lanes' : 'app.booth')}
          </button>
        );
      })}
    </>
  );
}
