import { create } from 'zustand';

/** Where the window is: a screen, perhaps one thing on it, and the filters that stand. */
export interface Route {
  readonly screen: string;
  readonly id: string | null;
  readonly query: Readonly<Record<string, string>>;
}

export interface Place {
  readonly id?: string | null | undefined;
  /** Entries that are undefined or empty are left out. */
  readonly query?: Readonly<Record<string, string | undefined>> | undefined;
}

const FIRST = 'booth';

/** `#/stays/UID?plate=鲁B` → `{ screen: 'stays', id: 'UID', query: { plate: '鲁B' } }`. What cannot be read is the booth. */
export function readRoute(hash: string): Route {
  const text = hash.replace(/^#\/?/, '');
  const cut = text.indexOf('?');
  const path = cut < 0 ? text : text.slice(0, cut);
  const query = Object.fromEntries(new URLSearchParams(cut < 0 ? '' : text.slice(cut + 1)));
  const [screen = '', ...rest] = path.split('/').map(decode);
  const id = rest.join('/');
  return { screen: screen === '' ? FIRST : screen, id: id === '' ? null : id, query };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The address of a place in this window, for links that open it. */
export function href(screen: string, place: Place = {}): string {
  const path = place.id ? `${screen}/${encodeURIComponent(place.id)}` : screen;
  const query = new URLSearchParams(
    Object.entries(place.query ?? {}).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  ).toString();
  return `#/${path}${query === '' ? '' : `?${query}`}`;
}

export const useRoute = create<Route>(() => readRoute(window.location.hash));

// Back and Forward raise both events or one of them, depending on how the step was made.
for (const event of ['hashchange', 'popstate'] as const)
  window.addEventListener(event, () => useRoute.setState(readRoute(window.location.hash), true));

/**
 * Goes to a screen. Filters live in the address, so that every total can open its rows by a link and Back brings the list
 * as it was; `replace` changes the filters of the present screen without a step of its own.
 */
export function go(screen: string, place: Place & { readonly replace?: boolean } = {}): void {
  const target = href(screen, place);
  if (place.replace) window.history.replaceState(null, '', target);
  else if (target !== window.location.hash) window.history.pushState(null, '', target);
  useRoute.setState(readRoute(target), true);
}

/** The filters of a screen: what the address says, and a way to change some of them without leaving. */
export function useQuery(): readonly [
  Readonly<Record<string, string>>,
  (change: Readonly<Record<string, string | undefined>>) => void,
] {
  const query = useRoute((route) => route.query);
  const change = (next: Readonly<Record<string, string | undefined>>): void => {
    const route = useRoute.getState();
    go(route.screen, { id: route.id, query: { ...route.query, ...next }, replace: true });
  };
  return [query, change];
}
