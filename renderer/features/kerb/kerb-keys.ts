import type { BerthView } from '../../../shared/contract/berths.ts';
import { wordsOf } from '../../lib/i18n/index.ts';
import { usePrefs } from '../../lib/prefs.ts';
import { useSession } from '../../lib/station/session.ts';
import { setNotice } from './acts.ts';
import { focusPanel, goTo, inCell } from './focus-cell.ts';
import { isActKey, kerbKeys, openStay, pressAct } from './possible.ts';
import { cleanSearch, searchBerths } from './search.ts';
import { choose, useKerb } from './store.ts';
import { inOrder, type Road, type Step, stepFrom } from './street.ts';

/** What the keys work on: the street as it is drawn now. */
interface KeyGround {
  readonly roads: readonly Road[];
  readonly columns: number;
  /** Those that need a person, in their order; also such as a filter hides. */
  readonly needing: readonly BerthView[];
}

const steps: Readonly<Record<string, Step>> = {
  ...{ ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down', Home: 'first', End: 'last' },
};
/** After so long a pause typing begins anew. */
const ANEW_MS = 3_000;

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [role="textbox"]') !== null;
const onButton = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('button, a') !== null && !inCell(target);

/** The keys of the map while no dialog is open: arrows walk, letters and digits look for a berth, the keys of the booth act. */
export function listenToKerbKeys(ground: () => KeyGround): () => void {
  let typedAt = 0;
  const type = (key: string, at: number): void => {
    const { search } = useKerb.getState();
    const text = cleanSearch((at - typedAt > ANEW_MS ? '' : search) + key);
    typedAt = at;
    useKerb.setState({ search: text });
    const [best] = searchBerths(inOrder(ground().roads), text);
    if (best) goTo(best.id);
  };
  const nextNeeding = (): void => {
    const { needing } = ground();
    const at = needing.findIndex(({ id }) => id === useKerb.getState().chosen);
    const next = needing[(at + 1) % Math.max(1, needing.length)];
    if (next) goTo(next.id);
    else say('kerb.nothingNeeds');
  };
  const back = (target: EventTarget | null): void => {
    const { search, chosen } = useKerb.getState();
    if (search !== '') useKerb.setState({ search: '' });
    else if (chosen !== null && !inCell(target)) goTo(chosen);
    else {
      choose(null);
      if (target instanceof HTMLElement) target.blur();
    }
  };
  const berthKey = (key: string): boolean => {
    const { user } = useSession.getState();
    const { roads } = ground();
    const { chosen } = useKerb.getState();
    const berth = inOrder(roads).find(({ id }) => id === chosen);
    if (!berth) return false;
    if (key === kerbKeys.stay && berth.car !== null) openStay(berth.car.uid);
    else if (isActKey(key)) {
      if (!pressAct(berth, key, user)) say('kerb.notHere');
    } else return false;
    return true;
  };
  const onKey = (event: KeyboardEvent): void => {
    const { key, target } = event;
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (useKerb.getState().dialog !== null || useSession.getState().user?.locked === true) return;
    if (document.querySelector('[aria-modal="true"]') !== null) return;
    const step = steps[key];
    const { roads, columns } = ground();
    if (key === kerbKeys.next) nextNeeding();
    else if (key === 'Escape') back(target);
    else if (isActKey(key) || key === kerbKeys.stay) {
      if (event.repeat) return;
      berthKey(key);
    } else if (typing(target)) {
      const { chosen } = useKerb.getState();
      if (key !== 'Enter' || chosen === null || target instanceof HTMLSelectElement) return;
      goTo(chosen);
    } else if (step) {
      const next = stepFrom(roads, columns, useKerb.getState().chosen, step);
      if (next !== null) goTo(next);
    } else if (key === 'Enter' && !onButton(target) && useKerb.getState().chosen !== null) focusPanel();
    else if (key === 'Backspace') useKerb.setState(({ search }) => ({ search: search.slice(0, -1) }));
    else if (/^[a-z0-9]$/i.test(key)) type(key, event.timeStamp);
    else return;
    event.preventDefault();
  };
  window.addEventListener('keydown', onKey);
  return () => window.removeEventListener('keydown', onKey);
}

function say(key: 'kerb.nothingNeeds' | 'kerb.notHere'): void {
  setNotice({ tone: 'problem', text: wordsOf(usePrefs.getState().language)(key) });
}
