import { useRoute } from '../lib/route.ts';
import { useLive } from '../lib/station/live.ts';

/** The cockpit at the lanes, the map of the kerb, the first start, or the office. */
type View = 'lanes' | 'kerb' | 'setup' | 'office';

/** Which of them a screen of the address is: 岗亭 is the map where cars stand at the kerb, else the lanes. */
function viewOf(screen: string, kerbside: boolean): View {
  if (screen === 'booth') return kerbside ? 'kerb' : 'lanes';
  return screen === 'lanes' || screen === 'kerb' || screen === 'setup' ? screen : 'office';
}

export function useView(): View {
  const kerbside = useLive((state) => state.frame?.siteKind === 'kerbside');
  return useRoute((route) => viewOf(route.screen, kerbside));
}

/** The screens that an attendant works with. */
export const isBooth = (screen: string): boolean => screen === 'booth' || screen === 'lanes' || screen === 'kerb';

interface BoothPlace {
  readonly view: 'lanes' | 'kerb';
  readonly screen: 'booth' | 'lanes' | 'kerb';
}

/** What the booth is made of here; what it opens with comes first. */
export function useBoothPlaces(): readonly BoothPlace[] {
  const kerbside = useLive((state) => state.frame?.siteKind === 'kerbside');
  const lanes = useLive((state) => (state.frame?.lanes.length ?? 0) > 0);
  const berths = useLive((state) => (state.frame?.berths ?? 0) > 0);
  if (kerbside)
    return [{ view: 'kerb', screen: 'booth' }, ...(lanes ? [{ view: 'lanes', screen: 'lanes' } as const] : [])];
  return [{ view: 'lanes', screen: 'booth' }, ...(berths ? [{ view: 'kerb', screen: 'kerb' } as const] : [])];
}
